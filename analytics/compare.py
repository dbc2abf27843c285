"""One indicator for all areas of a level, beside a benchmark."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.asked import AREAS
from analytics.denominators import RELATED, Denominator, bound_denominator, restate
from analytics.rates import compare_with_benchmark
from analytics.scope import Scope, codes_in_view, part_codes
from data.catalogue.indicator import IndicatorEntry
from data.era import UNDATED

NOT_LOADED = "not_loaded"
_AMOUNTS = (
    "population_count",
    "facility_count",
    "measure_value",
    "measure_projected",
    "survey_number",
)

# What the build could not relate to its own choice of people may be related to another's.
_INDICATORS = """
with peopled as (
    select distinct area_code
    from population_total
    where
        area_code in (select unnest($area_codes))
        and age_75_plus > 0
),

told as (
    select
        observation.indicator_id,
        observation.area_code
    from observation
    inner join indicator
        on indicator.indicator_id = observation.indicator_id
    left join peopled
        on peopled.area_code = observation.area_code
    where
        observation.area_code in (select unnest($area_codes))
        and (
            observation.status = 'observed'
            or observation.status = 'missing'
            and indicator.per_75plus is not null
            and observation.numerator is not null
            and peopled.area_code is not null
        )
),

counted as (
    select
        indicator_id,
        count(*) as observed,
        count(distinct area_code) as areas
    from told
    group by indicator_id
),

final as (
    select
        indicator.indicator_id,
        indicator.title,
        indicator.domain,
        indicator.waiting_for,
        indicator.smallest_level,
        coalesce(counted.observed, 0) as observed,
        coalesce(counted.areas, 0) as areas
    from indicator
    left join counted
        on counted.indicator_id = indicator.indicator_id
)

select * from final
"""

_PERIODS = """
with final as (
    select period
    from observation
    where
        indicator_id = $indicator_id
        and area_code in (select unnest($area_codes))
    group by period
    order by
        right(period, 4),
        period
)

select * from final
"""

_VALUES = (
    RELATED  # noqa: S608
    + AREAS
    + """
found as (
    select *
    from related
    where
        indicator_id = $indicator_id
        and period = $period
),

final as (
    select
        area.area_code,
        area.name as area_name,
        area.area_type,
        found.value,
        found.per_75plus,
        found.numerator,
        found.denominator,
        found.lower_ci,
        found.upper_ci,
        coalesce(found.status, 'not_loaded') as status,
        source.title as source_title,
        source.vintage,
        found.source_ref
    from areas
    inner join area
        on area.area_code = areas.area_code
    left join found
        on found.area_code = areas.area_code
    left join source
        on source.source_id = found.source_id
    order by areas.area_order
)

select * from final
"""
)


def indicator_choices(con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]) -> pd.DataFrame:
    """Return every indicator with its observed values, and the areas that have any."""
    frame: pd.DataFrame = con.execute(_INDICATORS, {"area_codes": list(area_codes)}).df()
    return frame


def indicator_periods(
    con: duckdb.DuckDBPyConnection, *, indicator_id: str, area_codes: Sequence[str]
) -> list[str]:
    """Return the periods for which an indicator has rows in the areas, oldest first."""
    bound = {"indicator_id": indicator_id, "area_codes": list(area_codes)}
    return [row[0] for row in con.execute(_PERIODS, bound).fetchall()]


def default_period(periods: Sequence[str], *, year: int) -> str | None:
    """Return the newest period that does not lie after the year, else the earliest one."""
    dated = [period for period in periods if period != UNDATED]
    past = [period for period in dated if int(period.removeprefix("FY")) <= year]
    return past[-1] if past else next(iter(periods), None)


def indicator_values(
    con: duckdb.DuckDBPyConnection,
    *,
    indicator_id: str,
    period: str,
    area_codes: Sequence[str],
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return one row per area, in the order given; status is not_loaded where nothing covers it.

    Rates by people aged 75 and over are related to the denominator, all others stay as built.
    """
    bound = {"indicator_id": indicator_id, "period": period, "area_codes": list(area_codes)}
    found: pd.DataFrame = con.execute(_VALUES, bound | bound_denominator(denominator)).df()
    has_interval = pd.Series(bool(found["lower_ci"].notna().any()), index=found.index)
    frame = restate(found, has_interval=has_interval, denominator=denominator)
    frame["rank"] = frame["value"].rank(method="min", ascending=False).astype("Int64")
    return frame


def choices_in_view(con: duckdb.DuckDBPyConnection, *, scope: Scope) -> pd.DataFrame:
    """Return every indicator with its observed values, and the parts of a scope that have any."""
    return indicator_choices(con, area_codes=part_codes(con, scope=scope))


def periods_in_view(
    con: duckdb.DuckDBPyConnection, *, scope: Scope, indicator_id: str
) -> list[str]:
    """Return the periods for which the parts of a scope have rows, oldest first."""
    codes = part_codes(con, scope=scope)
    return indicator_periods(con, indicator_id=indicator_id, area_codes=codes)


def values_in_view(
    con: duckdb.DuckDBPyConnection,
    *,
    scope: Scope,
    indicator_id: str,
    period: str,
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return the values of the larger areas and the parts; only parts (is_part) have a rank."""
    frame = indicator_values(
        con,
        indicator_id=indicator_id,
        period=period,
        area_codes=codes_in_view(con, scope=scope),
        denominator=denominator,
    )
    frame["is_part"] = frame["area_code"].isin(part_codes(con, scope=scope))
    ranked = frame["value"].where(frame["is_part"]).rank(method="min", ascending=False)
    return frame.assign(rank=ranked.astype("Int64"))


def is_amount(entry: IndicatorEntry) -> bool:
    """Tell whether a larger area has no like value: amounts, and yes or no."""
    is_flag = entry.unit.startswith("有無")
    return is_flag or (entry.recipe is not None and entry.recipe.kind in _AMOUNTS)


def has_interval(values: pd.DataFrame) -> bool:
    """Tell whether any value has an interval, without which nothing is called high or low."""
    return bool((values["value"].notna() & values["lower_ci"].notna()).any())


def with_outcome(values: pd.DataFrame, *, benchmark: float | None) -> pd.DataFrame:
    """Add outcome (higher, lower, similar, not_compared) and difference from the benchmark."""
    outcome = compare_with_benchmark(
        values["value"], values["lower_ci"], values["upper_ci"], benchmark=benchmark
    )
    difference = values["value"] - (float("nan") if benchmark is None else benchmark)
    return values.assign(outcome=outcome, difference=difference)
