"""The polygons and topologies of the larger areas, after uploads changed who is a member."""

from __future__ import annotations

import duckdb

from data.tables import insert_frame
from geo.zones import draw_zones, points_of

_ZONES = """
select area_code from area
where area_type in (select distinct parent_type from uploaded_membership) and valid_to is null
"""

_UNPLACED = """
select area_boundary.*
from area_boundary
inner join area using (area_code)
where area.lon is null and area_boundary.detail = 'prefecture'
"""

_STALE = (
    "delete from boundary_topology where level in"
    " (select parent_type from uploaded_membership) or parent_area_code in"
    " (select area_code from built_zone where area_type in"
    " (select parent_type from uploaded_membership)"
    " union select parent_area_code from uploaded_membership)",
    "delete from area_boundary where area_code in"
    " (select area_code from built_zone where area_type in"
    " (select parent_type from uploaded_membership)"
    " union select parent_area_code from uploaded_membership)",
)


def redraw_zones(con: duckdb.DuckDBPyConnection) -> None:
    """Draw all areas of the types that uploads brought, and nothing else, from what is kept."""
    for statement in _STALE:
        con.execute(statement)
    zones = {code for (code,) in con.execute(_ZONES).fetchall()}
    kept = con.execute("select * from area_boundary").df()
    descendants = con.execute(
        "select ancestor_code, descendant_code, level from area_descendant where valid_to is null"
    ).df()
    names = con.execute("select area_code, name as area_name, area_type from area").df()
    boundary, topology = draw_zones(kept, descendants, names, zones)
    insert_frame(con, "area_boundary", boundary)
    insert_frame(con, "boundary_topology", topology)
    place_zones(con)


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
