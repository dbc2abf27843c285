"""Stored polygons."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

import duckdb

_TOPOLOGY = """
with final as (
    select
        topojson_gzip,
        etag
    from boundary_topology
    where level = $level and parent_area_code = $parent
)
select * from final
"""

_FRAME = """
with final as (
    select
        west,
        south,
        east,
        north,
        outside_codes
    from boundary_topology
    where level = $level and parent_area_code = $parent
)
select * from final
"""

_POINTS = """
with final as (
    select
        area_code,
        name,
        lon,
        lat
    from area
    where area_code in (select unnest($area_codes))
    order by area_code
)
select * from final
"""
# An area that is known by a point inside it needs room around that, in degrees
_ROOM = 0.2

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class MapFrame:
    """The box (west, south, east, north) that a map shows, and who lies wholly outside it."""

    extent: Box
    outside: tuple[str, ...]


def map_frame(
    con: duckdb.DuckDBPyConnection, *, level: str, parent: str, own_code: str | None = None
) -> MapFrame | None:
    """Return the main extent of the areas of a level inside an area, and the names left out.

    The box reaches out to the own area where that lies outside.
    """
    row = con.execute(_FRAME, {"level": level, "parent": parent}).fetchone()
    if row is None:
        return None
    west, south, east, north, codes = row
    box: Box = (west, south, east, north)
    far = con.execute(_POINTS, {"area_codes": list(codes)}).fetchall()
    for code, _, lon, lat in far:
        if code == own_code and lon is not None:
            box = _reaching(box, lon, lat)
    outside = [name for _, name, lon, lat in far if lon is None or not _is_in(box, lon, lat)]
    return MapFrame(box, tuple(outside))


def _reaching(box: Box, lon: float, lat: float) -> Box:
    west, south, east, north = box
    return (
        min(west, lon - _ROOM),
        min(south, lat - _ROOM),
        max(east, lon + _ROOM),
        max(north, lat + _ROOM),
    )


def _is_in(box: Box, lon: float, lat: float) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def topology(
    con: duckdb.DuckDBPyConnection, *, level: str, parent: str
) -> tuple[bytes, str] | None:
    """Return the gzip-compressed TopoJSON of a level inside an area, and its ETag."""
    row = con.execute(_TOPOLOGY, {"level": level, "parent": parent}).fetchone()
    return None if row is None else (bytes(row[0]), str(row[1]))


def topology_text(con: duckdb.DuckDBPyConnection, *, level: str, parent: str) -> str | None:
    """Return the TopoJSON of a level inside an area as text."""
    found = topology(con, level=level, parent=parent)
    return None if found is None else gzip.decompress(found[0]).decode("utf-8")


def is_drawable(con: duckdb.DuckDBPyConnection, *, level: str, parent: str) -> bool:
    """Tell whether polygons are stored for a level inside an area."""
    return topology(con, level=level, parent=parent) is not None
