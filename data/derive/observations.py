"""Indicator values from numerators and denominators, with intervals and suppression."""

from __future__ import annotations

import re

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
    MeasureProjected,
    MeasureRatio,
    MeasureValue,
    PopulationCount,
    PopulationShare,
    PublishedValue,
    SurveyItemsShare,
    SurveyNumber,
    SurveyPer75Plus,
    SurveyShare,
)
from data.derive.intervals import byar_interval, wilson_interval
from data.derive.measure_gaps import measures_of, with_measure_gaps
from data.derive.recipe_inputs import Basis, recipe_inputs
from data.derive.redrawn import redrawn_notes
from data.era import UNDATED

THRESHOLD = 5
_FACILITY = (FacilityRate, FacilityCapacityRate, FacilityCount, FacilityAbsence)
_PER_75_PLUS = (FacilityRate, FacilityCapacityRate, MeasurePer75Plus, SurveyPer75Plus)
_AS_COUNTED = (
    FacilityCount, MeasureProjected, MeasureValue, PopulationCount, PublishedValue, SurveyNumber,
)  # fmt: skip
_PER_CENT = (PopulationShare, SurveyShare, SurveyItemsShare)


def per_75_plus(indicator: IndicatorEntry) -> float | None:
    """Return the multiplier of a rate by people aged 75 and over, else nothing."""
    recipe = indicator.recipe
    return float(recipe.per) if isinstance(recipe, _PER_75_PLUS) else None


def indicator_values(
    con: duckdb.DuckDBPyConnection, *, indicator: IndicatorEntry, basis: Basis
) -> pd.DataFrame:
    """Return the observation rows of one indicator, without source_id."""
    inputs = recipe_inputs(con, indicator, basis)
    return inputs if inputs.empty else values_of(con, inputs, indicator=indicator, basis=basis)


def values_of(
    con: duckdb.DuckDBPyConnection,
    inputs: pd.DataFrame,
    *,
    indicator: IndicatorEntry,
    basis: Basis,
) -> pd.DataFrame:
    """Return observation rows from numerators and denominators, and from signs in their place."""
    once = inputs.drop_duplicates(["area_code", "period"])
    frame = with_measure_gaps(con, once, indicator=indicator)
    frame["value"], frame["lower_ci"], frame["upper_ci"] = _value(indicator, frame)
    without = np.where(frame["denominator"] == 0, "not_applicable", "missing")
    computed = np.where(frame["value"].notna(), "observed", without)
    frame["status"] = np.where(frame["status"].notna(), frame["status"], computed)
    if isinstance(indicator.recipe, FacilityAbsence):
        frame = frame[frame["area_code"].str.fullmatch(r"\d{5}")]
    frame["indicator_id"] = indicator.key
    notes = redrawn_notes(con, frame, changes=basis.redrawn, measures=measures_of(indicator))
    frame["source_ref"] = indicator.definition + notes + _denominator(indicator, basis)
    return frame


def _value(
    indicator: IndicatorEntry, frame: pd.DataFrame
) -> tuple[pd.Series, pd.Series, pd.Series]:
    recipe = indicator.recipe
    numerator, denominator = frame["numerator"], frame["denominator"]
    none = pd.Series(np.nan, index=frame.index)
    if isinstance(recipe, FacilityAbsence):
        return (numerator == 0).astype(float), none, none
    if isinstance(recipe, _AS_COUNTED):
        return numerator, none, none
    per = 100.0 if isinstance(recipe, _PER_CENT) else getattr(recipe, "per", 1)
    value = per * numerator / denominator.where(denominator > 0)
    if isinstance(recipe, SurveyShare) or _is_measured_share(recipe):
        whole = denominator.clip(lower=numerator)
        lower, upper = wilson_interval(numerator, whole)
        return value, 100 * pd.Series(lower, frame.index), 100 * pd.Series(upper, frame.index)
    if isinstance(recipe, FacilityRate):
        lower, upper = byar_interval(numerator, denominator, per=per)
        return value, pd.Series(lower, frame.index), pd.Series(upper, frame.index)
    return value, none, none


def _is_measured_share(recipe: object) -> bool:
    return isinstance(recipe, MeasureRatio) and recipe.is_share and recipe.per == 100


def suppress_small(
    frame: pd.DataFrame,
    members: pd.DataFrame,
    *,
    threshold: int = THRESHOLD,
    counts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Blank values below the threshold, and those of every group that contains such a member.

    `members` has ancestor_code and descendant_code; `counts` the numerators of all areas where
    frame has not all of them. Zero is shown, since it names nobody.
    """
    counted = frame if counts is None else counts
    small = counted["numerator"].abs().between(1, threshold - 1)
    if not small.any():
        return frame
    hidden = counted.loc[small, ["area_code", "period"]]
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


def _denominator(indicator: IndicatorEntry, basis: Basis) -> str:
    return f"（分母：{basis.denominator_label}）" if per_75_plus(indicator) is not None else ""


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
