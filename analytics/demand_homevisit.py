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
inside as (
    select
        below.ancestor_code,
        below.descendant_code,
        below.level,
        above.area_type
    from area_descendant as below
    join area as above on above.area_code = below.ancestor_code
    where below.valid_to is null and above.valid_to is null
),
candidate as (
    select
        $area_code as area_code,
        'own' as how,
        1 as rank
    from area
    where area_code = $area_code and area_type = 'planning_area'
    union all
    select
        descendant_code,
        'sum',
        2
    from inside
    where ancestor_code = $area_code and level = 'planning_area'
    union all
    select
        ancestor_code,
        'inside',
        3
    from inside
    where descendant_code = $area_code and area_type = 'planning_area'
    qualify count(*) over () = 1
    union all
    select
        parts.descendant_code,
        'prefecture',
        4
    from inside as own
    join inside as parts on parts.ancestor_code = own.ancestor_code
    where
        own.descendant_code = $area_code
        and own.area_type = 'prefecture'
        and parts.level = 'planning_area'
),
chosen as (
    select distinct
        area_code,
        how
    from candidate
    where rank = (select min(rank) from candidate)
),
holder as (
    select area.name
    from area
    where
        area.area_code = $area_code
        and (select min(how) from chosen) in ('own', 'sum')
    union all
    select area.name
    from area
    join chosen using (area_code)
    where chosen.how = 'inside'
    union all
    select area.name
    from area
    join inside on inside.ancestor_code = area.area_code
    where
        inside.descendant_code = $area_code
        and inside.area_type = 'prefecture'
        and (select min(how) from chosen) = 'prefecture'
),
years as (
    select distinct year
    from counted
),
final as (
    select
        years.year,
        min(chosen.how) as how,
        count(*) as areas,
        (select min(name) from holder) as area_name,
        case when count(*) = count(counted.value) then sum(counted.value) end as value
    from chosen
    cross join years
    left join counted on counted.area_code = chosen.area_code and counted.year = years.year
    group by years.year
    order by years.year
)
select * from final
"""

_WORDS = {
    "own": "構想区域の公表値",
    "sum": "構想区域の合計",
    "inside": "属する構想区域の値",
    "prefecture": "県内の構想区域の合計。属する構想区域は読み込んだファイルでは分からない",
}


def homevisit_series(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return claims for home visits a month by fiscal year, with whose figure it is.

    Columns: year, value (claims a month; null where a part lacks one), how (own, sum of planning
    areas, inside: the planning area the place lies in, prefecture: its prefecture, where the
    planning area is not known), areas, area_name (whose figure it is), basis in words.
    """
    found = con.execute(_SERIES, {"area_code": area_code, "measure": MEASURE}).df()
    frame: pd.DataFrame = found.assign(basis=found["how"].map(_WORDS).astype("object"))
    return frame
