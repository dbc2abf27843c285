"""The polygons and topologies of the larger areas, after uploads changed who is a member."""

from __future__ import annotations

import duckdb

from data.tables import insert_frame
from geo.zones import draw_zones, points_of

_SETS = """
create or replace temp view drawn_sets as
select
    ancestor_code,
    descendant_code,
    level,
    name
from area_descendant
inner join area on area.area_code = descendant_code
where area_descendant.valid_to is null
"""

_BEFORE = "create or replace temp table drawn_before as select * from drawn_sets"
_NOW = "create or replace temp table drawn_now as select * from drawn_sets"

# an area whose ground is not what it was: to be drawn anew, or drawn no more
_ZONES = """
create or replace temp table redrawn_zone as
with ground_now as (
    select ancestor_code, descendant_code from drawn_now where level in ('municipality', 'ward')
),
ground_before as (
    select ancestor_code, descendant_code from drawn_before where level in ('municipality', 'ward')
),
moved as (
    (from ground_now except from ground_before)
    union all
    (from ground_before except from ground_now)
),
final as (
    select distinct moved.ancestor_code as area_code
    from moved
    left join area on area.area_code = moved.ancestor_code
    where coalesce(area.area_type, '')
        not in ('nation', 'prefecture', 'designated_city', 'municipality', 'ward')
)
select * from final
"""

_TOPOLOGIES = """
create or replace temp table redrawn_set as
with moved as (
    (from drawn_now except from drawn_before)
    union all
    (from drawn_before except from drawn_now)
    union all
    (from drawn_now where descendant_code in (select area_code from redrawn_zone))
),
final as (
    select distinct
        ancestor_code,
        level
    from moved
)
select * from final
"""

_STALE = (
    "delete from area_boundary where area_code in (select area_code from redrawn_zone)",
    "delete from boundary_topology where exists (from redrawn_set"
    " where redrawn_set.level = boundary_topology.level"
    " and redrawn_set.ancestor_code = boundary_topology.parent_area_code)",
)

# of a city with wards these, as the build draws it
_MEMBERS = """
with divided as (
    select area_membership.parent_area_code as area_code
    from area_membership
    inner join area_boundary using (area_code)
    where area_membership.parent_type = 'designated_city'
)
select ancestor_code, descendant_code
from drawn_now
where
    ancestor_code in (select area_code from redrawn_zone)
    and level in ('municipality', 'ward')
    and descendant_code not in (select area_code from divided)
"""

_WANTED = """
select ancestor_code, descendant_code, level
from drawn_now
semi join redrawn_set using (ancestor_code, level)
"""

_KEPT = """
with needed as (
    select descendant_code as area_code from drawn_now
    semi join redrawn_set using (ancestor_code, level)
    union
    select descendant_code as area_code from drawn_now
    where ancestor_code in (select area_code from redrawn_zone)
)
select area_boundary.*
from area_boundary
semi join needed using (area_code)
"""

_UNPLACED = """
select area_boundary.*
from area_boundary
inner join area using (area_code)
where area.lon is null and area_boundary.detail = 'prefecture'
"""


def remember_sets(con: duckdb.DuckDBPyConnection) -> None:
    """Keep, as a temporary table, which areas are drawn together and what they are called."""
    con.execute(_SETS)
    con.execute(_BEFORE)


def redraw_zones(con: duckdb.DuckDBPyConnection) -> None:
    """Draw the areas whose members changed since remember_sets, and every map they stand on."""
    for statement in (_NOW, _ZONES, _TOPOLOGIES, *_STALE):
        con.execute(statement)
    boundary, topology = draw_zones(
        con.execute(_KEPT).df(),
        con.execute(_MEMBERS).df(),
        con.execute(_WANTED).df(),
        con.execute("select area_code, name as area_name, area_type from area").df(),
    )
    insert_frame(con, "area_boundary", boundary)
    insert_frame(con, "boundary_topology", topology)
    place_zones(con)
    for table in ("drawn_before", "drawn_now", "redrawn_zone", "redrawn_set"):
        con.execute(f"drop table temp.{table}")


def place_zones(con: duckdb.DuckDBPyConnection) -> None:
    """Give every area that is drawn and has no point yet a point inside."""
    unplaced = con.execute(_UNPLACED).df()
    if unplaced.empty:
        return
    con.register("zone_point", points_of(unplaced))
    con.execute(
        "update area set lon = zone_point.lon, lat = zone_point.lat from zone_point"
        " where area.area_code = zone_point.area_code"
    )
    con.unregister("zone_point")
