"""What every recipe counts, and by what it divides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import duckdb
import pandas as pd

from data.catalogue.indicator import (
    FacilityAbsence,
    FacilityCapacityRate,
    FacilityCount,
    FacilityRate,
    IndicatorEntry,
    MeasurePer75Plus,
    MeasureProjected,
    MeasureRatio,
    MeasureValue,
    PopulationCount,
    PopulationGrowth,
    PopulationShare,
    PublishedValue,
    SurveyItems,
    SurveyItemsShare,
    SurveyNumber,
    SurveyPer75Plus,
    SurveyShare,
)
from data.derive.inputs import by_75_plus_input, count_input, growth_input, ratio_input
from data.derive.projected import projected_input, published_input
from data.derive.survey_inputs import items_input, items_share_input, number_input, share_input


@dataclass(frozen=True)
class Basis:
    """What all indicators of a generation share.

    The denominator, the edition per group, and when larger areas were drawn anew.
    """

    denominator_edition: str | None
    denominator_year: int | None
    denominator_label: str
    edition_of_group: dict[str, str]
    redrawn: dict[str, date] = field(default_factory=dict)


def recipe_inputs(
    con: duckdb.DuckDBPyConnection, indicator: IndicatorEntry, basis: Basis
) -> pd.DataFrame:
    """Return area_code, period, numerator and denominator of an indicator for every area."""
    match indicator.recipe:
        case FacilityRate() | FacilityCapacityRate():
            return _by_75_plus(con, ("numerator", [indicator.key]), basis)
        case FacilityCount() | FacilityAbsence():
            return count_input(con, subject="numerator", item=indicator.key)
        case MeasureRatio() | MeasurePer75Plus() | MeasureValue() as recipe:
            return _measure_inputs(con, recipe, basis)
        case PublishedValue() as recipe:
            return published_input(con, measure=recipe.measure)
        case MeasureProjected() as recipe:
            editions = [basis.edition_of_group.get(band.group, "") for band in recipe.bands]
            return projected_input(con, bands=recipe.bands, edition=_only(editions))
        case PopulationCount() | PopulationShare() | PopulationGrowth():
            return _population_inputs(con, indicator, basis)
        case _:
            return _survey_inputs(con, indicator, basis)


def _measure_inputs(
    con: duckdb.DuckDBPyConnection,
    recipe: MeasureRatio | MeasurePer75Plus | MeasureValue,
    basis: Basis,
) -> pd.DataFrame:
    match recipe:
        case MeasureRatio():
            return ratio_input(
                con,
                numerator=("measure", recipe.numerator),
                denominator=("measure", recipe.denominator),
            )
        case MeasurePer75Plus():
            return _by_75_plus(con, ("measure", recipe.numerator), basis)
        case _:
            return count_input(con, subject="measure", item=recipe.measure)


def _survey_inputs(
    con: duckdb.DuckDBPyConnection, indicator: IndicatorEntry, basis: Basis
) -> pd.DataFrame:
    match indicator.recipe:
        case SurveyItems() as recipe:
            return items_input(con, items=recipe.items, values=recipe.values)
        case SurveyItemsShare() as recipe:
            return items_share_input(con, recipe=recipe)
        case SurveyShare() as recipe:
            return share_input(con, question=recipe.question, values=recipe.values)
        case SurveyNumber() as recipe:
            return number_input(con, question=recipe.question)
        case SurveyPer75Plus() as recipe:
            return _survey_by_75_plus(con, recipe, basis)
    return pd.DataFrame()


def _only(editions: list[str]) -> str:
    """Return the edition of all bands; nothing where they would come from different ones."""
    return editions[0] if len(set(editions)) == 1 else ""


def _population_inputs(
    con: duckdb.DuckDBPyConnection, indicator: IndicatorEntry, basis: Basis
) -> pd.DataFrame:
    match indicator.recipe:
        case PopulationCount() as recipe:
            subject = basis.edition_of_group.get(recipe.group, "")
            return count_input(con, subject=subject, item=recipe.group)
        case PopulationShare() as recipe:
            subject = basis.edition_of_group.get(recipe.numerator, "")
            return ratio_input(
                con,
                numerator=(subject, [recipe.numerator]),
                denominator=(subject, [recipe.denominator]),
            )
        case PopulationGrowth() as recipe:
            subject = basis.edition_of_group.get(recipe.group, "")
            return growth_input(con, subject=subject, item=recipe.group)
    return pd.DataFrame()


def _by_75_plus(
    con: duckdb.DuckDBPyConnection, numerator: tuple[str, list[str]], basis: Basis
) -> pd.DataFrame:
    return by_75_plus_input(
        con,
        numerator=numerator,
        edition=basis.denominator_edition or "",
        year=basis.denominator_year or 0,
    )


def _survey_by_75_plus(
    con: duckdb.DuckDBPyConnection, recipe: SurveyPer75Plus, basis: Basis
) -> pd.DataFrame:
    frame = number_input(con, question=recipe.question).drop(columns="denominator")
    people = con.execute(
        "select area_code, age_75_plus as denominator from population_total"
        " where edition = $edition and year = $year",
        {"edition": basis.denominator_edition or "", "year": basis.denominator_year or 0},
    ).df()
    return frame.merge(people, on="area_code", how="left")
