"""Which indicators have values among the areas in view: how many, of when, and from where."""

from __future__ import annotations

import duckdb
import pandas as pd

from analytics.scope import Scope, part_codes
from data.era import UNDATED

_NEWEST = """
with observed as (
    select
        indicator_id,
        area_code,
        period,
        right(period, 4) || period as year_order,
        source_id
    from observation
    where
        area_code in (select unnest($area_codes))
        and status = 'observed'
        and (period = $undated or cast(replace(period, 'FY', '') as integer) <= $year)
),

counted as (
    select
        indicator_id,
        count(distinct area_code) as areas,
        arg_max(period, year_order) filter (where period <> $undated) as newest,
        arg_max(source_id, year_order) as source_id
    from observed
    group by indicator_id
),

final as (
    select
        counted.indicator_id,
        counted.areas,
        coalesce(counted.newest, $undated) as newest,
        source.title as source_title,
        source.vintage
    from counted
    left join source
        on source.source_id = counted.source_id
    order by counted.indicator_id
)

select * from final
"""


def newest_by_indicator(con: duckdb.DuckDBPyConnection, *, scope: Scope, year: int) -> pd.DataFrame:
    """Return areas with a value, newest period up to the year and its source, by indicator."""
    bound = {
        "area_codes": part_codes(con, scope=scope),
        "undated": UNDATED,
        "year": year,
    }
    frame: pd.DataFrame = con.execute(_NEWEST, bound).df()
    return frame
