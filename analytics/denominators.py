"""The people aged 75 and over to whom resources are related: one choice for all areas in view."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.scope import Scope, part_codes
from data.catalogue import load_catalogue
from data.derive.denominator import Denominator, widest_denominator
from data.derive.intervals import byar_interval

__all__ = [
    "NAMED",
    "PEOPLE",
    "RELATED",
    "Denominator",
    "bound_denominator",
    "choose_denominator",
    "denominator_of",
    "restate",
]


# For queries that bind edition and year: the people of that choice.
PEOPLE = """
people as (
    select
        area_code,
        age_75_plus
    from population_total
    where
        edition = $edition
        and year = $year
),
"""

# For queries that bind edition and year: observations with rates per person aged 75 and over
# related to the people of that choice, whatever the build related them to.
RELATED = (
    "with"
    + PEOPLE
    + """
related as (
    select
        observation.area_code,
        observation.indicator_id,
        observation.period,
        observation.numerator,
        observation.lower_ci,
        observation.upper_ci,
        observation.source_id,
        observation.source_ref,
        indicator.per_75plus,
        case
            when indicator.per_75plus is null then observation.value
            else indicator.per_75plus * observation.numerator / nullif(people.age_75_plus, 0)
        end as value,
        case
            when indicator.per_75plus is null then observation.denominator
            else people.age_75_plus
        end as denominator,
        case
            when indicator.per_75plus is null then observation.status
            when observation.status not in ('observed', 'missing') then observation.status
            when observation.numerator is not null and people.age_75_plus > 0 then 'observed'
            else 'missing'
        end as status
    from observation
    inner join indicator
        on indicator.indicator_id = observation.indicator_id
    left join people
        on people.area_code = observation.area_code
),
"""
)

# After RELATED: its rows with the names of area and source.
NAMED = """
named as (
    select
        related.area_code,
        area.name as area_name,
        related.indicator_id,
        related.period,
        related.value,
        related.numerator,
        related.denominator,
        related.per_75plus,
        related.lower_ci,
        related.upper_ci,
        related.status,
        related.source_ref,
        source.title as source_title,
        source.vintage
    from related
    inner join area
        on area.area_code = related.area_code
    left join source
        on source.source_id = related.source_id
),
"""


def choose_denominator(
    con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]
) -> Denominator | None:
    """Return the first choice of the catalogue that covers all areas, else the widest; or None."""
    order = load_catalogue().denominators
    return widest_denominator(con, area_codes=area_codes, order=order)


def denominator_of(con: duckdb.DuckDBPyConnection, *, scope: Scope) -> Denominator | None:
    """Return the choice for the parts of a scope."""
    return choose_denominator(con, area_codes=part_codes(con, scope=scope))


def bound_denominator(denominator: Denominator | None) -> dict[str, object]:
    """Return the values that RELATED binds."""
    return {
        "edition": denominator.edition if denominator else None,
        "year": denominator.year if denominator else None,
    }


def restate(
    frame: pd.DataFrame, *, has_interval: pd.Series, denominator: Denominator | None
) -> pd.DataFrame:
    """Return related rows with their intervals and source_ref made anew for the denominator."""
    rates = frame["per_75plus"].notna()
    if not rates.any():
        return frame
    counted = rates & has_interval & frame["value"].notna()
    lower, upper = byar_interval(
        frame["numerator"].where(counted), frame["denominator"].where(counted), per=1
    )
    result = frame.copy()
    result["lower_ci"] = (frame["per_75plus"] * lower).where(rates, frame["lower_ci"])
    result["upper_ci"] = (frame["per_75plus"] * upper).where(rates, frame["upper_ci"])
    if denominator is not None:
        recipe = frame["source_ref"].str.replace(r"（分母：.*）$", "", regex=True)
        named = recipe + f"（分母：{denominator.full_label}）"
        result["source_ref"] = named.where(rates, frame["source_ref"])
    return result
