"""What a page about one area opens with: people, services, programme, and what is loaded."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pandas as pd

from analytics.activities import item_rates, municipal_answers
from analytics.denominators import Denominator, choose_denominator, denominator_of
from analytics.population import editions_with
from analytics.population_groups import BROAD, group_persons
from analytics.resources import counted_types, facility_counts
from analytics.scope import Scope
from analytics.survey_status import category_labels, survey_years
from data.catalogue import load_catalogue

NOW, LATER = 2025, 2040
GROUPS = ("total", "age_65_plus", "age_75_plus", "age_85_plus")


@dataclass(frozen=True, eq=False)
class Outlook:
    """People now and later, of one edition; both years as the edition has them."""

    edition: str
    now: int
    later: int | None
    frame: pd.DataFrame


@dataclass(frozen=True)
class Supply:
    """Facilities by type with their rate, and the denominator that was used."""

    denominator: Denominator | None
    frame: pd.DataFrame


@dataclass(frozen=True)
class ProgrammeState:
    """Items of the programme in the latest fiscal year with answers."""

    framework: str
    fiscal_year: int
    frame: pd.DataFrame


def outlook(con: duckdb.DuckDBPyConnection, *, area_code: str) -> Outlook | None:
    """Return broad age groups near 2025 and 2040, of the newest edition that knows the old."""
    for measure in ("age_75_plus", "total"):
        editions = editions_with(con, area_code=area_code, measure=measure)
        if editions:
            return _outlook_of(con, area_code, editions[0])
    return None


def _outlook_of(con: duckdb.DuckDBPyConnection, area_code: str, edition: str) -> Outlook:
    frame = group_persons(con, area_codes=(area_code,), edition=edition, groups=BROAD)
    years = [int(year) for year in frame["year"]]
    now = min(years, key=lambda year: (abs(year - NOW), year))
    later = min(years, key=lambda year: (abs(year - LATER), year))
    rows = frame[frame["year"].isin([now, later])].reset_index(drop=True)
    return Outlook(edition, now, later if later > now else None, rows)


def supply(con: duckdb.DuckDBPyConnection, *, area_code: str, scope: Scope) -> Supply:
    """Return the facilities of every loaded type: number, people aged 75+ and rate per 10,000.

    The people are those of the parts of the scope, as in every view that compares the parts; of
    parts without any, such as wards that are not projected, those of the area itself.
    """
    counted = set(counted_types(con, area_codes=(area_code,)))
    kinds = [key for key in load_catalogue().facility_types if key in counted]
    denominator = denominator_of(con, scope=scope)
    if denominator is None or not denominator.covered:
        denominator = choose_denominator(con, area_codes=(area_code,))
    if not kinds:
        return Supply(denominator, pd.DataFrame(columns=["facility_type", "facilities"]))
    frame = facility_counts(
        con,
        area_codes=(area_code,),
        facility_types=kinds,
        edition=denominator.edition if denominator else "",
        year=denominator.year if denominator else 0,
    )
    entries = load_catalogue().facility_types
    labels = frame["facility_type"].map(lambda key: entries[key].label)
    groups = frame["facility_type"].map(lambda key: entries[key].group_label)
    return Supply(denominator, frame.assign(type_label=labels, group_label=groups))


def programme_state(con: duckdb.DuckDBPyConnection, *, area_code: str) -> ProgrammeState | None:
    """Return the items of the latest fiscal year in which anybody in the area answered."""
    years = survey_years(con, survey_id="municipal_form")
    for row in years.sort_values("fiscal_year", ascending=False).itertuples():
        framework, fiscal_year = str(row.framework), int(str(row.fiscal_year))
        rates = item_rates(con, area_code=area_code, framework=framework)
        latest = rates[rates["fiscal_year"] == fiscal_year]
        if not latest.empty and latest["answering"].max() > 0:
            labels = {i.key: i.label for i in load_catalogue().programme.items_of(framework)}
            named = latest.assign(item_label=latest["item_key"].map(labels))
            return ProgrammeState(framework, fiscal_year, named.reset_index(drop=True))
    return None


def own_answers(
    con: duckdb.DuckDBPyConnection, *, area_code: str, prefecture_code: str
) -> ProgrammeState | None:
    """Return what one municipality answered in the newest fiscal year, item by item, in words."""
    years = survey_years(con, survey_id="municipal_form")
    if years.empty:
        return None
    newest = years.sort_values("fiscal_year").iloc[-1]
    framework, fiscal_year = str(newest["framework"]), int(newest["fiscal_year"])
    answers = municipal_answers(
        con, area_code=prefecture_code, framework=framework, fiscal_year=fiscal_year
    )
    own = answers[answers["area_code"] == area_code]
    if own.empty:
        return None
    labels = {i.key: i.label for i in load_catalogue().programme.items_of(framework)}
    words = own["category"].map(category_labels(framework))
    named = own.assign(item_label=own["item_key"].map(labels), answer=words)
    return ProgrammeState(framework, fiscal_year, named.reset_index(drop=True))
