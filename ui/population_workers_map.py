"""The workforce of all parts of an area: a map of a year, and a table in the order chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.areas import find_area
from analytics.demand_sentence import MECHANICAL, workforce_parts_sentence
from analytics.geometry import is_drawable
from analytics.population import years_of
from analytics.population_parts import first_projected
from analytics.workforce import with_workforce, workforce_classes
from charts.playing_map import playing_map
from data.catalogue import load_catalogue
from data.era import calendar_year_label
from ui.blocks import ColumnLabel, downloads, empty, figure, notes, source_line, statement
from ui.demand_figures import reckoned_inside
from ui.kept import Kept
from ui.labels import level_label
from ui.map_frame import Extent, choose_extent
from ui.parts import CLICK_NOTE, long_table, map_notes
from ui.place_names import placed
from ui.population_choice import Choice
from ui.population_years import PLAY_NOTE
from ui.rates_editor import Rates
from ui.selection import Area, choose, go_to, map_scope, read
from ui.store import ask, geo_url, served

PER_WORDS = {"certified": "認定者1人あたりの20～64歳", "75plus": "75歳以上1人あたりの20～64歳"}
ORDERS = {"code": "団体コード順", "value": "値の順"}
YEAR_WIDTH = 200
NO_OWN_PARTS = (
    "広域連合等の市町村は認定率が市町村別に公表されないため、データなしです。"
    "「認定率」を都道府県や全国の値にすると計算できます。"
)


@dataclass(frozen=True)
class Asked:
    """What the workforce view shows: the choice of the page, the rates and the divisor."""

    choice: Choice
    rates: Rates
    per: str

    @property
    def name(self) -> str:
        """What the value is, in words."""
        return PER_WORDS[self.per]


@dataclass(frozen=True)
class Picture:
    """A map made once for all viewers, with its words and the frame of its year."""

    spec: dict[str, Any]
    title: str
    sentence: str
    shown: pd.DataFrame


@dataclass(frozen=True)
class Seen:
    """The map as it is drawn for one viewer, and how its files are named."""

    picture: Picture
    stem: str


def workers_map(area: Area, asked: Asked) -> Seen | None:
    """Draw the parts of the area in a year; a click moves there."""
    parent, level = map_scope(area)
    years = ask(years_of, edition=asked.choice.edition)
    if not years or not ask(is_drawable, level=level, parent=parent):
        empty("この地域の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return None
    title = st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _level_choice(area)
        year = _year_choice(years)
    parent, level = map_scope(area)
    extent = choose_extent(level=level, parent=parent, own_code=area.code)
    picture = _picture(served(), area.code, parent, level, asked, year, extent)
    if picture.shown.empty:
        reason = load_catalogue().editions[asked.choice.edition].explanation
        empty(picture.sentence, f"{asked.choice.edition_name}：{reason}")
        return None
    title.subheader(picture.title, anchor=False)
    kept = read("parent") or (parent if "-" in parent else None)
    figure(
        picture.spec,
        alt=f"{picture.title}。{picture.sentence}",
        key=f"workers_map_{parent}_{area.code}",
        on_select=lambda code: go_to(code, parent=kept),
    )
    statement(picture.sentence)
    below = map_notes(PLAY_NOTE, f"{CLICK_NOTE}階級は、この版のすべての年で同じです。")
    notes([*below, *_missing.of(picture, by=asked, make=lambda: _absences(asked, picture))])
    return Seen(picture, f"workers_map_{parent}_{year}")


_missing: Kept[list[str]] = Kept(most=256)


def _absences(asked: Asked, picture: Picture) -> list[str]:
    """Say why parts have no figure, and which rates would give one."""
    missing = picture.shown[picture.shown["value"].isna()]
    if missing.empty:
        return []
    lines = []
    if missing["age_75_plus"].isna().any():
        lines.append(f"{asked.choice.edition_name}に推計のない地域は、データなしです。")
    if asked.rates.key == "own" and missing["age_75_plus"].notna().any():
        lines.append(NO_OWN_PARTS)
    return lines


def _year_choice(years: Sequence[int]) -> int:
    labels = {str(year): calendar_year_label(year) for year in years}
    preferred = min(years, key=lambda year: (abs(year - 2040), year))
    return int(choose("地図の年", labels, param="year", default=str(preferred), width=YEAR_WIDTH))


def _level_choice(area: Area) -> None:
    names = {level: level_label(level) for level in area.level_choices
             if ask(is_drawable, level=level, parent=area.code)}  # fmt: skip
    if len(names) > 1:
        inside = "municipality" in names and not area.is_nation
        default = "municipality" if inside else next(iter(names))
        choose("地図の単位", names, param="level", default=default, kind="segmented")


@lru_cache(maxsize=256)
def _picture(
    store_key: str,
    own: str,
    parent: str,
    level: str,
    asked: Asked,
    year: int,
    extent: Extent | None,
) -> Picture:
    wide = reckoned_inside(parent, level, edition=asked.choice.edition, rates=asked.rates)
    frame = with_workforce(wide, per=asked.per)
    shown = frame[frame["year"] == year].reset_index(drop=True)
    where = ask(find_area, area_code=parent).at[0, "name"]
    title = (
        f"{where}：{year}年の{asked.name}（{level_label(level)}別）　{asked.choice.edition_short}"
    )
    sentence = workforce_parts_sentence(placed(shown), year=year, per=asked.per,
                                        edition_name=asked.choice.edition_name)  # fmt: skip
    if shown.empty:
        return Picture({}, title, sentence, shown)
    spec = playing_map(
        frame,
        topology_url=geo_url(level, parent),
        breaks=list(workforce_classes(frame["value"])),
        shown_year=year,
        title=asked.name,
        unit="人",
        decimals=1,
        selected=own if (shown["area_code"] == own).any() else None,
        extent=extent,
        projected_from=first_projected(frame),
    )
    return Picture(spec, title, sentence, shown)


_ordered: Kept[pd.DataFrame] = Kept(most=64)


def workers_parts_table(
    asked: Asked, seen: Seen, *, columns: Mapping[str, ColumnLabel], source: Sequence[str]
) -> None:
    """Print the parts in the order chosen and keep the files of the map in reach."""
    picture = seen.picture
    st.subheader(f"数値：{picture.title}", anchor=False)
    order = choose("並べ方", ORDERS, param="order", default="code", kind="segmented")
    keys = ["area_code"] if order == "code" else ["value", "area_code"]
    rows = picture.shown
    shown = _ordered.of(rows, by=order, make=lambda: rows.sort_values(keys, ignore_index=True))
    long_table(shown, columns=columns, key=f"table_{seen.stem}")
    edition = asked.choice.edition_name
    downloads(
        lambda: shown.assign(rates=asked.rates.said, edition=edition),
        columns={**columns, "rates": ColumnLabel("使った認定率"),
                 "edition": ColumnLabel("推計・統計の版")},
        stem=seen.stem,
        title=picture.title,
        source=[*source, f"版：{edition}", MECHANICAL],
        figure=picture.spec,
    )  # fmt: skip
    source_line(source)
