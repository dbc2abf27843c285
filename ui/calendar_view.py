"""Trainings and councils of a fiscal year: months at a glance, then every date."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from analytics.areas import areas_inside
from analytics.meetings import BY_STAFF as BY_WORDS
from analytics.meetings import (
    BY_SURVEY,
    KINDS,
    MONTHS,
    by_month,
    calendar,
    calendar_sentence,
    fiscal_year_of,
    staff_events,
    survey_events,
)
from analytics.responses import zones_of
from charts.count_grid import count_grid
from data.era import fiscal_year_label
from ui import blocks
from ui.activity_choice import FORM, Chosen
from ui.activity_parts import Picture, Table, masked, masked_zones, show_picture, show_table
from ui.activity_records import BY_STAFF, names_of, places_of, write_here, written
from ui.blocks import ColumnLabel
from ui.records_form import records_of
from ui.selection import choose
from ui.store import ask, served
from ui.survey_parts import Figure, sources

_ZONE = "hc-"
_EVENTS = {
    "day": ColumnLabel("日"),
    "kind_label": ColumnLabel("種類"),
    "title": ColumnLabel("名称"),
    "area_code": ColumnLabel("地域コード"),
    "area_name": ColumnLabel("市町村・保健所"),
    "zone_name": ColumnLabel("保健所管轄区域"),
    "origin": ColumnLabel("もと"),
}
_MONTHS = {
    "area_name": ColumnLabel("地域"),
    "month": ColumnLabel("月"),
    "events": ColumnLabel("研修・会議", "件", 0),
    **{kind: ColumnLabel(label, "件", 0) for kind, label in KINDS.items()},
}
_HOW_TO_FILL = (
    "調査票の「協議体の開催日」「多職種研修の開催日」（2024-06-12 の形）に書いて取り込むか、"
    "担当者が下の「予定を書く」で加えると、ここに並びます。"
)
_WEEKDAYS = "月火水木金土日"


def draw(chosen: Chosen) -> None:
    """Draw the months of the region, the list of dates, and what staff can add."""
    found = _found(served(), written(), chosen)
    options = {str(year): fiscal_year_label(year) for year in found.years or (chosen.fiscal_year,)}
    default = str(chosen.fiscal_year)
    default = default if default in options else next(iter(options))
    year = int(choose("年度", options, param="cal", default=default, width=220))
    made = _made(served(), written(), chosen, year)
    if isinstance(made, str):
        blocks.empty(made, _HOW_TO_FILL)
    else:
        picture, listed = made
        show_picture(picture, chosen, key="calendar")
        show_table(listed, chosen, key="calendar_list")
        blocks.source_line(listed.source)
    blocks.notes(found.notes)
    place = chosen.region.own_area or chosen.region.code
    write_here("予定を書く・直す（担当者）", "event", area_code=place, key="events")


class _Found(NamedTuple):
    """The events of a region in all years, the years with any, and what could not be read."""

    events: pd.DataFrame
    years: tuple[int, ...]
    notes: tuple[str, ...]


@lru_cache(maxsize=64)
def _found(store_key: str, mark: tuple[int, int], chosen: Chosen) -> _Found:
    entries = records_of("event", area_code=None)
    here = {chosen.region.code, *places_of(chosen)["area_code"]}
    inside = ask(areas_inside, area_code=chosen.region.code, level="health_center_area")
    here |= set(inside["area_code"])
    mine = entries["area_code"].isin(list(here)) | entries["health_center_area"].isin(list(here))
    entries = entries[mine].reset_index(drop=True)
    answered = ask(survey_events, area_code=chosen.region.code)
    codes = (*entries["area_code"], *entries["health_center_area"].dropna())
    noted = staff_events(entries, names=names_of(codes))
    events = pd.concat([answered, noted], ignore_index=True)
    years = {int(year) for year in fiscal_year_of(events["date"].dropna())}
    return _Found(events, tuple(sorted(years, reverse=True)), _unread(events))


def _unread(events: pd.DataFrame) -> tuple[str, ...]:
    always = (
        "日を書いていない市町村の研修・会議は、ここに現れません。"
        "空白の月は、行われなかったことを示しません。"
    )
    unread = events[events["date"].isna()]
    if unread.empty:
        return (always,)
    texts = "、".join(dict.fromkeys(str(text)[:20] for text in unread["written"].head(3)))
    told = f"日として読めない記入が{len(unread):,}件あり、並べていません（{texts}）。"
    return (f"{told}2024-06-12 の形で書くと並びます。", always)


@lru_cache(maxsize=128)
def _made(
    store_key: str, mark: tuple[int, int], chosen: Chosen, year: int
) -> str | tuple[Picture, Table]:
    """Return the months and the list of a fiscal year, or the words that say there is nothing."""
    events = _of_year(_found(store_key, mark, chosen).events, year)
    label = fiscal_year_label(year)
    said = calendar_sentence(events, area_name=chosen.region.name, year_label=label)
    if events.empty:
        return said
    months, unit = _months(chosen, events)
    source = _cited(_found(store_key, mark, chosen).events, year)
    title = f"{chosen.region.name}の研修・会議（{unit}別・月別、{label}）"
    stem = f"calendar_{chosen.region.code}_{year}"
    table = Table(title, f"{stem}_months", months, _MONTHS, source)
    shown = _without_words(masked(events, chosen), chosen)
    counted = f"{label}、{len(events):,}件"
    listed = Table(f"{chosen.region.name}の研修・会議の予定と記録（{counted}）", stem, shown,
                   _EVENTS, source)  # fmt: skip
    return Picture(table, _picture(months), said), listed


def _cited(events: pd.DataFrame, year: int) -> tuple[str, ...]:
    """Return the surveys in which the dates of a fiscal year were written, and the staff."""
    dated = events.dropna(subset=["date"])
    dated = dated[fiscal_year_of(dated["date"]) == year]
    asked = dated.loc[dated["origin"] == BY_SURVEY, "fiscal_year"].astype(int).unique()
    cited = [title for survey in sorted(asked) for title in sources(FORM, int(survey))]
    return (*cited, BY_STAFF) if (dated["origin"] == BY_WORDS).any() else tuple(cited)


def _of_year(events: pd.DataFrame, year: int) -> pd.DataFrame:
    codes = tuple(str(code) for code in events["zone_code"].dropna() if code)
    zones = ask(zones_of, zone_type="health_center_area", fiscal_year=year)
    frame = calendar(events, zones, fiscal_year=year, names=names_of(codes))
    return frame.assign(
        day=[f"{d:%Y-%m-%d}（{_WEEKDAYS[d.weekday()]}）" for d in frame["date"]],
        kind_label=frame["kind"].map(KINDS),
    )


def _without_words(events: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Return the events without what staff wrote and without zones where names are hidden."""
    if not chosen.hide:
        return events
    by_staff = events["origin"] == BY_WORDS
    return events.assign(title=events["title"].mask(by_staff, "―"), zone_name="")


def _months(chosen: Chosen, events: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the months by prefecture, health-centre area or municipality, whichever is next."""
    code = chosen.region.code
    if code == "00":
        prefectures = events["area_code"].str.removeprefix(_ZONE).str[:2]
        named = names_of(tuple(prefectures))
        events = events.assign(area_code=prefectures, area_name=prefectures.map(named))
        months = by_month(events, code="area_code", name="area_name")
        return masked_zones(months, chosen), "都道府県"
    if events["zone_code"].nunique() > 1:
        placed = events.assign(zone_name=events["zone_name"].replace("", "保健所が不明"))
        months = by_month(placed, code="zone_code", name="zone_name")
        return masked_zones(months, chosen), "保健所管轄区域"
    return masked(by_month(events, code="area_code", name="area_name"), chosen), "市町村"


def _picture(months: pd.DataFrame) -> Figure:
    """Draw the months; one in which no date is known has no cell, for that is not none held."""
    most = float(months["events"].max())
    months = months[months["events"] > 0]
    marks = {"training": "研", "council": "会", "awareness": "啓"}
    text = [
        "\n".join(f"{mark}{row[kind]}" for kind, mark in marks.items() if row[kind])
        for row in months.to_dict("records")
    ]
    drawn = pd.DataFrame({
        "row": months["area_name"], "column": months["month"], "shade": months["events"],
        "text": text, "own": False,
    })  # fmt: skip
    return count_grid(
        drawn,
        columns=[f"{month}月" for month in MONTHS],
        shade_title="件数\n研＝研修　会＝協議体・会議　啓＝普及啓発",
        shade_most=most,
        height=44,
    )
