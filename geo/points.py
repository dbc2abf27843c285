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


def box_in_country(boxes: pd.DataFrame) -> pd.Series:
    """Tell which boxes (minx, miny, maxx, maxy) lie wholly in the range of the country."""
    return in_country(boxes["minx"], boxes["miny"]) & in_country(boxes["maxx"], boxes["maxy"])


def distance_to_area(points: pd.DataFrame, areas: gpd.GeoDataFrame) -> pd.Series:
    """Return how far each point lies outside the polygon of its own area.

    points has area_code, lon and lat; areas has area_code and geometry. The result is in degrees:
    0 inside, NaN where the point has no coordinates or its area has no polygon.
    """
    shapes = areas.set_index("area_code").geometry
    shapes = shapes[~shapes.index.duplicated()]
    own = points["area_code"].map(shapes)
    known = own.notna() & points["lon"].notna() & points["lat"].notna()
    away = pd.Series(np.nan, index=points.index)
    placed = shapely.points(points.loc[known, "lon"], points.loc[known, "lat"])
    away[known] = shapely.distance(placed, own[known].to_numpy())
    return away
