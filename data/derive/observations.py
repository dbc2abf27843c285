"""Indicator values from numerators and denominators, with intervals and suppression."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from data.catalogue import Catalogue
from data.catalogue.indicator import (
    FacilityAbsence,
    FacilityCapacityRate,
    FacilityCount,
    FacilityRate,
    IndicatorEntry,
    MeasurePer75Plus,
    MeasureRatio,
    MeasureValue,
    PopulationCount,
    PopulationGrowth,
    PopulationShare,
    SurveyItems,
    SurveyNumber,
    SurveyPer75Plus,
    SurveyShare,
)
from data.derive.inputs import by_75_plus_input, count_input, growth_input, ratio_input
from data.derive.intervals import byar_interval, wilson_interval
from data.derive.survey_inputs import items_input, number_input, share_input
from data.era import UNDATED

THRESHOLD = 5
_FACILITY = (FacilityRate, FacilityCapacityRate, FacilityCount, FacilityAbsence)
_PER_75_PLUS = (FacilityRate, FacilityCapacityRate, MeasurePer75Plus, SurveyPer75Plus)


@dataclass(frozen=True)
class Basis:
    """What all indicators of a generation share: the denominator, and the edition per group."""

    denominator_edition: str | None
    denominator_year: int | None
    denominator_label: str
    edition_of_group: dict[str, str]


def per_75_plus(indicator: IndicatorEntry) -> float | None:
    """Return the multiplier of a rate by people aged 75 and over, else nothing."""
    recipe = indicator.recipe
    return float(recipe.per) if isinstance(recipe, _PER_75_PLUS) else None


def indicator_values(
    con: duckdb.DuckDBPyConnection, *, indicator: IndicatorEntry, basis: Basis
) -> pd.DataFrame:
    """Return the observation rows of one indicator, without source_id."""
    inputs = _inputs(con, indicator, basis)
    if inputs.empty:
        return inputs
    frame = inputs.drop_duplicates(["area_code", "period"]).copy()
    frame["value"], frame["lower_ci"], frame["upper_ci"] = _value(indicator, frame)
    frame["status"] = np.where(frame["value"].notna(), "observed", "missing")
    if isinstance(indicator.recipe, FacilityAbsence):
        frame = frame[frame["area_code"].str.fullmatch(r"\d{5}")]
    frame["indicator_id"] = indicator.key
    frame["source_ref"] = _source_ref(indicator, basis)
    return frame


def _inputs(
    con: duckdb.DuckDBPyConnection, indicator: IndicatorEntry, basis: Basis
) -> pd.DataFrame:
    match indicator.recipe:
        case FacilityRate() | FacilityCapacityRate():
            return _by_75_plus(con, ("numerator", [indicator.key]), basis)
        case FacilityCount() | FacilityAbsence():
            return count_input(con, subject="numerator", item=indicator.key)
        case MeasureRatio() as recipe:
            return ratio_input(
                con,
                numerator=("measure", recipe.numerator),
                denominator=("measure", recipe.denominator),
            )
        case MeasurePer75Plus() as recipe:
            return _by_75_plus(con, ("measure", recipe.numerator), basis)
        case MeasureValue() as recipe:
            return count_input(con, subject="measure", item=recipe.measure)
        case SurveyItems() as recipe:
            return items_input(con, items=recipe.items, values=recipe.values)
        case SurveyShare() as recipe:
            return share_input(con, question=recipe.question, values=recipe.values)
        case SurveyNumber() as recipe:
            return number_input(con, question=recipe.question)
        case SurveyPer75Plus() as recipe:
            return _survey_by_75_plus(con, recipe, basis)
        case _:
            return _population_inputs(con, indicator, basis)


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


def _value(
    indicator: IndicatorEntry, frame: pd.DataFrame
) -> tuple[pd.Series, pd.Series, pd.Series]:
    recipe = indicator.recipe
    numerator, denominator = frame["numerator"], frame["denominator"]
    none = pd.Series(np.nan, index=frame.index)
    if isinstance(recipe, FacilityAbsence):
        return (numerator == 0).astype(float), none, none
    if isinstance(recipe, (FacilityCount, MeasureValue, PopulationCount, SurveyNumber)):
        return numerator, none, none
    per = 100.0 if isinstance(recipe, (PopulationShare, SurveyShare)) else getattr(recipe, "per", 1)
    value = per * numerator / denominator.where(denominator > 0)
    if isinstance(recipe, SurveyShare) or (isinstance(recipe, MeasureRatio) and per == 100):
        whole = denominator.clip(lower=numerator)
        lower, upper = wilson_interval(numerator, whole)
        return value, 100 * pd.Series(lower, frame.index), 100 * pd.Series(upper, frame.index)
    if isinstance(recipe, FacilityRate):
        lower, upper = byar_interval(numerator, denominator, per=per)
        return value, pd.Series(lower, frame.index), pd.Series(upper, frame.index)
    return value, none, none


def suppress_small(
    frame: pd.DataFrame, members: pd.DataFrame, *, threshold: int = THRESHOLD
) -> pd.DataFrame:
    """Blank values below the threshold, and those of every group that contains such a member.

    `members` has ancestor_code and descendant_code; zero is shown, since it names nobody.
    """
    small = frame["numerator"].between(1, threshold - 1)
    hidden = frame.loc[small, ["area_code", "period"]]
    groups = hidden.merge(members, left_on="area_code", right_on="descendant_code")
    marked = set(zip(hidden["area_code"], hidden["period"], strict=True))
    marked |= set(zip(groups["ancestor_code"], groups["period"], strict=True))
    keys = zip(frame["area_code"], frame["period"], strict=True)
    mask = pd.Series([key in marked for key in keys], index=frame.index)
    result = frame.copy()
    result.loc[mask, ["value", "numerator", "lower_ci", "upper_ci"]] = np.nan
    result.loc[mask, "status"] = "suppressed"
    return result


def period_of(vintage: str) -> str:
    """Return the calendar year in a vintage such as 2025年12月末時点, or undated."""
    western = re.search(r"(19|20)\d{2}", vintage)
    if western:
        return western.group(0)
    era = re.search(r"(令和|平成)\s*(元|\d+)", vintage)
    if era:
        number = 1 if era.group(2) == "元" else int(era.group(2))
        return str((2018 if era.group(1) == "令和" else 1988) + number)
    return UNDATED


def _source_ref(indicator: IndicatorEntry, basis: Basis) -> str:
    if per_75_plus(indicator) is not None:
        return f"{indicator.definition}（分母：{basis.denominator_label}）"
    return indicator.definition


def is_from_facilities(indicator: IndicatorEntry) -> bool:
    """Tell whether the numerator counts facilities."""
    return isinstance(indicator.recipe, _FACILITY)


def choose_editions(con: duckdb.DuckDBPyConnection, *, catalogue: Catalogue) -> dict[str, str]:
    """Return for every age group the newest edition that has it in more than one year."""
    rows = con.execute(
        "select item, split_part(subject, ':', 2), count(distinct period) from quantity"
        " where subject like 'population:%' group by all"
    ).fetchall()
    projected = [entry.key for entry in catalogue.editions.values() if entry.has_projection]
    chosen: dict[str, str] = {}
    for item, edition, years in rows:
        if edition in projected and years > 1:
            best = chosen.get(item)
            if best is None or projected.index(edition) < projected.index(best):
                chosen[item] = edition
    return {item: f"population:{edition}" for item, edition in chosen.items()}
