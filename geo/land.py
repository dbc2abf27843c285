"""Areas of polygons on the ellipsoid."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Geod

_ELLIPSOID = Geod(ellps="GRS80")


def land_km2(geometries: np.ndarray) -> np.ndarray:
    """Return the area of each polygon in square kilometres; longitude and latitude in degrees.

    Areas are geodesic, on GRS80, the ellipsoid of JGD2011.
    """
    turned = shapely.orient_polygons(geometries)
    return np.array([abs(_ELLIPSOID.geometry_area_perimeter(g)[0]) / 1e6 for g in turned])
