"""How many people there are in a group: broad age groups, five-year bands, men and women."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from data.derive.parts import WITHOUT_RESIDENTS

BROAD = ("total", "age_0_14", "age_15_64", "age_65_plus", "age_75_plus", "age_85_plus")

_BROAD = """
with wanted as (
    select distinct unnest($area_codes) as area_code
),
final as (
    select
        population.area_code,
        area.name as area_name,
        area.area_type,
        population.year,
        population.is_projection,
        population.basis,
        population.total,
        population.age_0_14,
        population.age_15_64,
        population.age_65_plus,
        population.age_75_plus,
        population.age_85_plus
    from population_total as population
    join wanted using (area_code)
    join area using (area_code)
    where population.edition = $edition
    order by population.area_code, population.year
)
select * from final
"""

# An area that the source does not print is the sum of its parts, when every part has a value.
_FINE = """
with recursive printed as (
    select distinct area_code
    from population
    where edition = $edition
),
member as (
    select
        link.parent_area_code,
        link.area_code
    from area_membership as link
    join area using (area_code)
    where
        link.valid_to is null
        and area.valid_to is null
        and area.area_type in ('prefecture', 'municipality', 'designated_city', 'ward')
        and area.area_code not in (select unnest($without_residents))
),
part as (
    select
        wanted.area_code,
        wanted.area_code as part_code,
        printed.area_code is not null as is_printed
    from (select distinct unnest($area_codes) as area_code) as wanted
    left join printed using (area_code)
    union all
    select
        part.area_code,
        member.area_code,
        printed.area_code is not null
    from part
    join member on member.parent_area_code = part.part_code
    left join printed on printed.area_code = member.area_code
    where not part.is_printed
),
leaf as (
    select
        area_code,
        part_code
    from part
    where is_printed or part_code not in (select parent_area_code from member)
),
expected as (
    select
        area_code,
        count(*) as parts
    from leaf
    group by area_code
),
own as (
    select
        population.area_code as part_code,
        population.year,
        population.sex,
        population.age_from,
        population.age_to,
        population.persons,
        population.age_from = 0 and population.age_to is null as is_whole
    from population
    semi join leaf on leaf.part_code = population.area_code
    where population.edition = $edition
),
sexes as (
    select
        part_code,
        year,
        sex as item,
        coalesce(
            max(persons) filter (where is_whole),
            case
                when
                    sum(age_to - age_from + 1) filter (where age_to is not null)
                    = max(age_from) filter (where age_to is null)
                    then sum(persons) filter (where not is_whole)
            end
        ) as persons
    from own
    where sex in ('male', 'female')
    group by part_code, year, sex
),
bands as (
    select
        part_code,
        year,
        'band_' || lpad(age_from::varchar, 2, '0')
        || '_' || coalesce(lpad(age_to::varchar, 2, '0'), 'plus') as item,
        case
            when count(*) filter (where sex = 'total') > 0
                then sum(persons) filter (where sex = 'total')
            when count(*) filter (where sex in ('male', 'female')) = 2
                then sum(persons) filter (where sex in ('male', 'female'))
        end as persons
    from own
    where not is_whole
    group by part_code, year, age_from, age_to
),
counted as (
    select * from sexes
    union all
    select * from bands
),
final as (
    select
        leaf.area_code,
        counted.year,
        counted.item,
        sum(counted.persons) as persons
    from leaf
    join counted using (part_code)
    join expected using (area_code)
    where counted.item in (select unnest($groups))
    group by leaf.area_code, counted.year, counted.item, expected.parts
    having count(counted.persons) = expected.parts
)
select * from final
"""


def group_persons(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    edition: str,
    groups: Sequence[str],
) -> pd.DataFrame:
    """Return persons in each group by area and year of one edition, a column per group.

    Besides area_code, area_name, area_type, year, is_projection and basis. A group that the
    source does not tell is null; a larger area has one only when every part of it has.
    """
    bound = {"area_codes": list(area_codes), "edition": edition}
    frame: pd.DataFrame = con.execute(_BROAD, bound).df()
    fine = [group for group in groups if group not in BROAD]
    if fine:
        values = {**bound, "groups": fine, "without_residents": list(WITHOUT_RESIDENTS)}
        long = con.execute(_FINE, values).df()
        wide = long.pivot(index=["area_code", "year"], columns="item", values="persons")
        frame = frame.merge(wide.reindex(columns=fine).reset_index(), "left", ["area_code", "year"])
    unwanted = [group for group in BROAD if group not in groups]
    return frame.drop(columns=unwanted)
