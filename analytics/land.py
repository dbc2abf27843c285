"""The land of areas: their stored polygons, what these measure, and where to write the name."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd
import shapely

from geo.land import land_km2

Box = tuple[float, float, float, float]

_POLYGONS = """
with wanted as (
    select unnest($area_codes::varchar[]) as area_code
),

final as (
    select
        wanted.area_code,
        area_boundary.geometry_wkb
    from wanted
    inner join area_boundary
        on area_boundary.area_code = wanted.area_code
    where area_boundary.detail = 'prefecture'
    order by wanted.area_code
)

select * from final
"""

_PLACES = """
with final as (
    select
        area_code,
        name,
        lon,
        lat
    from area
    where area_code in (select unnest($area_codes::varchar[]))
    order by area_code
)

select * from final
"""


def area_places(con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]) -> pd.DataFrame:
    """Return area_code, name, and lon and lat of a point inside each area, in degrees."""
    frame: pd.DataFrame = con.execute(_PLACES, {"area_codes": list(area_codes)}).df()
    return frame


def area_shapes(
    con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]
) -> tuple[list[str], np.ndarray]:
    """Return the codes of the areas that have a polygon, and the polygons in the fine detail."""
    rows = con.execute(_POLYGONS, {"area_codes": list(area_codes)}).fetchall()
    packed = np.array([bytes(blob) for _, blob in rows], dtype=object)
    return [str(code) for code, _ in rows], shapely.from_wkb(packed)


def main_parts_box(con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]) -> Box | None:
    """Return the box (west, south, east, north) around the largest part of every area.

    Islets far from the rest of their area, such as 南鳥島, would shrink all else to a speck.
    """
    _, shapes = area_shapes(con, area_codes=area_codes)
    if not len(shapes):
        return None
    parts, owner = shapely.get_parts(shapes, return_index=True)
    by_size = np.lexsort((-shapely.area(parts), owner))
    first = np.unique(owner[by_size], return_index=True)[1]
    west, south, east, north = shapely.total_bounds(parts[by_size[first]])
    return float(west), float(south), float(east), float(north)


def land_areas(con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]) -> pd.DataFrame:
    """Return area_code and km2 of the areas that have a polygon, inland water included."""
    codes, shapes = area_shapes(con, area_codes=area_codes)
    return pd.DataFrame({"area_code": pd.Series(codes, dtype="str"), "km2": land_km2(shapes)})
