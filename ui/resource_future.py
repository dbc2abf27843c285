"""The view of the resource page that sets present supply against the people of years to come."""

from __future__ import annotations

import streamlit as st

from analytics.scope import Scope
from analytics.supply_outlook_editions import OutlookEdition, editions_in_view
from data.catalogue import load_catalogue
from data.era import calendar_year_label
from ui import blocks
from ui.few_rows import few_rows
from ui.kept_figures import framed_map
from ui.labels import edition_label
from ui.map_frame import choose_extent
from ui.parts import CLICK_NOTE, long_table, map_notes, mover
from ui.resource_choice import ResourceChoice
from ui.resource_conditions import NOT_USED
from ui.resource_redrawn import say_redrawn
from ui.selection import Area, choose, follow_move
from ui.store import ask, served
from ui.supply_future import Future, future
from ui.supply_future_tables import (
    FutureChoice,
    by_type,
    other_denominator,
    type_columns,
    wide_columns,
)

TYPES = load_catalogue().facility_types
QUANTITIES = {"facilities": "か所数", "capacity": "定員・病床"}
ORDERS = {"code": "団体コード順", "value": "必要数の多い順"}
NARROW = 200
NOTHING = "―"  # the column of reasons says of what kind the gap is
METHOD = """\
今の数＝読み込んだ資料にある施設・事業所の数（または定員・病床の合計）。将来も変わらないと仮定します。
将来の水準＝今の数 ÷ その年の75歳以上人口 × 1万人
追加で必要な数（計算値）＝今の数 ×（その年の75歳以上人口 − 今の75歳以上人口）÷ 今の75歳以上人口
「あと○」は計算値を切り上げた整数です。計算値が0以下なら、増やさなくても今の水準が保たれます。
今の75歳以上人口も将来の値と同じ版の推計から取ります。版のちがう人口を混ぜることはしません。
地域ごとに切り上げるので、地域の合計は都道府県や全国の数と一致しません。
75歳以上の人数だけで比べた機械的な計算で、利用の割合・職員・近隣の施設・整備の計画は考えていません。"""


@st.fragment
def draw(area: Area, scope: Scope, choice: ResourceChoice) -> None:
    """Draw course, map, words and tables; a click on the map moves."""
    follow_move()
    editions = {edition.edition: edition for edition in ask(editions_in_view, scope=scope)}
    if not editions:
        blocks.empty(
            f"{scope.parent_name}には、75歳以上の将来推計人口がありません。",
            "年齢別の将来推計人口（社人研の市区町村別・男女年齢5歳階級別の表）を"
            "原資料のフォルダに置いて作成し直すと表示されます。",
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = _picked(choice, editions)
    made = future(served(), scope, chosen)
    left, right = st.columns(2, gap="large")
    with left:
        _draw_lines(made)
    with right:
        spec = _draw_map(made, scope)
    blocks.statement(made.sentence)
    blocks.notes(made.gaps)
    _draw_parts(made, scope, chosen, spec)
    _draw_types(area, scope, choice, chosen)
    _say_how(scope, choice, chosen)
    blocks.source_line(made.source)


def _picked(choice: ResourceChoice, editions: dict[str, OutlookEdition]) -> FutureChoice:
    key = choice.types[0]
    if len(choice.types) > 1:
        names = {key: TYPES[key].label for key in choice.types}
        key = choose("図に表す種類", names, param="type", default=choice.types[0])
    quantity = "facilities"
    if TYPES[key].has_capacity:
        quantity = choose("数えるもの", QUANTITIES, param="quantity", default="facilities",
                          kind="segmented")  # fmt: skip
    first = next(iter(editions))
    code = first
    if len(editions) > 1:
        labels = {code: edition_label(code) for code in editions}
        code = choose("推計の版", labels, param="edition", default=first)
    edition = editions[code]
    years = {str(year): calendar_year_label(year) for year in edition.targets}
    default = "2040" if "2040" in years else next(iter(years))
    year = choose("地図と文の年", years, param="year", default=default, width=NARROW)
    return FutureChoice(key, quantity, edition, int(year))


def _draw_lines(made: Future) -> None:
    st.subheader(made.lines_title, anchor=False)
    blocks.figure(made.lines, alt=f"{made.lines_title}。{made.sentence}", key="supply_lines")


def _draw_map(made: Future, scope: Scope) -> dict[str, object] | None:
    st.subheader(made.map_title, anchor=False)
    if made.map is None:
        blocks.empty("この単位の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return None
    extent = choose_extent(level=scope.level, parent=scope.parent_code, own_code=scope.own_code)
    spec = framed_map(made.map, extent=extent)
    key = f"future_{scope.parent_code}_{scope.level}_{scope.own_code or ''}"
    blocks.figure(spec, alt=f"{made.map_title}。{made.sentence}", key=key, on_select=mover(scope))
    blocks.notes(map_notes(CLICK_NOTE))
    return spec


def _draw_parts(
    made: Future, scope: Scope, chosen: FutureChoice, spec: dict[str, object] | None
) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader(f"数値：{made.map_title}", anchor=False)
        order = choose("並べ方", ORDERS, param="order", default="code", kind="segmented")
    shown = made.parts
    if order == "value":
        shown = shown.sort_values(f"more.{chosen.year}", ascending=False, kind="stable")
    long_table(shown, columns=wide_columns(chosen), key="future_parts", missing=NOTHING)
    blocks.downloads(
        shown,
        columns=wide_columns(chosen, for_files=True),
        stem=f"future_{chosen.facility_type}_{scope.parent_code}_{scope.level}_{chosen.year}",
        title=made.map_title,
        source=made.source,
        figure=spec,
    )


def _draw_types(area: Area, scope: Scope, choice: ResourceChoice, chosen: FutureChoice) -> None:
    code = scope.own_code or scope.parent_code
    frame = by_type(served(), code, choice.types, chosen.edition)
    made = future(served(), scope, chosen)
    title = f"{area.name}：選んだ種類ごとの見通し"
    st.subheader(title, anchor=False)
    columns = type_columns(chosen.edition)
    few_rows(frame, columns=columns, alt=title, key="future_types", missing=NOTHING)
    blocks.notes([f"下のファイルは「{made.lines_title}」の折れ線の図と、種類ごとの表です。"])
    blocks.downloads(
        frame,
        columns=type_columns(chosen.edition),
        stem=f"future_{chosen.facility_type}_{code}",
        title=made.lines_title,
        source=made.source,
        figure=made.lines,
    )


def _say_how(scope: Scope, choice: ResourceChoice, chosen: FutureChoice) -> None:
    lines = [other_denominator(scope, chosen.edition)]
    if choice.is_narrowed:
        lines.append(NOT_USED)
    say_redrawn(scope, types=choice.types, base_year=chosen.edition.base_year)
    last = chosen.edition.targets[-1]
    if last != 2050:
        lines.append(f"この版の推計は{last}年までです。")
    blocks.notes(lines)
    blocks.definition("計算のしかた", METHOD)
