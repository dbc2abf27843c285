"""Distances against published values, by hand, and as properties."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.distance import geodesic_km, nearest, pairs_within

JAPAN = st.tuples(st.floats(123, 153, allow_nan=False), st.floats(24, 45.5, allow_nan=False))
NEARBY = st.tuples(st.floats(139.0, 139.6, allow_nan=False), st.floats(35.4, 35.8, allow_nan=False))


def one_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    values = [np.array([value]) for value in (lon, lat, other_lon, other_lat)]
    return float(geodesic_km(*values)[0])


def test_wellington_to_salamanca_as_geographiclib_prints_it() -> None:
    """npmjs.com/package/geographiclib: the distance is 19959679.267 m (WGS84, not GRS80)."""
    assert one_km(174.81, -41.32, -5.50, 40.96) == pytest.approx(19_959.679_267, abs=2e-6)


def test_the_quadrant_of_the_meridian_is_that_of_grs80() -> None:
    """Moritz, Geodetic Reference System 1980: Q = 10 001 965.7293 m."""
    assert one_km(135.0, 0.0, 135.0, 90.0) == pytest.approx(10_001.965_729_3, abs=1e-7)


def test_a_degree_of_the_equator_follows_from_the_axis() -> None:
    assert one_km(135.0, 0.0, 136.0, 0.0) == pytest.approx(6_378.137 * math.pi / 180, abs=1e-9)


def test_the_nearest_may_lie_in_any_direction() -> None:
    points = np.array([[139.0, 35.0], [141.0, 43.0]])
    targets = np.array([[139.5, 35.0], [139.0, 35.3], [141.0, 42.9]])
    position, km = nearest(points, targets)
    assert position.tolist() == [1, 2]
    assert km[0] == pytest.approx(one_km(139.0, 35.0, 139.0, 35.3))


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude() -> None:
    points, targets = np.array([[140.0, 43.0]]), np.array([[140.0, 43.9], [141.1, 43.0]])
    position, km = nearest(points, targets)
    assert position.tolist() == [1]
    assert km[0] < one_km(140.0, 43.0, 140.0, 43.9)


def test_without_targets_nothing_is_near() -> None:
    position, km = nearest(np.array([[139.0, 35.0]]), np.empty((0, 2)))
    assert position.tolist() == [-1]
    assert np.isnan(km).all()
    assert len(pairs_within(np.array([[139.0, 35.0]]), np.empty((0, 2)), radius_km=10).km) == 0
    assert len(pairs_within(np.empty((0, 2)), np.array([[139.0, 35.0]]), radius_km=10).km) == 0


@given(st.lists(JAPAN, min_size=1, max_size=6), st.lists(JAPAN, min_size=1, max_size=12))
def test_no_target_is_nearer_than_the_nearest(points, targets) -> None:
    placed, others = np.array(points), np.array(targets)
    _, km = nearest(placed, others)
    geod = Geod(ellps="GRS80")
    for place, found in zip(placed, km, strict=True):
        away = [geod.inv(*place, *other)[2] / 1_000 for other in others]
        assert found <= min(away) + 1e-3


@given(
    st.lists(NEARBY, min_size=1, max_size=8),
    st.lists(NEARBY, min_size=1, max_size=8),
    st.sampled_from([5.0, 20.0, 100.0]),
)
def test_pairs_are_all_pairs_within_the_radius(points, targets, radius_km) -> None:
    placed, others = np.array(points), np.array(targets)
    pairs = pairs_within(placed, others, radius_km=radius_km)
    rows = zip(pairs.point, pairs.target, pairs.km, strict=True)
    found = {(int(i), int(j)): km for i, j, km in rows}
    for i, place in enumerate(placed):
        for j, other in enumerate(others):
            km = one_km(*place, *other)
            if abs(km - radius_km) > 1e-5:
                assert ((i, j) in found) == (km < radius_km)
            if (i, j) in found:
                assert found[i, j] == pytest.approx(km, abs=1e-5)


@given(JAPAN, JAPAN)
def test_there_and_back_are_the_same(place, other) -> None:
    assert one_km(*place, *other) == pytest.approx(one_km(*other, *place), abs=1e-9)
