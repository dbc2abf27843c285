"""The map of the population page: one year, all parts of an area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.areas import find_area
from analytics.geometry import is_drawable
from analytics.population import years_of
from analytics.population_classes import map_classes
from analytics.population_measures import measure_parts
from analytics.population_sentence import parts_sentence, year_words
from charts.choropleth import choropleth, fitted
from data.catalogue import load_catalogue
from data.era import calendar_year_label, fiscal_year_label
from ui.blocks import empty, figure, notes, statement
from ui.labels import level_label
from ui.map_frame import choose_extent
from ui.parts import CLICK_NOTE
from ui.population_choice import Choice
from ui.population_files import explained, table_and_files
from ui.selection import Area, choose, follow_move, go_to, map_scope, read
from ui.store import ask, geo_url, served

YEAR_WIDTH = 200  # beside the levels of the map


@dataclass(frozen=True)
class Picture:
    """A map made once for all viewers: figure, words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    shown: pd.DataFrame


@st.fragment
def draw(area: Area, choice: Choice) -> None:
    """Draw the measure of one year on the map, then its figures; a click moves."""
    follow_move()
    parent, level = map_scope(area)
    years = ask(years_of, edition=choice.edition)
    if not years or not ask(is_drawable, level=level, parent=parent):
        empty("この地域の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return
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
    table_and_files(picture.shown, choice=choice, title=picture.title,
                    stem=f"population_map_{parent}_{year}", figure=spec)  # fmt: skip
    explained(choice)


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
             "measure": choice.measure, "form": choice.form,
             "base_year": choice.base_year}  # fmt: skip
    frame = ask(measure_parts, **scope)
    shown = frame[frame["year"] == year].reset_index(drop=True)
    where = ask(find_area, area_code=parent).at[0, "name"]
    when = year_words(year, fiscal=choice.fiscal)
    name = choice.value_name
    sentence = parts_sentence(shown, year=year, entry=choice.entry, form=choice.form,
                              base_year=choice.base_year, edition_name=choice.edition_name,
                              fiscal=choice.fiscal)  # fmt: skip
    spec = choropleth(
        topology_url=geo_url(level, parent),
        values=shown,
        breaks=list(ask(map_classes, **scope)),
        title=name,
        unit=choice.unit,
        legend_title=name,
        decimals=choice.decimals,
        selected=own if (shown["area_code"] == own).any() else None,
        palette="diverging" if choice.form in ("index", "growth") else "sequential",
    )
    title = f"{where}：{when}の{name}（{level_label(level)}別）　{choice.edition_short}"
    return Picture(spec, title, sentence, shown)
