"""Which memberships are in force: of every member and type of area, those of the last import."""

from __future__ import annotations

import duckdb

from data.accepted.in_force import rank_imports

_ABOVE = ("nation", "prefecture", "designated_city")

_KEEP_BUILT = (
    "insert into built_membership by name select * from area_membership",
    "insert into built_zone by name select * from area where area_code in"
    " (select parent_area_code from area_membership where parent_type not in"
    " (select unnest($above)))",
)

_IN_FORCE = """
create or replace temp table membership_pool as
with final as (
    select
        uploaded_membership.* exclude (in_force),
        ranked_import.counts
        and uploaded_membership.area_code in (select area_code from area)
        and rank() over (
            partition by uploaded_membership.area_code, uploaded_membership.parent_type
            order by
                ranked_import.counts desc,
                ranked_import.place desc
        ) = 1 as in_force
    from uploaded_membership
    inner join ranked_import using (import_id)
)
select * from final
"""

_STEPS = (
    "delete from uploaded_membership",
    "insert into uploaded_membership by name select * from membership_pool",
    "delete from area_membership",
    """
    insert into area_membership by name
    select * from built_membership
    anti join (select * from membership_pool where in_force) as newer
        using (area_code, parent_type)
    union
    select area_code, parent_area_code, parent_type, valid_from, valid_to
    from membership_pool
    where in_force
    """,
    "drop table membership_pool",
)

_ZONES = """
create or replace temp table zone_now as
with zone as (
    select
        parent_area_code as area_code,
        any_value(parent_type) as area_type,
        count(distinct area_code[:2]) as prefectures,
        any_value(area_code[:2]) as prefecture_code,
        case when count(valid_to) = count(*) then max(valid_to) end as valid_to
    from area_membership
    where parent_type not in (select unnest($above))
    group by parent_area_code
),
named as (
    select
        parent_area_code as area_code,
        arg_max(parent_name, place) as name
    from uploaded_membership
    inner join ranked_import using (import_id)
    where in_force
    group by parent_area_code
),
member_now as (
    select parent_area_code, area_code from area_membership where valid_to is null
),
member_built as (
    select parent_area_code, area_code from built_membership where valid_to is null
),
moved as (
    select distinct parent_area_code as area_code
    from (
        (from member_now except from member_built)
        union all
        (from member_built except from member_now)
    )
),
final as (
    select
        zone.area_code,
        zone.area_type,
        coalesce(named.name, built_zone.name) as name,
        built_zone.name_kana,
        case when moved.area_code is null then built_zone.lon end as lon,
        case when moved.area_code is null then built_zone.lat end as lat,
        built_zone.valid_from,
        zone.valid_to,
        case
            when zone.prefectures = 1 then zone.prefecture_code
            else regexp_extract(zone.area_code, '-([0-9]{2})', 1)
        end as prefecture_code
    from zone
    left join named using (area_code)
    left join built_zone using (area_code)
    left join moved using (area_code)
)
select * from final
"""

_ZONE_STEPS = (
    "delete from area where area_code in (select area_code from built_zone)"
    " or area_code in (select parent_area_code from uploaded_membership)",
    "insert into area by name select * exclude (prefecture_code) from zone_now",
    "delete from area_membership where parent_type = 'prefecture'"
    " and (area_code in (select area_code from built_zone)"
    " or area_code in (select parent_area_code from uploaded_membership))",
    """
    insert into area_membership by name
    select
        area_code,
        prefecture_code as parent_area_code,
        'prefecture' as parent_type,
        null::date as valid_from,
        valid_to
    from zone_now
    where prefecture_code in (select area_code from area where area_type = 'prefecture')
    """,
    "drop table zone_now",
)


def settle_memberships(con: duckdb.DuckDBPyConnection) -> None:
    """Make area_membership, and the larger areas, what the raw folder and all uploads say.

    For every member and type of area the last import counts that is not undone, with all the
    days that it prints; an area that nobody is a member of any more is no area.
    """
    rank_imports(con)
    above = {"above": list(_ABOVE)}
    if con.execute("select count(*) from built_membership").fetchone() == (0,):
        con.execute(_KEEP_BUILT[0])
        con.execute(_KEEP_BUILT[1], above)
    con.execute(_IN_FORCE)
    for statement in _STEPS:
        con.execute(statement)
    con.execute(_ZONES, above)
    for statement in _ZONE_STEPS:
        con.execute(statement)
