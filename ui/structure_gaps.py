"""The view that shows where several resources lie below the median of the prefecture's areas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analytics.below_median import FEWEST, gap_counts, usable
from analytics.denominators import denominator_of
from analytics.resources import facility_sources
from analytics.scope import Scope
from analytics.structure_gaps import structure_gaps, type_gaps
from analytics.structure_gaps_sentence import gaps_sentence
from charts.supply_matrix import supply_matrix
from data.catalogue import load_catalogue
from data.era import period_label
from ui import blocks
from ui.gap_map import draw_map
from ui.gap_tables import gap_columns, gap_table, matrix_frame, with_group
from ui.hidden import by_letters, is_hidden
from ui.labels import level_label
from ui.parts import long_table
from ui.resource_choice import ResourceChoice
from ui.resource_conditions import NOT_USED
from ui.resource_redrawn import say_redrawn
from ui.resource_tables import say_denominator
from ui.selection import Area, choose, follow_move
from ui.store import ask, served

ZONES = (
    "secondary_medical_area",
    "planning_area",
    "home_medical_area",
    "health_center_area",
    "elderly_welfare_area",
)
BASES = {"structure": "ストラクチャー指標", "types": "選んだ施設の種類"}
ORDERS = {"value": "下回る数の多い順", "code": "団体コード順"}
MAX_ROWS = 60
STYLE = Path(__file__).with_name("survey.css")  # on a telephone the matrix scrolls in its frame
DEFAULT_THRESHOLD = 3
CATALOGUE = load_catalogue()
METHOD = f"""\
値はどれも75歳以上人口1万人あたりで、分母は表示のすべての地域で同じ資料です。
中央値は、同じ都道府県の同じ単位の地域の値を小さい順に並べた真ん中の値です（率の平均ではなく、県全体の率でもありません。
地域の数が偶数なら真ん中の2つの平均）。値のある地域が{FEWEST}に満たない都道府県では中央値を作りません。
中央値と同じ値は「下回る」に数えません。中央値が0の項目は下回りようがありません。
高低で良し悪しを言わない指標は、表に示しますが不足に数えません。
「偶然を超える差」は、値の95％信頼区間の上限も中央値より低いことを言います。
値のない項目は下回るとも下回らないとも数えず、それしだいで結果が変わる地域は「判定できない」とします。"""


@dataclass(frozen=True)
class Gaps:
    """The matrix made once for all viewers: figure, words, and the frame behind them."""

    title: str
    spec: dict[str, Any]
    sentence: str
    table: pd.DataFrame
    items: dict[str, str]
    left_out: list[str]
    source: list[str]


@st.fragment
def draw(area: Area, scope: Scope, choice: ResourceChoice) -> None:
    """Draw the matrix of areas and indicators, its words, table and map; a click moves."""
    follow_move()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        basis = choose("比べる項目", BASES, param="basis", default="structure", kind="segmented")
        types = choice.types if basis == "types" else ()
        rates = _rates(scope, types)
        items = usable(rates[rates["is_counted"]])
        if not items:
            _say_nothing(scope, types)
            return
        thresholds = {str(n): f"{n}項目以上" for n in range(1, len(items) + 1)}
        default = str(min(DEFAULT_THRESHOLD, len(items)))
        at_least = int(choose("下回る項目の数", thresholds, param="least", default=default,
                              width=160))  # fmt: skip
        order = choose("並べ方", ORDERS, param="gap_order", default="value", kind="segmented")
    made = gaps(served(), scope, types, at_least, "letters" if is_hidden() else order)
    st.subheader(made.title, anchor=False)
    st.html(STYLE)
    with st.container(key="scroll_gaps"):
        blocks.figure(made.spec, alt=f"{made.title}。{made.sentence}", key="gap_matrix")
    blocks.statement(made.sentence)
    _draw_table(made, scope, at_least)
    draw_map(
        made.table,
        scope,
        title=made.title,
        sentence=made.sentence,
        columns=gap_columns(made.items, at_least=at_least, for_files=True),
        source=made.source,
    )
    blocks.notes([*made.left_out, *([NOT_USED] if choice.is_narrowed else [])])
    say_denominator(ask(denominator_of, scope=scope))
    say_redrawn(scope, types=choice.types)
    blocks.definition("数えかた", METHOD)
    blocks.source_line(made.source)


def _rates(scope: Scope, types: tuple[str, ...]) -> pd.DataFrame:
    denominator = ask(denominator_of, scope=scope)
    if types:
        found: pd.DataFrame = ask(
            type_gaps, scope=scope, facility_types=types, denominator=denominator
        )
        return found
    return ask(structure_gaps, scope=scope, denominator=denominator)


@lru_cache(maxsize=128)
def gaps(store_key: str, scope: Scope, types: tuple[str, ...], at_least: int, order: str) -> Gaps:
    """Return the matrix of the parts of a scope."""
    rates = _rates(scope, types)
    labels = _labels(rates, types)
    counts = gap_counts(rates, at_least=at_least)
    if order == "value":
        counts = counts.assign(is_known=counts["compared"] > 0).sort_values(
            ["is_known", "gaps", "area_code"], ascending=[False, False, True], kind="stable"
        )
    if order == "letters":
        counts = counts.set_index("area_code").loc[[*by_letters(counts["area_code"])]].reset_index()
    shown = drawn_rows(counts)
    if scope.own_code and not (shown["area_code"] == scope.own_code).any():
        own = counts[counts["area_code"] == scope.own_code]
        shown = pd.concat([shown.head(MAX_ROWS - 1), own])
    level = level_label(scope.level)
    group = "全国の" if scope.level == "prefecture" else "県内の"
    title = f"{scope.parent_name}：{group}{level}の中央値を下回る項目（75歳以上1万人あたり）"
    sentence = gaps_sentence(
        with_group(counts),
        scope_name=scope.parent_name,
        level_label=level,
        at_least=at_least,
        what="種類" if types else "指標",
        group_label=f"{group}{level}",
    )
    cells = matrix_frame(rates, with_group(shown), labels)
    return Gaps(
        title=title,
        spec=supply_matrix(cells, items=list(labels.values()), own_code=scope.own_code),
        sentence=sentence,
        table=gap_table(rates, counts, labels),
        items=labels,
        left_out=_left_out(rates, labels, types, drawn=len(shown), areas=len(counts)),
        source=_sources(rates, labels, scope),
    )


def drawn_rows(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows to draw; of too many, those that were compared, while there are any."""
    compared = counts[counts["compared"] > 0]
    is_known = len(counts) > MAX_ROWS and len(compared) > 0
    return (compared if is_known else counts).head(MAX_ROWS)


def _labels(rates: pd.DataFrame, types: tuple[str, ...]) -> dict[str, str]:
    """Return the columns of the matrix: what is counted first, then what is only shown."""
    found = set(usable(rates))
    if types:
        return {key: CATALOGUE.facility_types[key].short_label for key in types if key in found}
    counted = dict(zip(rates["indicator_id"], rates["is_counted"], strict=True))
    entries = [entry for key, entry in CATALOGUE.indicators.items() if key in found]
    ordered = sorted(entries, key=lambda entry: not counted[entry.key])
    return {entry.key: entry.title for entry in ordered}


def _say_nothing(scope: Scope, types: tuple[str, ...]) -> None:
    what = "選んだ種類" if types else "ストラクチャー指標（75歳以上1万人対）"
    blocks.empty(
        f"{scope.parent_name}の{level_label(scope.level)}には、中央値と比べられる{what}がありません。",
        f"値のある地域が{FEWEST}以上ある都道府県で比べます。「比べる単位」や「比べる項目」を変えるか、"
        "施設・事業所と75歳以上人口の資料を読み込むと表示されます。",
    )


def _draw_table(made: Gaps, scope: Scope, at_least: int) -> None:
    columns = gap_columns(made.items, at_least=at_least)
    long_table(made.table, columns=columns, key="gap_table", missing="―")
    blocks.downloads(
        made.table,
        columns=gap_columns(made.items, at_least=at_least, for_files=True),
        stem=f"gaps_{scope.parent_code}_{scope.level}",
        title=made.title,
        source=made.source,
        figure=made.spec,
    )


def _left_out(
    rates: pd.DataFrame, labels: dict[str, str], types: tuple[str, ...], *, drawn: int, areas: int
) -> list[str]:
    lines = []
    if drawn < areas:
        lines.append(f"図は{areas:,}地域のうち{drawn}地域です。すべての地域は表にあります。")
    names = {key: entry.title for key, entry in CATALOGUE.indicators.items()}
    if types:
        names = {key: CATALOGUE.facility_types[key].label for key in types}
    absent = [names[key] for key in dict.fromkeys(rates["indicator_id"]) if key not in labels]
    if absent:
        lines.append(f"値がないか、比べる地域が足りず、含めていない項目：{'、'.join(absent)}")
    neutral = rates.loc[~rates["is_counted"] & rates["indicator_id"].isin(labels), "indicator_id"]
    shown_only = [names[key] for key in dict.fromkeys(neutral)]
    if shown_only:
        lines.append(f"示すだけで不足に数えない項目：{'、'.join(shown_only)}")
    return lines


def _sources(rates: pd.DataFrame, labels: dict[str, str], scope: Scope) -> list[str]:
    denominator = ask(denominator_of, scope=scope)
    kinds = [key for key in labels if key in CATALOGUE.facility_types]
    for key in labels:
        entry = CATALOGUE.indicators.get(key)
        kinds += list(getattr(entry.recipe, "facility_types", [])) if entry else []
    asked = tuple(dict.fromkeys(kinds))
    rows = ask(facility_sources, facility_types=asked, area_codes=(scope.parent_code,))
    rows = rows.drop_duplicates(["title", "vintage"])
    lines = [f"{r.title}（{r.vintage}）" if r.vintage else r.title for r in rows.itertuples()]
    if "coordinator_fte" in labels:
        period = rates.loc[rates["indicator_id"] == "coordinator_fte", "period"].iloc[0]
        lines.append(f"実施状況調査（市町村票）{period_label(str(period))}")
    return lines + ([f"分母：{denominator.full_label}"] if denominator else [])
