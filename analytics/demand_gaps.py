"""Demand that only a published table can tell: deaths at home, households of the old alone."""

from __future__ import annotations

import duckdb
import pandas as pd

AWAITED = ("deaths_projected", "death_home_rate", "single_65plus_hh_share")

_GAPS = """
with wanted as (
    select
        unnest($indicator_ids) as indicator_id,
        generate_subscripts($indicator_ids, 1) as place
),
latest as (
    select
        indicator_id,
        period,
        value,
        status
    from observation
    where area_code = $area_code
    qualify row_number() over (partition by indicator_id order by period desc) = 1
),
final as (
    select
        indicator.indicator_id,
        indicator.title,
        indicator.definition,
        indicator.unit,
        indicator.decimals,
        indicator.source_title,
        indicator.waiting_for,
        latest.period,
        latest.value,
        coalesce(latest.status, 'missing') as status
    from wanted
    join indicator using (indicator_id)
    left join latest using (indicator_id)
    order by wanted.place
)
select * from final
"""


def demand_gaps(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return what a table must be loaded for: its newest value, or what it waits for.

    Columns: indicator_id, title, definition, unit, decimals, source_title, waiting_for (null when
    computed), period, value, status.
    """
    values = {"indicator_ids": list(AWAITED), "area_code": area_code}
    found: pd.DataFrame = con.execute(_GAPS, values).df()
    return found
