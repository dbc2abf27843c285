"""The main extent: what is near or large stays, far islets do not shrink the rest."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Geometry, box

from geo.extent import main_extent

MAINLAND = box(0, 0, 2, 1)


def outside(*others: Geometry) -> list[bool]:
    return list(main_extent(np.array([MAINLAND, *others], dtype=object)).outside)


def test_a_near_island_stays_and_a_far_one_does_not() -> None:
    near, far = box(2.3, 0.4, 2.4, 0.5), box(9, 0.4, 9.1, 0.5)
    found = main_extent(np.array([MAINLAND, near, far], dtype=object))
    assert list(found.outside) == [False, False, True]
    assert (found.west, found.south, found.east, found.north) == pytest.approx((0, 0, 2.4, 1))


def test_a_chain_of_islands_is_followed_while_it_stays_cheap() -> None:
    short = [box(2.5, 0.4, 2.6, 0.5), box(3.1, 0.4, 3.2, 0.5)]
    assert outside(*short) == [False, False, False]
    long = [box(2.5 + 0.8 * step, 0.4, 2.55 + 0.8 * step, 0.5) for step in range(5)]
    assert outside(*long)[-1]


def test_a_large_island_stays_however_far() -> None:
    assert outside(box(9, 0, 9.8, 0.8)) == [False, False]
    assert outside(box(9, 0, 9.3, 0.3)) == [False, True]


def test_an_area_with_one_part_in_the_box_is_not_outside() -> None:
    village = box(1, 0.2, 1.2, 0.4).union(box(30, 0, 30.1, 0.1))
    assert outside(village) == [False, False]


def test_one_polygon_is_its_own_extent() -> None:
    found = main_extent(np.array([MAINLAND], dtype=object))
    assert (found.west, found.south, found.east, found.north) == pytest.approx(MAINLAND.bounds)
