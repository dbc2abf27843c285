"""Larger areas drawn anew from the polygons that a build kept, when their members change."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from geo.boundaries import dissolve, drop_small_parts
from geo.crs import STORAGE_CRS
from geo.layers import (
    FINE,
    NATIONAL,
    SMALLEST_ISLET,
    boundary_rows,
    topologies_of,
    topology_rows,
)
from geo.points import inside_points


def draw_zones(
    kept: pd.DataFrame, members: pd.DataFrame, wanted: pd.DataFrame, names: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return rows of area_boundary for areas with members, and of boundary_topology for `wanted`.

    kept are the rows of area_boundary that these need; members has ancestor_code and
    descendant_code; wanted and names are as descendants and names of build_layers. No polygon is
    simplified a second time.
    """
    drawn: dict[str, gpd.GeoDataFrame] = {}
    shapes: dict[str, gpd.GeoDataFrame] = {}
    for detail, rows in kept.groupby("detail"):
        polygons = _polygons(rows)
        own = _unions(polygons, members)
        if detail == NATIONAL:
            own = drop_small_parts(own, smallest=SMALLEST_ISLET)
        drawn[str(detail)] = own
        both = pd.concat([polygons, own], ignore_index=True)
        shapes[str(detail)] = gpd.GeoDataFrame(both, crs=STORAGE_CRS)
    if FINE not in shapes:
        return boundary_rows({}), topology_rows([])
    return boundary_rows(drawn), topology_rows(topologies_of(shapes, wanted, names))


def _unions(polygons: gpd.GeoDataFrame, members: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return each area as the union of its members, so that borders agree."""
    joined = members.merge(polygons, left_on="descendant_code", right_on="area_code")
    own = gpd.GeoDataFrame(joined[["ancestor_code", "geometry"]], crs=STORAGE_CRS)
    return dissolve(own, by="ancestor_code").rename(columns={"ancestor_code": "area_code"})


def points_of(kept: pd.DataFrame) -> pd.DataFrame:
    """Return area_code, lon and lat of a point inside each polygon of rows of area_boundary."""
    polygons = _polygons(kept)
    return inside_points(polygons).assign(area_code=polygons["area_code"])


def _polygons(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": rows["area_code"].to_numpy()},
        geometry=shapely.from_wkb(list(map(bytes, rows["geometry_wkb"]))),
        crs=STORAGE_CRS,
    )
