"""The official forecast of home visits by physicians, by planning area and what they make up."""

from __future__ import annotations

import duckdb
import pandas as pd

MEASURE = "homevisit_claims_month"

_SERIES = """
with counted as (
    select
        measure.area_code,
        substr(measure.period, 3)::integer as year,
        measure.value
    from measure
    join area using (area_code)
    where
        measure.measure_id = $measure
        and measure.status = 'observed'
        and area.area_type = 'planning_area'
),
link as (
    select
        member.area_code,
        member.parent_area_code
    from area_membership as member
    join area using (area_code)
    where member.valid_to is null and area.valid_to is null
),
own as (
    select
        $area_code as area_code,
        'own' as how,
        1 as rank
    union all
    select
        area_code,
        'sum',
        2
    from link
    where parent_area_code = $area_code and area_code like 'kk-%'
    union all
    select
        below.area_code,
        'sum',
        2
    from link as below
    join link as above on above.area_code = below.parent_area_code
    where above.parent_area_code = $area_code and below.area_code like 'kk-%'
    union all
    select
        parent_area_code,
        'inside',
        3
    from link
    where area_code = $area_code and parent_area_code like 'kk-%'
    union all
    select
        above.parent_area_code,
        'inside',
        4
    from link as below
    join link as above on above.area_code = below.parent_area_code
    where below.area_code = $area_code and above.parent_area_code like 'kk-%'
),
holder as (
    select distinct
        own.area_code,
        own.how,
        own.rank
    from own
    where own.how = 'sum' or exists (
        select 1
        from counted
        where counted.area_code = own.area_code
    )
),
chosen as (
    select
        area_code,
        how
    from holder
    where rank = (select min(rank) from holder)
),
years as (
    select distinct year
    from counted
),
final as (
    select
        years.year,
        any_value(chosen.how) as how,
        count(*) as areas,
        case when any_value(chosen.how) = 'inside' then min(area.name) end as inside_name,
        case when count(*) = count(counted.value) then sum(counted.value) end as value
    from chosen
    cross join years
    join area using (area_code)
    left join counted on counted.area_code = chosen.area_code and counted.year = years.year
    group by years.year
)
select * from final
order by year
"""

_NAME = """
select name
from area
where area_code = $area_code
"""

_WORDS = {
    "own": "構想区域の公表値",
    "sum": "構想区域の合計",
    "inside": "属する構想区域の値",
}


def homevisit_series(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return claims for home visits a month by fiscal year, with whose figure it is.

    Columns: year, value (claims a month; null where a part lacks one), how (own, sum of the
    planning areas, inside: the planning area the place lies in), areas, area_name, basis in words.
    A place that lies in several planning areas, or in none that is known, has no rows.
    """
    found = con.execute(_SERIES, {"area_code": area_code, "measure": MEASURE}).df()
    if found.empty or ((found["how"] == "inside") & (found["areas"] > 1)).any():
        return found.iloc[:0].assign(area_name="", basis="")
    name = con.execute(_NAME, {"area_code": area_code}).fetchone()
    own_name = str(name[0]) if name else area_code
    frame: pd.DataFrame = found.assign(
        area_name=found["inside_name"].fillna(own_name), basis=found["how"].map(_WORDS)
    )
    return frame.drop(columns="inside_name")
