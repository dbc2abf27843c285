"""One area's sheet, put together once for all viewers and for every file."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.activities_table import item_labels
from analytics.areas import areas_inside, parents_of
from analytics.municipal_facts import Facts, municipal_facts
from analytics.profile_change import area_change
from analytics.profile_extremes import farthest
from analytics.profile_population import FUTURE_YEAR, GROUPS, population_headline, population_then
from analytics.profile_programme import (
    newest_years,
    programme_items,
    started_and_stopped,
    wanted_support,
)
from analytics.profile_shared import areas_away_from_aims, neighbours_of, shared_problems
from analytics.scope import Scope
from analytics.similar import VARIABLES, known_variables, similar_to
from analytics.similar_items import done_by_similar
from data.catalogue import load_catalogue
from data.era import calendar_year_label
from exports.sections import AreaSheet, Bars, Section
from ui.labels import area_type_label, edition_short
from ui.profile_programme import (
    gap_section,
    programme_section,
    shared_section,
    similar_section,
    support_section,
)
from ui.profile_sections import change_section, extreme_sections, resource_section
from ui.profile_surveys import survey_sections
from ui.profile_view import Profile, file_columns, profile
from ui.selection import Area
from ui.store import ask, served
from ui.survey_scope import survey_region

NEIGHBOURS = "neighbours"
MUNICIPAL = ("municipality", "designated_city")
CIRCLES = ("secondary_medical_area", "health_center_area", "home_medical_area", "planning_area")
SIMILAR = 5


@lru_cache(maxsize=512)
def circle_options(store_key: str, area: Area) -> dict[str, str]:
    """Return the circles of municipalities in which problems may be shared."""
    if area.area_type not in MUNICIPAL:
        has_parts = "municipality" in area.level_choices and not area.is_nation
        return {area.code: area.name} if has_parts else {}
    parents = ask(parents_of, area_code=area.code)
    found = {
        row.area_code: f"{row.area_name}（{area_type_label(row.area_type)}）"
        for row in parents[parents["area_type"].isin(CIRCLES)].itertuples()
    }
    touching = ask(neighbours_of, area_code=area.code)
    return ({} if touching.empty else {NEIGHBOURS: "隣り合う市区町村"}) | found


def circle_codes(area: Area, circle: str) -> tuple[str, ...]:
    """Return the municipalities of a circle, the area's own among them."""
    if circle == NEIGHBOURS:
        return (area.code, *ask(neighbours_of, area_code=area.code)["area_code"])
    return tuple(ask(areas_inside, area_code=circle, level="municipality")["area_code"])


@lru_cache(maxsize=64)
def area_sheet(
    store_key: str,
    area: Area,
    scope: Scope,
    benchmark: tuple[str, str],
    year: int,
    circle: str,
) -> AreaSheet | None:
    """Return everything that is said of an area beside a benchmark (code, name)."""
    if (made := profile(store_key, (area.code, area.name), scope, benchmark, year)) is None:
        return None
    sections = [
        *(extreme_sections(made.rows, benchmark_name=benchmark[1]) if benchmark[0] else ()),
        resource_section(made.rows),
        _changes(area, made, year),
        *_programme(area),
        *_shared(area, made, benchmark[0], year, circle),
        *_similar(area),
        *survey_sections(area),
    ]
    return AreaSheet(
        area_code=area.code,
        area_name=area.name,
        title=f"{area.name}の地域カルテ　基準：{benchmark[1]}",
        sentence=made.sentence,
        bars=(*_population_bars(area.code, year), *_extreme_bars(made.rows, benchmark[1])),
        sections=tuple(sections),
        rows=made.rows,
        columns=file_columns(),
        facts=made.facts,
        source=tuple(made.source),
    )


def _changes(area: Area, made: Profile, year: int) -> Section:
    changes = ask(area_change, area_code=area.code, year=year, denominator=made.denominator)
    started, stopped = _begun(area)
    return change_section(changes, made.rows, area_name=area.name, started=started, stopped=stopped)


def _begun(area: Area) -> tuple[list[str], list[str]]:
    years: dict[str, int] = ask(newest_years)
    if area.area_type not in MUNICIPAL or area.prefecture_code is None or not years:
        return [], []
    framework, newest = max(years.items(), key=lambda item: item[1])
    begun: tuple[list[str], list[str]] = ask(
        started_and_stopped,
        region_code=area.prefecture_code,
        own_code=area.code,
        framework=framework,
        year=newest,
    )
    return begun


def _programme(area: Area) -> list[Section]:
    """Newest framework first, each with its own table, and then what support is asked for."""
    years: dict[str, int] = ask(newest_years)
    region = survey_region(area)
    own = region.own_area if region.own_area or area.area_type not in MUNICIPAL else area.code
    parent = area.prefecture_code or region.code
    found = []
    for framework, fiscal_year in reversed(years.items()):
        items = ask(
            programme_items,
            region_code=parent if own else region.code,
            own_code=own,
            framework=framework,
            fiscal_year=fiscal_year,
        )
        label = load_catalogue().programme.frameworks[framework].label
        found.append(
            programme_section(
                items, framework_label=label, fiscal_year=fiscal_year, is_own=own is not None
            )
        )
    if years and not area.is_nation:
        members = (own,) if own else circle_codes(area, area.code)
        newest = max(years.values())
        wanted = ask(
            wanted_support,
            area_codes=members,
            prefecture_code=area.prefecture_code,
            fiscal_year=newest,
        )
        found.append(support_section(wanted, fiscal_year=newest))
    return found


def _shared(
    area: Area, made: Profile, benchmark_code: str, year: int, circle: str
) -> list[Section]:
    options = circle_options(served(), area)
    if circle not in options or area.prefecture_code is None:
        return []
    codes = circle_codes(area, circle)
    municipalities = ask(areas_inside, area_code=area.prefecture_code, level="municipality")
    siblings = tuple(municipalities["area_code"])
    away = ask(
        areas_away_from_aims,
        area_codes=codes,
        sibling_codes=siblings,
        benchmark_code=benchmark_code,
        year=year,
        denominator=made.denominator,
    )
    return [_shared_of(area, codes, away, options[circle])]


def _shared_of(area: Area, codes: tuple[str, ...], away: pd.DataFrame, name: str) -> Section:
    years: dict[str, int] = ask(newest_years)
    wanted = ask(
        wanted_support,
        area_codes=codes,
        prefecture_code=area.prefecture_code,
        fiscal_year=max(years.values(), default=0),
    )
    own = area.code if area.area_type in MUNICIPAL else None
    shared = shared_problems(away, wanted, own_code=own)
    was_asked = bool((wanted["answering"] > 0).any())
    return shared_section(shared, circle_name=name, members=len(codes), was_asked=was_asked)


def _similar(area: Area) -> list[Section]:
    if area.area_type not in MUNICIPAL:
        return []
    facts: Facts = ask(municipal_facts)
    known = known_variables(facts, area_code=area.code)
    found = similar_to(
        facts,
        area_code=area.code,
        variables=known,
        weights={key: VARIABLES[key].default_weight for key in known},
        among="nation",
        count=SIMILAR,
    )
    sections = [similar_section(found, area_name=area.name)]
    years: dict[str, int] = ask(newest_years)
    if years and not found.empty:
        framework, fiscal_year = max(years.items(), key=lambda item: item[1])
        done = ask(
            done_by_similar,
            area_code=area.code,
            codes=tuple(found["area_code"]),
            fiscal_year=fiscal_year,
            framework=framework,
        )
        done = done.assign(label=done["item_key"].map(item_labels(framework)))
        sections.append(
            gap_section(done, area_name=area.name, fiscal_year=fiscal_year, peers=len(found))
        )
    return sections


def _population_bars(area_code: str, year: int) -> list[Bars]:
    now = ask(population_headline, area_code=area_code, year=year)
    if now is None:
        return []
    then = ask(population_then, area_code=area_code, edition=now["edition"])
    known = [
        group
        for group in GROUPS
        if pd.notna(now[group]) and (then is None or pd.notna(then[group]))
    ]
    series = [(calendar_year_label(int(now["year"])), tuple(float(now[g]) for g in known))]
    if then is not None:
        series.append((calendar_year_label(FUTURE_YEAR), tuple(float(then[g]) for g in known)))
    title = f"人口（{edition_short(str(now['edition']))}）　人"
    return [Bars(title, tuple(GROUPS[g] for g in known), tuple(series), "#,##0")]


def _extreme_bars(rows: pd.DataFrame, benchmark_name: str) -> list[Bars]:
    high, low = farthest(rows)
    both = pd.concat([high, low.iloc[::-1]])
    if both.empty:
        return []
    distances = tuple(round(float(value), 2) for value in both["distance"])
    title = f"{benchmark_name}からの離れ（標準偏差の何倍か）"
    return [Bars(title, tuple(both["title"]), (("離れ", distances),), "+0.0;-0.0;0")]
