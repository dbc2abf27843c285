"""Points: one inside each polygon, and the range in which the country lies."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

WEST, SOUTH, EAST, NORTH = 122.0, 20.0, 154.5, 46.0


def inside_points(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return lon and lat of a point inside the largest part of each polygon."""
    largest = [_largest_part(shape) for shape in frame.geometry]
    points = shapely.point_on_surface(np.asarray(largest, dtype=object))
    return pd.DataFrame(
        {"lon": shapely.get_x(points), "lat": shapely.get_y(points)}, index=frame.index
    )


def _largest_part(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    return parts[int(np.argmax(shapely.area(parts)))]


def in_country(lon: pd.Series, lat: pd.Series) -> pd.Series:
    """Tell which coordinates lie in the range of the country; 0/0 and missing ones do not."""
    return lon.between(WEST, EAST) & lat.between(SOUTH, NORTH)
