"""Areas whose published quantity is a sign instead of a number."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.catalogue.indicator import (
    IndicatorEntry,
    MeasurePer75Plus,
    MeasureProjected,
    MeasureRatio,
    MeasureValue,
    PublishedValue,
)

_GAPS = """
with ranked as (
    select
        area_code,
        period,
        status,
        case status
            when 'suppressed' then 1
            when 'not_published' then 2
            when 'not_applicable' then 3
            when 'unanswered' then 4
            else 5
        end as rank
    from measure
    where
        measure_id in (select unnest($measures))
        and status <> 'observed'
),
final as (
    select
        area_code,
        period,
        arg_min(status, rank) as status
    from ranked
    group by area_code, period
)
select * from final
"""


def measures_of(indicator: IndicatorEntry) -> list[str]:
    """Return the measures that an indicator's recipe names."""
    match indicator.recipe:
        case MeasureRatio() as recipe:
            return [*recipe.numerator, *recipe.denominator]
        case MeasurePer75Plus() as recipe:
            return recipe.numerator
        case MeasureValue() | PublishedValue() as recipe:
            return [recipe.measure]
        case MeasureProjected() as recipe:
            return [name for band in recipe.bands for name in (band.numerator, band.denominator)]
    return []


def with_measure_gaps(
    con: duckdb.DuckDBPyConnection, inputs: pd.DataFrame, *, indicator: IndicatorEntry
) -> pd.DataFrame:
    """Add a row with the status of the sign for every area and period that has no number.

    `inputs` has area_code, period, numerator and denominator; the result has status too, null
    where there is a number.
    """
    measures = measures_of(indicator)
    found = con.execute(_GAPS, {"measures": measures}).df() if measures else pd.DataFrame()
    if found.empty:
        return inputs.assign(status=None)
    keys = ["area_code", "period"]
    beyond = found.merge(inputs[keys], on=keys, how="left", indicator=True)
    beyond = beyond[beyond["_merge"] == "left_only"].drop(columns="_merge")
    return pd.concat([inputs.assign(status=None), beyond], ignore_index=True)
