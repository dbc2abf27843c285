"""One value for a group of areas: numerators over denominators, never a mean of rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from analytics.compare import indicator_values, is_amount
from analytics.denominators import Denominator
from data.catalogue import load_catalogue
from data.catalogue.indicator import IndicatorEntry
from data.derive.intervals import byar_interval, wilson_interval

_SHARES = ("population_share", "survey_share", "survey_items_share")


@dataclass(frozen=True)
class GroupValue:
    """The value of a group with its limits; NaN and the kind of gap where it has none."""

    value: float
    lower_ci: float
    upper_ci: float
    numerator: float
    denominator: float
    status: str
    known: int
    asked: int


def multiplier(entry: IndicatorEntry) -> float:
    """Return what numerator over denominator is multiplied by."""
    recipe = entry.recipe
    if recipe is not None and recipe.kind in _SHARES:
        return 100.0
    return float(getattr(recipe, "per", 1))


def is_proportion(entry: IndicatorEntry) -> bool:
    """Tell whether the numerator is a part of the denominator, in per cent."""
    return entry.unit == "%" and multiplier(entry) == 100


def group_value(
    con: duckdb.DuckDBPyConnection,
    *,
    codes: Sequence[str],
    indicator_id: str,
    period: str,
    denominator: Denominator | None,
) -> GroupValue:
    """Return the value of areas taken together.

    Areas of which one is suppressed, or lacks its numerator or denominator, have no value, and
    amounts, which are not divided, none either.
    """
    members = indicator_values(
        con,
        indicator_id=indicator_id,
        period=period,
        area_codes=list(dict.fromkeys(codes)),
        denominator=denominator,
    )
    return value_of_members(members, load_catalogue().indicators[indicator_id])


def value_of_members(members: pd.DataFrame, entry: IndicatorEntry) -> GroupValue:
    """Return the value of a group from the rows of its members."""
    complete = members["numerator"].notna() & members["denominator"].notna()
    known, asked = int(complete.sum()), len(members)
    if (members["status"] == "suppressed").any():
        return _gap("suppressed", known, asked)
    if is_amount(entry) or not asked or known < asked:
        return _gap("not_applicable" if is_amount(entry) else "missing", known, asked)
    top, base = float(members["numerator"].sum()), float(members["denominator"].sum())
    if base <= 0:
        return _gap("missing", known, asked)
    per = multiplier(entry)
    lower, upper = _limits(top, base, per, entry, bool(members["lower_ci"].notna().any()))
    return GroupValue(per * top / base, lower, upper, top, base, "observed", known, asked)


def _gap(status: str, known: int, asked: int) -> GroupValue:
    nothing = float("nan")
    return GroupValue(nothing, nothing, nothing, nothing, nothing, status, known, asked)


def _limits(
    top: float, base: float, per: float, entry: IndicatorEntry, has_interval: bool
) -> tuple[float, float]:
    if not has_interval:
        return np.nan, np.nan
    if is_proportion(entry):
        lower, upper = wilson_interval(top, max(base, top))
        return float(per * lower), float(per * upper)
    lower, upper = byar_interval(top, base, per=per)
    return float(lower), float(upper)
