"""Broad age groups from the bands that the sources print."""

from __future__ import annotations

import duckdb

_GROUPS = """
insert into quantity
with banded as (
    select
        area_code,
        edition,
        year,
        age_from,
        age_to,
        case
            when count(*) filter (where sex = 'total') > 0
                then sum(persons) filter (where sex = 'total')
            when count(*) filter (where sex in ('male', 'female')) = 2
                then sum(persons) filter (where sex in ('male', 'female'))
        end as persons
    from population
    group by all
),
measured as (
    select
        *,
        case when age_to is null then 0 else age_to - age_from + 1 end as ages,
        case when age_to is null then age_from end as ends
    from banded
    where persons is not null
),
-- a group is a sum only where its bands follow one another without a gap
grouped as (
    select
        area_code,
        edition,
        year,
        max(persons) filter (where age_from = 0 and age_to is null) as total,
        case when sum(ages) filter (where age_to <= 14) = 15
            then sum(persons) filter (where age_to <= 14) end as age_0_14,
        case when sum(ages) filter (where age_from >= 15 and age_to <= 64) = 50
            then sum(persons) filter (where age_from >= 15 and age_to <= 64) end as age_15_64,
        case when bool_or(age_from = 65)
            and sum(ages) filter (where age_from >= 65) = max(ends) - 65
            then sum(persons) filter (where age_from >= 65) end as age_65_plus,
        case when bool_or(age_from = 75)
            and sum(ages) filter (where age_from >= 75) = max(ends) - 75
            then sum(persons) filter (where age_from >= 75) end as age_75_plus,
        case when bool_or(age_from = 85)
            and sum(ages) filter (where age_from >= 85) = max(ends) - 85
            then sum(persons) filter (where age_from >= 85) end as age_85_plus
    from measured
    group by all
),
long as (
    unpivot grouped
    on total, age_0_14, age_15_64, age_65_plus, age_75_plus, age_85_plus
    into name item value value
),
final as (
    select
        area_code,
        'population:' || edition as subject,
        item,
        year::varchar as period,
        value,
        'source' as basis
    from long
)
select * from final
"""

_TOTALS = """
insert into population_total
with wide as (
    select
        area_code,
        split_part(subject, ':', 2) as edition,
        period::smallint as year,
        max(value) filter (where item = 'total') as total,
        max(value) filter (where item = 'age_0_14') as age_0_14,
        max(value) filter (where item = 'age_15_64') as age_15_64,
        max(value) filter (where item = 'age_65_plus') as age_65_plus,
        max(value) filter (where item = 'age_75_plus') as age_75_plus,
        max(value) filter (where item = 'age_85_plus') as age_85_plus,
        case when bool_or(basis = 'source') then 'source' else 'sum' end as basis
    from quantity
    where subject like 'population:%'
    group by all
),
projected as (
    select
        edition,
        year,
        bool_or(is_projection) as is_projection
    from population
    group by all
),
final as (
    select
        wide.* exclude (basis),
        projected.is_projection,
        wide.basis
    from wide
    inner join projected using (edition, year)
)
select * from final
order by edition, area_code, year
"""


def add_population_groups(con: duckdb.DuckDBPyConnection) -> None:
    """Put the age groups of every area in the sources into quantity."""
    con.execute(_GROUPS)


def write_population_totals(con: duckdb.DuckDBPyConnection) -> None:
    """Fill population_total from quantity, after it has been summed upwards."""
    con.execute(_TOTALS)
