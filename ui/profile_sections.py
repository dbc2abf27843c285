"""The parts of an area's sheet as printed tables with their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from analytics.profile_change import change_sentence, most_changed
from analytics.profile_extremes import FEWEST_SIBLINGS, NOTABLE, farthest
from charts.formatting import number
from data.catalogue.indicator import POLARITY_LABELS
from data.era import period_label
from exports.columns import ColumnLabel
from exports.sections import Section
from ui.profile_view import Profile
from ui.text_table import TextTable, text_table

RESOURCE_DOMAINS = ("resource_med", "resource_care")
PAPER_SIGNS = (
    "比：▲高い ▼低い ●同程度（95％信頼区間による）。順位は高い順。"
    "1万人対は75歳以上人口1万人あたり。"
)
PER = ("75歳以上1万人対", "1万人対")
NO_READING = "－"
NO_JUDGEMENT = POLARITY_LABELS["no_judgement"]
_CHANGES = {"up": "▲ 上がった", "down": "▼ 下がった", "same": "● 同じ"}
_CHANCES = {
    "beyond": "区間が重ならない",
    "within": "偶然の範囲",
    "unknown": "区間がなく判定なし",
}
_CHANGE_COLUMNS = {
    "title": ColumnLabel("指標"),
    "before": ColumnLabel("前の期"),
    "now": ColumnLabel("今の期"),
    "direction": ColumnLabel("向き"),
    "chance": ColumnLabel("偶然か"),
    "periods": ColumnLabel("比べた期"),
}
_EXTREME_COLUMNS = {
    "title": ColumnLabel("指標"),
    "with_unit": ColumnLabel("値"),
    "interval": ColumnLabel("95％区間"),
    "benchmark_printed": ColumnLabel("基準"),
    "spreads": ColumnLabel("離れ"),
    "place": ColumnLabel("高い順"),
    "parts": ColumnLabel("分子／分母"),
    "reading": ColumnLabel("読み方"),
}

MOST_NAMES = 12


@lru_cache(maxsize=512)
def printed_table(section: Section) -> TextTable:
    """Return the table of a section as it is printed, made once.

    Of many names the first are printed; the workbook has them all.
    """
    labels = {name: label.printed for name, label in section.columns.items()}
    frame = section.frame[list(labels)].astype("str")
    if "names" in frame:
        frame["names"] = frame["names"].map(_first_names)
    return text_table(frame.rename(columns=labels))


def _first_names(text: str) -> str:
    names = text.split("、")
    rest = len(names) - MOST_NAMES
    return text if rest <= 0 else f"{'、'.join(names[:MOST_NAMES])}ほか{rest:,}"


@lru_cache(maxsize=128)
def paper_tables(made: Profile) -> tuple[TextTable, TextTable]:
    """Return the indicators that do not stand out as two narrow tables of like length, for paper.

    Amounts and those that are only yes or no are left to the screen and the files.
    """
    above = {key for rows in farthest(made.rows) for key in rows["indicator_id"]}
    is_left = made.rows["value"].notna() & ~made.rows["is_amount"]
    is_left &= ~made.rows["unit"].str.startswith("有無")
    known = made.rows[is_left & ~made.rows["indicator_id"].isin(above)]
    frame = pd.DataFrame(
        {
            "指標": known["title"],
            "値": [
                with_unit(printed, unit.replace(*PER))
                for printed, unit in zip(known["printed"], known["unit"], strict=True)
            ],
            "基準": known["benchmark_printed"],
            "比": [words[:1] for words in known["outcome_label"]],
            "順位": [
                f"{rank:.0f}／{siblings}" if siblings > 1 else "－"
                for rank, siblings in zip(known["rank"], known["siblings"], strict=True)
            ],
        }
    )
    middle = (len(frame) + 1) // 2
    return text_table(frame.iloc[:middle]), text_table(frame.iloc[middle:])


def with_unit(printed: str, unit: str) -> str:
    """Return a printed figure with its unit; rates name their people first."""
    return f"{unit} {printed}" if "対" in unit else f"{printed}{unit}"


def extreme_sections(rows: pd.DataFrame, *, benchmark_name: str) -> tuple[Section, Section]:
    """Return the five indicators farthest above the benchmark, and the five farthest below."""
    high, low = farthest(rows)
    return (
        _extreme("high", "高い", high, benchmark_name),
        _extreme("low", "低い", low, benchmark_name),
    )


def _extreme(key: str, side: str, rows: pd.DataFrame, benchmark_name: str) -> Section:
    frame = rows.assign(
        reading=[NO_READING if reading == NO_JUDGEMENT else reading for reading in rows["reading"]],
        place=[
            f"{rank:.0f}／{siblings}"
            for rank, siblings in zip(rows["rank"], rows["siblings"], strict=True)
        ],
        with_unit=[
            with_unit(printed, unit.replace(*PER))
            for printed, unit in zip(rows["printed"], rows["unit"], strict=True)
        ],
        spreads=[
            f"{distance:+.1f}{_near(distance, outcome)}"
            for distance, outcome in zip(rows["distance"], rows["outcome"], strict=True)
        ],
        parts=[
            _parts(top, bottom)
            for top, bottom in zip(
                rows["numerator_printed"], rows["denominator_printed"], strict=True
            )
        ],
    )
    has_rate = rows["unit"].str.contains(PER[0]).any()
    sentence = (
        f"{benchmark_name}より{side}側に離れている{len(frame)}指標（離れた順"
        f"、離れは標準偏差の何倍か、{NOTABLE}倍未満は「差が小さい」）。"
        + ("1万人対は75歳以上人口1万人あたり。" if has_rate else "")
        if len(frame)
        else f"{benchmark_name}より{side}側の指標はありません"
        f"（同じ種類の地域が{FEWEST_SIBLINGS}以上あるときに示します）。"
    )
    title = f"{benchmark_name}より{side}側に離れた指標"
    return Section(key, title, sentence, frame[list(_EXTREME_COLUMNS)], _EXTREME_COLUMNS)


def _near(distance: float, outcome: str) -> str:
    if abs(distance) < NOTABLE:
        return "（差が小さい）"
    return "（偶然の範囲）" if outcome == "similar" else ""


def _parts(top: str, bottom: str) -> str:
    """Return numerator and denominator; a count is related to nothing and stands alone."""
    return top if bottom in ("1", NO_READING) else f"{top}／{bottom}"


def resource_section(rows: pd.DataFrame) -> Section:
    """Return the resources of the area, how many they are and how they compare."""
    is_shown = rows["domain"].isin(RESOURCE_DOMAINS) & rows["value"].notna()
    chosen = rows[is_shown & ~rows["unit"].str.startswith("有無")]
    frame = pd.DataFrame(
        {
            "title": chosen["title"],
            "count": chosen["numerator_printed"],
            "with_unit": [
                with_unit(printed, unit)
                for printed, unit in zip(chosen["printed"], chosen["unit"], strict=True)
            ],
            "benchmark": chosen["benchmark_printed"],
            "outcome": chosen["outcome_label"],
        }
    )
    outcomes = chosen.loc[chosen["outcome_label"] != "－", "outcome"].value_counts()
    high, low, alike = (int(outcomes.get(key, 0)) for key in ("higher", "lower", "similar"))
    if outcomes.empty:
        sentence = f"資源の{len(frame)}指標。基準と比べられるものはありません。"
    else:
        rest = len(frame) - high - low - alike
        sentence = f"資源の{len(frame)}指標のうち、基準より高い{high}、低い{low}、同程度{alike}" + (
            f"、区間か基準がなく判定なし{rest}。" if rest else "。"
        )
    if frame.empty:
        sentence = "資源の指標がまだありません。届出・情報公表のファイルを読み込むと表示されます。"
    columns = {
        "title": ColumnLabel("資源"),
        "count": ColumnLabel("数（分子）"),
        "with_unit": ColumnLabel("値"),
        "benchmark": ColumnLabel("基準"),
        "outcome": ColumnLabel("基準と比べて"),
    }
    return Section("resources", "医療・介護の資源", sentence, frame, columns)


def change_section(
    changes: pd.DataFrame,
    rows: pd.DataFrame,
    *,
    area_name: str,
    started: Sequence[str],
    stopped: Sequence[str],
) -> Section:
    """Return what changed most since the period before, and programme items begun or ended."""
    chosen = most_changed(changes, rows)

    def show(column: str) -> list[str]:
        return [
            with_unit(number(value, decimals=int(decimals)), unit.replace(*PER))
            for value, decimals, unit in zip(
                chosen[column], chosen["decimals"], chosen["unit"], strict=True
            )
        ]

    frame = pd.DataFrame(
        {
            "title": chosen["title"],
            "before": show("value_before"),
            "now": show("value"),
            "direction": chosen["direction"].map(_CHANGES),
            "chance": chosen["chance"].map(_CHANCES),
            "periods": [
                f"{period_label(before)} → {period_label(now)}"
                for before, now in zip(chosen["period_before"], chosen["period"], strict=True)
            ],
        }
    )
    sentence = change_sentence(changes, area_name=area_name)
    for items, word in ((started, "新たに実施"), (stopped, "実施しなくなった")):
        if items:
            sentence += f"前の年度から{word}：{'、'.join(items)}。"
    return Section("change", "前の期から変わったこと", sentence, frame, _CHANGE_COLUMNS)
