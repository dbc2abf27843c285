"""All indicators of all areas in view beside a benchmark, each at its newest period."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.asked import AREA_SET
from analytics.compare import is_amount
from analytics.denominators import NAMED, RELATED, Denominator, bound_denominator, restate
from analytics.group_values import value_of_members
from analytics.rates import compare_with_benchmark
from data.catalogue import load_catalogue

_RUG = (
    RELATED  # noqa: S608
    + AREA_SET
    + NAMED
    + """
dated as (
    select
        related.indicator_id,
        related.period,
        count(related.value) as areas
    from related
    inner join areas
        on areas.area_code = related.area_code
    group by
        related.indicator_id,
        related.period
),

latest as (
    select
        indicator_id,
        coalesce(
            arg_max(period, right(period, 4) || period) filter (
                where try_cast(replace(period, 'FY', '') as integer) <= $until
            ),
            min(period)
        ) as period
    from dated
    where areas > 0
    group by indicator_id
),

final as (
    select named.*
    from named
    inner join latest
        on
            latest.indicator_id = named.indicator_id
            and latest.period = named.period
    where
        named.area_code in (select area_code from areas)
        or named.area_code = $benchmark_code
    order by
        named.area_code
)

select * from final
"""
)


def rug_values(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    benchmark_code: str | None,
    group_codes: Sequence[str] = (),
    year: int,
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return one row per area and rate: value, benchmark_value and outcome.

    The benchmark is an area, or the areas of a group taken together. Amounts are left out, since
    they are compared with nothing. Indicators come in the order of their domains, areas by code.
    """
    bound = {
        "area_codes": list(dict.fromkeys([*area_codes, *group_codes])),
        "benchmark_code": benchmark_code or "",
        "until": year,
    }
    found = con.execute(_RUG, bound | bound_denominator(denominator)).df()
    frame = restate(found, has_interval=found["lower_ci"].notna(), denominator=denominator)
    entries = load_catalogue().indicators
    rates = [key for key in frame["indicator_id"].unique() if not _is_left_out(key)]
    marks = {
        key: _benchmark(frame[frame["indicator_id"] == key], benchmark_code, group_codes, key)
        for key in rates
    }
    wanted = set(area_codes)
    rows = frame[frame["indicator_id"].isin(rates) & frame["area_code"].isin(wanted)]
    rows = rows.assign(benchmark_value=rows["indicator_id"].map(marks).astype("float64"))
    outcome = compare_with_benchmark(
        rows["value"], rows["lower_ci"], rows["upper_ci"], benchmark=rows["benchmark_value"]
    )
    rows = rows.assign(outcome=outcome.where(rows["value"].notna(), "missing"))
    domains = load_catalogue().domains
    order = {key: (domains[entries[key].domain].order, place)
             for place, key in enumerate(entries) if key in rates}  # fmt: skip
    ranked = sorted(order, key=lambda key: order[key])
    place = rows["indicator_id"].map({key: n for n, key in enumerate(ranked)})
    return rows.assign(place=place).sort_values(["area_code", "place"], ignore_index=True)


def _is_left_out(key: str) -> bool:
    entry = load_catalogue().indicators.get(key)
    return entry is None or is_amount(entry)


def _benchmark(
    rows: pd.DataFrame, benchmark_code: str | None, group_codes: Sequence[str], key: str
) -> float:
    if group_codes:
        members = rows[rows["area_code"].isin(list(group_codes))]
        if len(members) < len(set(group_codes)):
            return float("nan")
        return value_of_members(members, load_catalogue().indicators[key]).value
    found = rows.loc[rows["area_code"] == benchmark_code, "value"]
    return float(found.iloc[0]) if len(found) else float("nan")
