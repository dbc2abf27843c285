"""Polygons: reading, dissolving by a key, and simplifying with shared borders kept."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely

from geo.crs import to_storage

_POLYGONAL = ("Polygon", "MultiPolygon")


def read(path: Path | str, *, tagged: bool, encoding: str | None = None) -> gpd.GeoDataFrame:
    """Read a file of polygons in JGD2011; the column is_mended tells whose rings were invalid.

    Null geometries stay null, and rings that enclose nothing become null.
    """
    frame = to_storage(pyogrio.read_dataframe(path, encoding=encoding), tagged=tagged)
    before = frame.geometry.to_numpy()
    broken = ~shapely.is_valid(before) & ~shapely.is_missing(before)
    frame.geometry = _polygons(before, broken)
    return frame.assign(is_mended=broken & frame.geometry.notna().to_numpy())


def _polygons(geometries: np.ndarray, broken: np.ndarray) -> np.ndarray:
    if broken.any():
        geometries = geometries.copy()
        geometries[broken] = [_polygonal_part(g) for g in shapely.make_valid(geometries[broken])]
    return geometries


def _polygonal_part(geometry: shapely.Geometry) -> shapely.Geometry | None:
    if geometry.geom_type in _POLYGONAL:
        return geometry
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type in _POLYGONAL]
    return shapely.union_all(parts) if parts else None


def dissolve(frame: gpd.GeoDataFrame, *, by: str) -> gpd.GeoDataFrame:
    """Return one polygon per key, in the order of the keys; null keys and geometries fall out."""
    usable = frame[frame[by].notna() & frame.geometry.notna()]
    groups = usable.groupby(by, sort=True).indices
    geometries = usable.geometry.to_numpy()
    shapes = [
        geometries[rows[0]] if len(rows) == 1 else union(geometries[rows])
        for rows in groups.values()
    ]
    return gpd.GeoDataFrame({by: list(groups)}, geometry=shapes, crs=frame.crs)


def union(geometries: np.ndarray) -> shapely.Geometry:
    """Union a coverage quickly; overlapping polygons take the slower way."""
    try:
        merged = shapely.coverage_union_all(geometries)
    except shapely.errors.GEOSException:
        return shapely.union_all(geometries)
    return merged if merged.is_valid else shapely.union_all(geometries)


def clean_coverage(frame: gpd.GeoDataFrame, *, gap_width: float) -> gpd.GeoDataFrame:
    """Make neighbours meet along one border where files were simplified apart.

    Gaps narrower than gap_width (degrees) go to the neighbour with the longest border.
    """
    before = frame.geometry.to_numpy()
    if shapely.coverage_is_valid(before, gap_width=gap_width):
        return frame
    after = shapely.coverage_clean(before, gap_width=gap_width)
    lost = shapely.is_empty(after)
    after[lost] = before[lost]
    return frame.set_geometry(gpd.GeoSeries(after, index=frame.index, crs=frame.crs))


def simplify_coverage(frame: gpd.GeoDataFrame, *, tolerance: float) -> gpd.GeoDataFrame:
    """Simplify all polygons together so that neighbours keep one border; none vanishes."""
    before = frame.geometry.to_numpy()
    after = shapely.coverage_simplify(before, tolerance)
    unfit = shapely.is_empty(after) | ~shapely.is_valid(after)
    after[unfit] = before[unfit]
    return frame.set_geometry(gpd.GeoSeries(after, index=frame.index, crs=frame.crs))


def drop_small_parts(frame: gpd.GeoDataFrame, *, smallest: float) -> gpd.GeoDataFrame:
    """Leave out islets below an area in square degrees, but never the largest part."""
    shapes = [_without_small_parts(shape, smallest) for shape in frame.geometry]
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))


def _without_small_parts(shape: shapely.Geometry, smallest: float) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    if len(parts) == 1:
        return shape
    areas = shapely.area(parts)
    kept = parts[(areas >= smallest) | (areas == areas.max())]
    return kept[0] if len(kept) == 1 else shapely.multipolygons(kept)
