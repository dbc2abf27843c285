"""Larger areas drawn anew from the polygons that a build kept, when their members change."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from geo.crs import STORAGE_CRS
from geo.layers import FINE, GROUND, all_shapes, boundary_rows, topologies_of, topology_rows
from geo.points import inside_points


def draw_zones(
    kept: pd.DataFrame, descendants: pd.DataFrame, names: pd.DataFrame, zones: set[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of area_boundary and of boundary_topology that change.

    kept are the rows of area_boundary of all other areas; descendants and names as for
    build_layers. No polygon is simplified a second time.
    """
    types = names.set_index("area_code")["area_type"]
    inside = descendants[descendants["ancestor_code"].isin(list(zones))]
    kinds = set(types.reindex(list(zones)).dropna())
    touched = descendants["level"].isin(list(kinds)) | descendants["ancestor_code"].isin(
        list(zones)
    )
    drawn: dict[str, gpd.GeoDataFrame] = {}
    shapes: dict[str, gpd.GeoDataFrame] = {}
    for detail, rows in kept.groupby("detail"):
        polygons = _polygons(rows)
        ground = polygons[polygons["area_code"].map(types).isin(GROUND)]
        own = all_shapes(ground, inside[["descendant_code", "ancestor_code"]])
        drawn[str(detail)] = own[own["area_code"].isin(list(zones))]
        both = pd.concat([polygons, drawn[str(detail)]], ignore_index=True)
        shapes[str(detail)] = gpd.GeoDataFrame(both, crs=STORAGE_CRS)
    if FINE not in drawn or drawn[FINE].empty:
        return boundary_rows({}), topology_rows([])
    topologies = topologies_of(shapes, descendants[touched], names)
    return boundary_rows(drawn), topology_rows(topologies)


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
