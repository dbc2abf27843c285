"""The parts of the population page: what is chosen, lines over years, a map of a year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.population import (
    editions_of,
    editions_with,
    known_editions,
    population_series,
    shown_values,
    stands_in,
)
from analytics.population_sentence import (
    MEASURE_NAMES,
    absence_sentence,
    only_total_sentence,
    outlook_sentence,
)
from analytics.sources import sources_of
from charts.line import line
from data.catalogue import load_catalogue
from ui.blocks import (
    ColumnLabel,
    downloads,
    empty,
    figure,
    notes,
    source_line,
    statement,
    table,
)
from ui.labels import edition_label, edition_short
from ui.selection import NATION, Area, choose
from ui.store import ask, served

VIEW_NAMES = {"persons": "人数", "share": "割合", "index": "増減（最初の年=100）"}
SMALL_TABLE = 200  # rows; a larger one is sent when it is opened
GROUPS = {
    "total": ColumnLabel("総人口", "人", 0),
    "age_65_plus": ColumnLabel("65歳以上", "人", 0),
    "age_75_plus": ColumnLabel("75歳以上", "人", 0),
    "age_85_plus": ColumnLabel("85歳以上", "人", 0),
}
PLACE = {"area_code": ColumnLabel("コード"), "area_name": ColumnLabel("地域")}
YEAR = {"year": ColumnLabel("年")}


@dataclass(frozen=True)
class Choice:
    """What the page shows."""

    measure: str
    view: str
    edition: str

    @property
    def fiscal(self) -> bool:
        """Tell whether the years are fiscal ones."""
        return self.edition == "ltc_insured"

    @property
    def edition_name(self) -> str:
        """The full name of the edition."""
        return edition_label(self.edition)


def picked(area: Area) -> Choice | None:
    """Let the viewer choose; nothing when no edition has the measure for the area."""
    measure = choose("見るもの", MEASURE_NAMES, param="indicator", default="age_75_plus",
                     kind="segmented")  # fmt: skip
    found = ask(editions_with, area_code=area.code, measure=measure)
    if not found:
        return None
    names = {edition: edition_label(edition) for edition in found}
    edition = choose("推計・統計の版", names, param="edition", default=found[0],
                     help="版のちがう数値を混ぜて比べることはしません。")  # fmt: skip
    facts = ask(editions_of, area_code=area.code).set_index("edition").loc[edition]
    views = {"persons": VIEW_NAMES["persons"]}
    if measure != "total" and facts["has_total"]:
        views["share"] = VIEW_NAMES["share"]
    if facts["last_year"] > facts["first_year"]:
        views["index"] = VIEW_NAMES["index"]
    view = choose("表し方", views, param="view", default="persons", kind="segmented")
    return Choice(measure, view, edition)


def reasons(area: Area, measure: str) -> list[str]:
    """Say of each projection that lacks the measure for the area why it does."""
    entries = load_catalogue().editions
    having = set(ask(editions_with, area_code=area.code, measure=measure))
    with_total = set(ask(editions_with, area_code=area.code, measure="total"))
    lines = []
    for edition in ask(known_editions):
        if edition in having or not entries[edition].has_projection:
            continue
        name = edition_label(edition)
        if edition in with_total:
            lines.append(only_total_sentence(edition_name=name))
        else:
            instead = ask(stands_in, area_code=area.code, edition=edition)
            lines.append(absence_sentence(area.name, edition_name=name, instead=instead))
    return lines


def nothing_for(area: Area) -> None:
    """Say why there is no figure for the area, edition by edition."""
    lines = reasons(area, "age_75_plus")
    if not ask(editions_of, area_code=area.code).empty:
        lines.append("総人口など、ほかの「見るもの」なら表示できます。")
    how = "\n".join(lines) or "将来推計人口のファイルを読み込むと表示されます。"
    empty(f"{area.name}には、選んだ区分の人口がありません。", how)


def _references(area: Area) -> list[str]:
    codes = [area.code]
    if area.prefecture_code and area.prefecture_code != area.code:
        codes.append(area.prefecture_code)
    return codes if area.is_nation else [*codes, NATION]


def _unit(choice: Choice, base_year: int) -> tuple[str, int]:
    return {
        "persons": ("人", 0),
        "share": ("%", 1),
        "index": (f"{base_year}年=100", 1),
    }[choice.view]


@dataclass(frozen=True)
class Course:
    """Lines over years made once for all viewers: figure, words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    value_label: ColumnLabel
    sentence: str
    own: pd.DataFrame


def lines(area: Area, choice: Choice) -> None:
    """Draw the measure over years: alone in persons, beside prefecture and nation otherwise."""
    course = _course(served(), area, choice)
    st.subheader(course.title, anchor=False)
    figure(course.spec, alt=f"{course.title}。{course.sentence}", key=f"lines_{area.code}")
    statement(course.sentence)
    notes(reasons(area, choice.measure))


def years_table(area: Area, choice: Choice) -> None:
    """Print the figures behind the lines."""
    course = _course(served(), area, choice)
    columns = {**PLACE, **YEAR, **GROUPS, "value": course.value_label}
    table_and_files(course.own, columns, course.spec, course.title, f"population_{area.code}",
                    choice)  # fmt: skip


@lru_cache(maxsize=1_000)
def _course(store_key: str, area: Area, choice: Choice) -> Course:
    codes = _references(area)
    frame = ask(population_series, area_codes=tuple(codes), edition=choice.edition)
    benchmark = next((c for c in codes[1:] if (frame["area_code"] == c).any()), None)
    sentence = outlook_sentence(frame, area_code=area.code, measure=choice.measure,
                                edition_name=choice.edition_name, benchmark=benchmark,
                                fiscal=choice.fiscal)  # fmt: skip
    frame["value"] = shown_values(frame, measure=choice.measure, view=choice.view)
    own = frame[frame["area_code"] == area.code].reset_index(drop=True)
    drawn = own if choice.view == "persons" else frame
    unit, decimals = _unit(choice, int(frame["year"].min()))
    projected = frame.loc[frame["is_projection"], "year"]
    spec = line(
        drawn.assign(series=drawn["area_name"]),
        series_order=[name for code in codes for name in _names(drawn, code)],
        x_title="年度末" if choice.fiscal else "年（10月1日）",
        y_title=f"{MEASURE_NAMES[choice.measure]}{'の割合' if choice.view == 'share' else ''}",
        unit=unit,
        decimals=decimals,
        base_line=100 if choice.view == "index" else None,
        projected_from=None if projected.empty else int(projected.min()),
    )  # fmt: skip
    label = ColumnLabel("図の値", unit, decimals)
    return Course(spec, _title(area, choice, unit), label, sentence, own)


def _names(frame: pd.DataFrame, code: str) -> list[str]:
    return list(frame.loc[frame["area_code"] == code, "area_name"].unique())


def _title(area: Area, choice: Choice, unit: str) -> str:
    words = {"persons": "", "share": "の割合", "index": f"の指数（{unit}）"}[choice.view]
    return f"{area.name}の{MEASURE_NAMES[choice.measure]}{words}　{edition_short(choice.edition)}"


def table_and_files(
    shown: pd.DataFrame,
    columns: dict[str, ColumnLabel],
    spec: dict[str, object],
    title: str,
    stem: str,
    choice: Choice,
) -> None:
    """Keep the table and the files in reach, and print where the figures come from."""
    st.subheader(f"数値：{title}", anchor=False)
    if choice.view == "persons":  # the value is one of the groups
        columns = {name: label for name, label in columns.items() if name != "value"}
    source = ask(sources_of, subject=f"population:{choice.edition}")
    written = [*source, f"版：{choice.edition_name}"]
    saved = {**columns, "edition": ColumnLabel("推計・統計の版")}
    if len(shown) <= SMALL_TABLE:
        table(shown, columns=columns, key=f"table_{stem}")
    else:
        opened = st.expander(
            f"数値の表（{len(shown):,}地域）", key=f"open_{stem}", on_change="rerun"
        )
        if opened.open:
            with opened:
                table(shown, columns=columns, key=f"table_{stem}")
    downloads(
        lambda: shown.assign(edition=choice.edition_name),
        columns=saved,
        stem=stem,
        title=title,
        source=written,
        figure=spec,
    )
    source_line(source or [choice.edition_name])
