from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from geo.land import land_km2


def test_a_degree_square_at_the_equator_has_its_area_on_the_ellipsoid() -> None:
    # closed form of the zone between two parallels on an ellipsoid (Snyder 1987, eq. 3-12)
    a, f = 6_378_137.0, 1 / 298.257222101
    e = math.sqrt(f * (2 - f))

    def authalic(latitude: float) -> float:
        s = math.sin(math.radians(latitude))
        log = math.log((1 - e * s) / (1 + e * s)) / (2 * e)
        return (1 - e**2) * (s / (1 - (e * s) ** 2) - log)

    zone = a**2 / 2 * math.radians(1) * (authalic(1) - authalic(0)) / 1e6
    # the parallel runs a little poleward of the straight line: densify it
    square = shapely.segmentize(shapely.box(135, 0, 136, 1), 0.001)
    assert land_km2(np.array([square]))[0] == pytest.approx(zone, rel=1e-6)


def test_holes_are_no_land_whatever_way_rings_run() -> None:
    outer, hole = shapely.box(135, 35, 136, 36), shapely.box(135.2, 35.2, 135.4, 35.4)
    ring = shapely.Polygon(outer.exterior.coords, [hole.exterior.coords])
    backwards = shapely.Polygon(outer.exterior.coords[::-1], [hole.exterior.coords])
    areas = land_km2(np.array([outer, hole, ring, backwards]))
    assert areas[2] == pytest.approx(areas[0] - areas[1])
    assert areas[3] == pytest.approx(areas[2])


def test_parts_of_an_area_add_up() -> None:
    one, two = shapely.box(135, 35, 135.1, 35.1), shapely.box(137, 33, 137.1, 33.1)
    both = shapely.multipolygons([one, two])
    areas = land_km2(np.array([one, two, both]))
    assert areas[2] == pytest.approx(areas[0] + areas[1])
