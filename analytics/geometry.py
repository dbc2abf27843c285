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

_NAMES = """
with final as (
    select name
    from area
    where area_code in (select unnest($area_codes))
    order by area_code
)
select * from final
"""


@dataclass(frozen=True)
class MapFrame:
    """The box (west, south, east, north) that a map shows, and who lies wholly outside it."""

    extent: tuple[float, float, float, float]
    outside: tuple[str, ...]


def map_frame(con: duckdb.DuckDBPyConnection, *, level: str, parent: str) -> MapFrame | None:
    """Return the main extent of the areas of a level inside an area, and the names left out."""
    row = con.execute(_FRAME, {"level": level, "parent": parent}).fetchone()
    if row is None:
        return None
    west, south, east, north, codes = row
    names = con.execute(_NAMES, {"area_codes": list(codes)}).fetchall()
    return MapFrame((west, south, east, north), tuple(name for (name,) in names))


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
