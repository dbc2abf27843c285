"""Stored polygons."""

from __future__ import annotations

import gzip

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
