"""The map of the population page: one year, all parts of an area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.areas import find_area
from analytics.geometry import is_drawable
from analytics.population import map_classes, parts_with_values, years_of
from analytics.population_sentence import MEASURE_NAMES, parts_sentence, year_words
from charts.choropleth import choropleth, fitted
from data.catalogue import load_catalogue
from data.era import calendar_year_label, fiscal_year_label
from ui.blocks import ColumnLabel, definition, empty, figure, notes, statement
from ui.labels import edition_short, level_label
from ui.map_frame import choose_extent
from ui.parts import CLICK_NOTE
from ui.population_view import GROUPS, PLACE, YEAR, Choice, lines, table_and_files, years_table
from ui.selection import Area, choose, follow_move, go_to, map_scope, read
from ui.store import ask, geo_url, served

YEAR_WIDTH = 200  # beside the levels of the map


@dataclass(frozen=True)
class Picture:
    """A map made once for all viewers: figure, words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    value_label: ColumnLabel
    sentence: str
    shown: pd.DataFrame


@st.fragment
def pictures(area: Area, choice: Choice) -> None:
    """Draw the lines and the map beside each other, then their tables; a click moves."""
    follow_move()
    left, right = st.columns(2, gap="large")
    with left:
        lines(area, choice)
    with right:
        seen = _map_of_parts(area, choice)
    years_table(area, choice)
    if seen is None:
        return
    picture, spec, stem = seen
    columns = {**PLACE, **YEAR, **GROUPS, "value": picture.value_label}
    table_and_files(picture.shown, columns, spec, picture.title, stem, choice)
    definition("区分と版の説明", _explanation())


def _map_of_parts(area: Area, choice: Choice) -> tuple[Picture, dict[str, Any], str] | None:
    """Draw the measure of one year; return the picture, its figure and the name of its files."""
    parent, level = map_scope(area)
    years = ask(years_of, edition=choice.edition)
    if not years or not ask(is_drawable, level=level, parent=parent):
        empty("この地域の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return None
    title = st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _level_choice(area)
        year = _chosen_year(years, choice)
    parent, level = map_scope(area)
    picture = _picture(served(), area.code, parent, level, choice, year)
    title.subheader(picture.title, anchor=False)
    kept = read("parent") or (parent if "-" in parent else None)
    extent = choose_extent(level=level, parent=parent, own_code=area.code)
    spec = fitted(picture.spec, extent=extent)
    figure(
        spec,
        alt=f"{picture.title}。{picture.sentence}",
        key=f"map_{parent}_{area.code}",
        on_select=lambda code: go_to(code, parent=kept),
    )
    statement(picture.sentence)
    if picture.shown["value"].isna().all():
        notes([f"理由：{load_catalogue().editions[choice.edition].explanation}"])
    notes([f"{CLICK_NOTE}階級は、この版のすべての年で同じです。"])
    return picture, spec, f"population_map_{parent}_{year}"


def _chosen_year(years: tuple[int, ...], choice: Choice) -> int:
    words = fiscal_year_label if choice.fiscal else calendar_year_label
    labels = {str(year): words(year) for year in years}
    preferred = min(years, key=lambda year: (abs(year - 2040), year))
    return int(choose("地図の年", labels, param="year", default=str(preferred),
                      width=YEAR_WIDTH))  # fmt: skip


def _level_choice(area: Area) -> None:
    names = {level: level_label(level) for level in area.level_choices
             if ask(is_drawable, level=level, parent=area.code)}  # fmt: skip
    if len(names) > 1:
        default = (
            "municipality" if "municipality" in names and not area.is_nation else next(iter(names))
        )
        choose("地図の単位", names, param="level", default=default, kind="segmented")


@lru_cache(maxsize=256)
def _picture(
    store_key: str, own: str, parent: str, level: str, choice: Choice, year: int
) -> Picture:
    scope = {"area_code": parent, "level": level, "edition": choice.edition,
             "measure": choice.measure, "view": choice.view}  # fmt: skip
    frame = ask(parts_with_values, **scope)
    shown = frame[frame["year"] == year].reset_index(drop=True)
    name = _value_name(choice, int(frame["year"].min()))
    unit, decimals = {"persons": ("人", 0), "share": ("%", 1), "index": ("%", 1)}[choice.view]
    where = ask(find_area, area_code=parent).at[0, "name"]
    when = year_words(year, fiscal=choice.fiscal)
    title = f"{where}：{when}の{name}（{level_label(level)}別）　{edition_short(choice.edition)}"
    sentence = parts_sentence(shown, year=year, measure=choice.measure, view=choice.view,
                              edition_name=choice.edition_name,
                              fiscal=choice.fiscal)  # fmt: skip
    spec = choropleth(
        topology_url=geo_url(level, parent),
        values=shown,
        breaks=list(ask(map_classes, **scope)),
        title=name,
        unit=unit,
        legend_title=name,
        decimals=decimals,
        selected=own if (shown["area_code"] == own).any() else None,
        palette="diverging" if choice.view == "index" else "sequential",
    )
    return Picture(spec, title, ColumnLabel(name, unit, decimals), sentence, shown)


def _value_name(choice: Choice, first_year: int) -> str:
    words = {"persons": "", "share": "の割合", "index": f"の増減率（{first_year}年から）"}
    return MEASURE_NAMES[choice.measure] + words[choice.view]


def _explanation() -> str:
    entries = load_catalogue().editions
    lines = [f"{entry.label}：{entry.explanation}" for entry in entries.values()]
    return "\n".join(["割合は総人口に対する割合。指数は版の最初の年を100とした値。", *lines])
