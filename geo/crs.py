"""Coordinate reference systems, named once and checked at the border."""

from __future__ import annotations

import geopandas as gpd

STORAGE_CRS = "EPSG:6668"


def to_storage(frame: gpd.GeoDataFrame, *, tagged: bool) -> gpd.GeoDataFrame:
    """Return the frame in JGD2011 degrees; a file that names no system is taken to be in it."""
    if frame.crs is None or not tagged:
        return frame.set_crs(STORAGE_CRS, allow_override=True)
    return frame.to_crs(STORAGE_CRS)
