"""All indicators of one area, beside the areas of its own level and a benchmark."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.compare import is_amount
from analytics.denominators import RELATED, Denominator, bound_denominator, restate
from analytics.rates import compare_with_benchmark
from data.catalogue import load_catalogue

_PROFILE = (
    RELATED  # noqa: S608
    + """
siblings as (
    select distinct unnest($sibling_codes) as area_code
),

dated as (
    select
        indicator_id,
        period,
        try_cast(replace(period, 'FY', '') as integer) as period_year
    from related
    where area_code = $area_code
),

latest as (
    select
        indicator_id,
        coalesce(
            arg_max(period, (period_year, period)) filter (where period_year <= $until),
            min(period)
        ) as period
    from dated
    group by indicator_id
),

placed as (
    select
        related.*,
        rank() over (
            partition by related.indicator_id
            order by related.value desc nulls last
        ) as rank
    from related
    inner join siblings
        on siblings.area_code = related.area_code
    inner join latest
        on
            latest.indicator_id = related.indicator_id
            and latest.period = related.period
),

spread as (
    select
        indicator_id,
        count(value) as siblings,
        min(value) as lowest,
        quantile_cont(value, 0.25) as lower_quartile,
        median(value) as middle,
        quantile_cont(value, 0.75) as upper_quartile,
        max(value) as highest,
        stddev_samp(value) as deviation
    from placed
    group by indicator_id
),

benchmark as (
    select
        related.indicator_id,
        related.value as benchmark_value
    from related
    inner join latest
        on
            latest.indicator_id = related.indicator_id
            and latest.period = related.period
    where related.area_code = $benchmark_code
),

final as (
    select
        indicator.indicator_id,
        indicator.title,
        indicator.domain,
        indicator.unit,
        indicator.decimals,
        indicator.polarity,
        placed.period,
        placed.value,
        placed.numerator,
        placed.denominator,
        placed.per_75plus,
        placed.lower_ci,
        placed.upper_ci,
        placed.status,
        case when placed.value is not null then placed.rank end as rank,
        spread.siblings,
        spread.lowest,
        spread.lower_quartile,
        spread.middle,
        spread.upper_quartile,
        spread.highest,
        spread.deviation,
        (placed.value - benchmark.benchmark_value)
        / nullif(spread.deviation, 0) as distance,
        benchmark.benchmark_value,
        source.title as source_title,
        source.vintage,
        placed.source_ref
    from placed
    inner join indicator
        on indicator.indicator_id = placed.indicator_id
    inner join spread
        on spread.indicator_id = placed.indicator_id
    left join benchmark
        on benchmark.indicator_id = placed.indicator_id
    left join source
        on source.source_id = placed.source_id
    where placed.area_code = $area_code
)

select * from final
"""
)


def _in_catalogue_order(frame: pd.DataFrame) -> pd.DataFrame:
    catalogue = load_catalogue()
    entries = sorted(
        catalogue.indicators.values(), key=lambda entry: catalogue.domains[entry.domain].order
    )
    order = {entry.key: place for place, entry in enumerate(entries)}
    place = frame["indicator_id"].map(order).fillna(len(order))
    return frame.iloc[place.argsort(kind="stable")].reset_index(drop=True)


def area_profile(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    sibling_codes: Sequence[str],
    benchmark_code: str,
    year: int,
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return one row per indicator of the area: value, place among siblings, benchmark, outcome.

    distance is (value - benchmark) ÷ sample standard deviation of the siblings' values of the same
    period; null where one of them is missing, and for amounts.
    """
    bound = {
        "area_code": area_code,
        "sibling_codes": [*sibling_codes, area_code],
        "benchmark_code": benchmark_code,
        "until": year,
    }
    found: pd.DataFrame = con.execute(_PROFILE, bound | bound_denominator(denominator)).df()
    frame = _without_benchmark_of_amounts(found)
    frame = restate(frame, has_interval=found["lower_ci"].notna(), denominator=denominator)
    outcome = compare_with_benchmark(
        frame["value"],
        frame["lower_ci"],
        frame["upper_ci"],
        benchmark=frame["benchmark_value"],
    )
    return _in_catalogue_order(_with_decimals(frame.assign(outcome=outcome)))


def _with_decimals(frame: pd.DataFrame) -> pd.DataFrame:
    """Print with the decimals of today's catalogue, as other pages do."""
    entries = load_catalogue().indicators
    decimals = {key: entry.decimals for key, entry in entries.items()}
    known = frame["indicator_id"].map(decimals)
    return frame.assign(decimals=known.fillna(frame["decimals"]).astype("int64"))


def amount_keys() -> tuple[str, ...]:
    """Return the indicators that say how large an area is, numbers of projected persons too."""
    entries = load_catalogue().indicators
    return tuple(key for key, entry in entries.items() if is_amount(entry))


def _without_benchmark_of_amounts(frame: pd.DataFrame) -> pd.DataFrame:
    """A number of persons is not set beside that of a larger area."""
    is_one = frame["indicator_id"].isin(amount_keys())
    hidden = {name: frame[name].mask(is_one) for name in ("benchmark_value", "distance")}
    return frame.assign(is_amount=is_one, **hidden)
