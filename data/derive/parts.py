"""Which areas add up to which: the closure of the memberships, and the parts of every sum."""

from __future__ import annotations

import duckdb

# the six villages of the northern islands: areas with a code, for which nobody is counted
WITHOUT_RESIDENTS = ("01695", "01696", "01697", "01698", "01699", "01700")

_DESCENDANTS = """
insert into area_descendant
with recursive closure as (
    select
        parent_area_code as ancestor_code,
        area_code as descendant_code,
        valid_from,
        valid_to
    from area_membership
    union all
    select
        upper_link.parent_area_code,
        closure.descendant_code,
        greatest(closure.valid_from, upper_link.valid_from),
        least(closure.valid_to, upper_link.valid_to)
    from closure
    inner join area_membership as upper_link
        on closure.ancestor_code = upper_link.area_code
),
dated as (
    select
        closure.ancestor_code,
        closure.descendant_code,
        case area.area_type
            when 'designated_city' then 'municipality'
            else area.area_type
        end as level,
        greatest(closure.valid_from, area.valid_from) as valid_from,
        least(closure.valid_to, area.valid_to) as valid_to
    from closure
    inner join area on closure.descendant_code = area.area_code
),
final as (
    select
        ancestor_code,
        descendant_code,
        level,
        case when count(valid_from) = count(*) then min(valid_from) end as valid_from,
        case when count(valid_to) = count(*) then max(valid_to) end as valid_to
    from dated
    group by all
)
select * from final
order by ancestor_code, level, descendant_code
"""

_PARTS = """
create temp table area_part as
with link as (
    select
        area_membership.area_code,
        area_membership.parent_area_code,
        area_membership.parent_type,
        area.area_type
    from area_membership
    inner join area using (area_code)
    where area_membership.valid_to is null
        and area.valid_to is null
        and area.area_code not in (select unnest($without_residents))
),
municipality as (
    select
        area_code,
        parent_area_code as prefecture_code
    from link
    where parent_type = 'prefecture' and area_type in ('municipality', 'designated_city')
),
leaf as (
    select
        area_code,
        area_code as municipality_code
    from municipality
    union all
    select
        area_code,
        parent_area_code as municipality_code
    from link
    where area_type = 'ward' and parent_type = 'designated_city'
),
ward_count as (
    select
        municipality_code,
        count(*) - 1 as wards
    from leaf
    group by municipality_code
),
zone_member as (
    select
        link.parent_area_code,
        link.parent_type,
        link.area_code,
        leaf.municipality_code,
        link.area_type = 'ward' as is_ward
    from link
    inner join leaf using (area_code)
    where link.parent_type not in ('prefecture', 'designated_city', 'nation', 'insurer')
),
assigned as (
    select
        zone_member.parent_type,
        zone_member.municipality_code
    from zone_member
    inner join ward_count using (municipality_code)
    group by zone_member.parent_type, zone_member.municipality_code, ward_count.wards
    having count(distinct zone_member.area_code) filter (where zone_member.is_ward)
        = ward_count.wards
        or bool_or(not zone_member.is_ward)
),
complete_prefecture as (
    select
        kind.parent_type,
        municipality.prefecture_code
    from municipality
    cross join (select distinct parent_type from zone_member) as kind
    left join assigned
        on assigned.municipality_code = municipality.area_code
        and assigned.parent_type = kind.parent_type
    group by kind.parent_type, municipality.prefecture_code
    having count(*) = count(assigned.municipality_code)
),
complete_zone as (
    select zone_member.parent_area_code
    from zone_member
    inner join municipality on zone_member.municipality_code = municipality.area_code
    left join complete_prefecture
        on complete_prefecture.parent_type = zone_member.parent_type
        and complete_prefecture.prefecture_code = municipality.prefecture_code
    group by zone_member.parent_area_code
    having count(*) = count(complete_prefecture.prefecture_code)
),
final as (
    select
        1 as step,
        parent_area_code as area_code,
        area_code as part_code
    from link
    where parent_type = 'designated_city' and area_type = 'ward'
    union all
    select
        2,
        prefecture_code,
        area_code
    from municipality
    union all
    select
        2,
        parent_area_code,
        area_code
    from zone_member
    inner join complete_zone using (parent_area_code)
    union all
    select
        3,
        parent_area_code,
        area_code
    from link
    where parent_type = 'nation' and area_type = 'prefecture'
)
select distinct * from final
"""

_QUANTITY = """
create temp table quantity (
    area_code varchar,
    subject varchar,
    item varchar,
    period varchar,
    value double,
    basis varchar
)
"""

_SUM_STEP = """
insert into quantity
with expected as (
    select
        area_code,
        count(*) as parts
    from area_part
    where step = $step
    group by area_code
),
summed as (
    select
        area_part.area_code,
        quantity.subject,
        quantity.item,
        quantity.period,
        sum(quantity.value) as value,
        count(quantity.value) as parts
    from area_part
    inner join quantity on area_part.part_code = quantity.area_code
    where area_part.step = $step
    group by all
),
final as (
    select
        summed.area_code,
        summed.subject,
        summed.item,
        summed.period,
        summed.value,
        'sum' as basis
    from summed
    inner join expected using (area_code, parts)
    anti join quantity as own
        on summed.area_code = own.area_code
        and summed.subject = own.subject
        and summed.item = own.item
        and summed.period = own.period
)
select * from final
"""


def derive_descendants(con: duckdb.DuckDBPyConnection) -> None:
    """Fill area_descendant from area_membership."""
    con.execute(_DESCENDANTS)


def prepare_quantities(con: duckdb.DuckDBPyConnection) -> None:
    """Create the temporary tables area_part (who adds up to whom) and quantity (what is added)."""
    list_parts(con)
    con.execute(_QUANTITY)


def list_parts(con: duckdb.DuckDBPyConnection) -> None:
    """Create the temporary table area_part from area and area_membership."""
    con.execute(_PARTS, {"without_residents": list(WITHOUT_RESIDENTS)})


def forget_quantities(con: duckdb.DuckDBPyConnection) -> None:
    """Drop what prepare_quantities made."""
    con.execute("drop table temp.area_part")
    con.execute("drop table temp.quantity")


def sum_upwards(con: duckdb.DuckDBPyConnection) -> None:
    """Add quantities up to larger areas that have no row of their own and whose parts all have."""
    for number in (1, 2, 3):
        con.execute(_SUM_STEP, {"step": number})
