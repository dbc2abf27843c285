"""The map of the population page: one year, all parts of an area."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.areas import find_area
from analytics.geometry import is_drawable
from analytics.population import map_classes, parts_with_values
from analytics.population_sentence import MEASURE_NAMES, parts_sentence, year_words
from charts.choropleth import HEIGHT, NATION_HEIGHT, choropleth
from data.catalogue import load_catalogue
from data.era import calendar_year_label, fiscal_year_label
from ui.blocks import ColumnLabel, definition, empty, figure, notes, statement
from ui.labels import edition_short, level_label
from ui.population_view import GROUPS, PLACE, YEAR, Choice, table_and_files
from ui.selection import NATION, Area, choose, go_to, map_scope, read
from ui.store import ask, geo_url


def map_of_parts(area: Area, choice: Choice) -> None:
    """Draw the measure on the map for one year; a click moves to the area."""
    _level_choice(area)
    parent, level = map_scope(area)
    scope = {"area_code": parent, "level": level, "edition": choice.edition,
             "measure": choice.measure, "view": choice.view}  # fmt: skip
    frame = ask(parts_with_values, **scope)
    if frame.empty or not ask(is_drawable, level=level, parent=parent):
        empty("この地域の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return
    years = [int(year) for year in sorted(frame["year"].unique())]
    words = fiscal_year_label if choice.fiscal else calendar_year_label
    labels = {str(year): words(year) for year in years}
    preferred = min(years, key=lambda year: (abs(year - 2040), year))
    year = int(choose("地図の年", labels, param="year", default=str(preferred)))
    _draw_map(area, choice, frame, (parent, level, year, years[0]), ask(map_classes, **scope))


def _level_choice(area: Area) -> None:
    names = {level: level_label(level) for level in area.level_choices
             if ask(is_drawable, level=level, parent=area.code)}  # fmt: skip
    if len(names) > 1:
        default = (
            "municipality" if "municipality" in names and not area.is_nation else next(iter(names))
        )
        choose("地図の単位", names, param="level", default=default, kind="segmented")


def _draw_map(
    area: Area,
    choice: Choice,
    frame: pd.DataFrame,
    place: tuple[str, str, int, int],
    classes: tuple[float, ...],
) -> None:
    parent, level, year, first_year = place
    shown = frame[frame["year"] == year]
    where = area.name if parent == area.code else ask(find_area, area_code=parent).at[0, "name"]
    what = {"persons": "", "share": "の割合", "index": f"の増減率（{first_year}年から）"}[
        choice.view
    ]
    name = f"{MEASURE_NAMES[choice.measure]}{what}"
    unit, decimals = {"persons": ("人", 0), "share": ("%", 1), "index": ("%", 1)}[choice.view]
    when = year_words(year, fiscal=choice.fiscal)
    title = f"{where}：{when}の{name}（{level_label(level)}別）　{edition_short(choice.edition)}"
    sentence = parts_sentence(shown, year=year, measure=choice.measure, view=choice.view,
                              edition_name=choice.edition_name,
                              fiscal=choice.fiscal)  # fmt: skip
    spec = choropleth(
        topology_url=geo_url(level, parent),
        values=shown,
        breaks=list(classes),
        title=name,
        unit=unit,
        legend_title=name,
        decimals=decimals,
        selected=area.code if (shown["area_code"] == area.code).any() else None,
        palette="diverging" if choice.view == "index" else "sequential",
        height=NATION_HEIGHT if parent == NATION else HEIGHT,
    )
    st.subheader(title, anchor=False)
    statement(sentence)
    kept = read("parent")
    figure(spec, alt=f"{title}。{sentence}", key=f"map_{parent}_{area.code}",
           on_select=lambda code: go_to(code, parent=kept or _between(parent)))  # fmt: skip
    notes(["地図の地域を押すと、その地域に移ります。階級は、この版のすべての年で同じです。"])
    columns = {**PLACE, **YEAR, **GROUPS, "value": ColumnLabel(name, unit, decimals)}
    table_and_files(shown, frame, columns, spec, title, f"population_map_{parent}_{year}", choice)
    definition("区分と版の説明", _explanation())


def _between(parent: str) -> str | None:
    return parent if "-" in parent else None


def _explanation() -> str:
    entries = load_catalogue().editions
    lines = [f"{entry.label}：{entry.explanation}" for entry in entries.values()]
    return "\n".join(["割合は総人口に対する割合。指数は版の最初の年を100とした値。", *lines])
