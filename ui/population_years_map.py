"""The map of the population page: a year that plays, or two years side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.areas import find_area
from analytics.geometry import is_drawable
from analytics.population import years_of
from analytics.population_classes import map_classes
from analytics.population_measures import measure_parts
from analytics.population_parts import first_projected
from analytics.population_parts_sentence import two_years_sentence
from analytics.population_sentence import parts_sentence, year_words
from charts.playing_map import pair_of_years, playing_map
from data.catalogue import load_catalogue
from ui.blocks import empty, figure, notes, statement
from ui.labels import level_label
from ui.map_frame import Extent, choose_extent
from ui.parts import CLICK_NOTE, map_notes
from ui.place_names import placed
from ui.population_choice import Choice
from ui.population_files import explained, table_and_files
from ui.population_years import BASE_WIDTH, PLAY_NOTE, base_of, choose_year
from ui.selection import Area, choose, follow_move, go_to, map_scope, read
from ui.store import ask, geo_url, served

MODES = {"play": "年を動かす", "pair": "2つの年を並べる"}
SAME_CLASSES = "階級は、この版のすべての年で同じです。"


@dataclass(frozen=True)
class Place:
    """What a map shows of the land, and which area is outlined on it."""

    parent: str
    level: str
    own: str
    extent: Extent | None


@dataclass(frozen=True)
class Picture:
    """A map made once for all viewers: figure, words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    frame: pd.DataFrame


@st.fragment
def draw(area: Area, choice: Choice) -> None:
    """Draw the measure of all years on the map, or of two years on two; a click moves."""
    follow_move()
    parent, level = map_scope(area)
    years = ask(years_of, edition=choice.edition)
    if not years or not ask(is_drawable, level=level, parent=parent):
        empty("この地域の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return
    title = st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mode = "play"
        if len(years) > 1:
            mode = choose("地図の見せ方", MODES, param="maps", default="play", kind="segmented")
        _choose_level(area)
        beside = _choose_beside(years, choice) if mode == "pair" else None
        year = choose_year(years, choice, label="年" if beside is None else "右の地図の年")
    parent, level = map_scope(area)
    place = Place(parent, level, area.code,
                  choose_extent(level=level, parent=parent, own_code=area.code))  # fmt: skip
    if beside is None:
        _draw_one(place, choice, year, title, plays=len(years) > 1)
    else:
        _draw_two(place, choice, (beside, year), title)
    explained(choice)


def _draw_one(
    place: Place, choice: Choice, year: int, title: DeltaGenerator, *, plays: bool
) -> None:
    picture = _picture(served(), place, choice, year)
    title.subheader(picture.title, anchor=False)
    _map(picture, place, key=f"map_{place.parent}_{place.own}")
    statement(picture.sentence)
    lines = map_notes(*([PLAY_NOTE] if plays else []), f"{CLICK_NOTE}{SAME_CLASSES}")
    if picture.frame["value"].isna().all():
        lines.insert(0, f"理由：{load_catalogue().editions[choice.edition].explanation}")
    notes(lines)
    table_and_files(picture.frame, choice=choice, title=picture.title,
                    stem=f"population_map_{place.parent}_{year}", figure=picture.spec)  # fmt: skip


def _draw_two(place: Place, choice: Choice, years: tuple[int, int], title: DeltaGenerator) -> None:
    pictures = [_picture(served(), place, choice, year, still=True) for year in years]
    both = _pair(served(), place, choice, years)
    title.subheader(both.title, anchor=False)
    for side, picture, column in zip("ab", pictures, st.columns(2), strict=True):
        with column:
            _map(picture, place, key=f"map_{side}_{place.parent}_{place.own}")
    statement(both.sentence)
    notes(map_notes(f"{CLICK_NOTE}2つの地図の階級は同じです。"))
    table_and_files(both.frame, choice=choice, title=both.title, figure=both.spec,
                    stem=f"population_maps_{place.parent}_{years[0]}_{years[1]}")  # fmt: skip


def _map(picture: Picture, place: Place, *, key: str) -> None:
    kept = read("parent") or (place.parent if "-" in place.parent else None)
    figure(
        picture.spec,
        alt=f"{picture.title}。{picture.sentence}",
        key=key,
        on_select=lambda code: go_to(code, parent=kept),
    )


def _choose_level(area: Area) -> None:
    names = {level: level_label(level) for level in area.level_choices
             if ask(is_drawable, level=level, parent=area.code)}  # fmt: skip
    if len(names) > 1:
        default = (
            "municipality" if "municipality" in names and not area.is_nation else next(iter(names))
        )
        choose("地図の単位", names, param="level", default=default, kind="segmented")


def _choose_beside(years: tuple[int, ...], choice: Choice) -> int:
    names = {str(year): year_words(year, fiscal=choice.fiscal) for year in years}
    default = str(base_of(years, choice))
    return int(choose("左の地図の年", names, param="beside", default=default, width=BASE_WIDTH))


def _scope(place: Place, choice: Choice) -> dict[str, Any]:
    return {"area_code": place.parent, "level": place.level, "edition": choice.edition,
            "measure": choice.measure, "form": choice.form,
            "base_year": choice.base_year}  # fmt: skip


def _name(place: Place) -> str:
    return str(ask(find_area, area_code=place.parent).at[0, "name"])


@lru_cache(maxsize=256)
def _picture(
    store_key: str, place: Place, choice: Choice, year: int, *, still: bool = False
) -> Picture:
    scope = _scope(place, choice)
    frame = ask(measure_parts, **scope)
    shown = frame[frame["year"] == year].reset_index(drop=True)
    when = year_words(year, fiscal=choice.fiscal)
    sentence = parts_sentence(placed(shown), year=year, entry=choice.entry, form=choice.form,
                              base_year=choice.base_year, edition_name=choice.edition_name,
                              fiscal=choice.fiscal)  # fmt: skip
    spec = playing_map(
        frame,
        topology_url=geo_url(place.level, place.parent),
        breaks=list(ask(map_classes, **scope)),
        shown_year=year,
        title=choice.value_name,
        unit=choice.unit,
        decimals=choice.decimals,
        palette="diverging" if choice.form in ("index", "growth") else "sequential",
        selected=place.own if (frame["area_code"] == place.own).any() else None,
        extent=place.extent,
        projected_from=first_projected(frame),
        fiscal=choice.fiscal,
        still=still,
    )
    title = (
        f"{_name(place)}：{when}の{choice.value_name}（{level_label(place.level)}別）　"
        f"{choice.edition_short}"
    )
    return Picture(spec, title, sentence, shown)


@lru_cache(maxsize=128)
def _pair(store_key: str, place: Place, choice: Choice, years: tuple[int, int]) -> Picture:
    frame = ask(measure_parts, **_scope(place, choice))
    shown = frame[frame["year"].isin(years)].reset_index(drop=True)
    sentence = two_years_sentence(placed(shown), years=years, entry=choice.entry, form=choice.form,
                                  value_name=choice.value_name,
                                  edition_name=choice.edition_name)  # fmt: skip
    left, right = (_picture(store_key, place, choice, year, still=True).spec for year in years)
    title = (
        f"{_name(place)}：{years[0]}年と{years[1]}年の{choice.value_name}"
        f"（{level_label(place.level)}別）　{choice.edition_short}"
    )
    return Picture(pair_of_years(left, right), title, sentence, shown)
