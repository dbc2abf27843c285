from __future__ import annotations

import h3
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.cells import (
    RESOLUTIONS,
    cell_km2,
    cell_rings,
    cell_width_km,
    cells_of,
    resolution_for,
)


@given(st.floats(123, 153), st.floats(24, 45), st.sampled_from(RESOLUTIONS))
def test_a_point_lies_inside_the_ring_of_its_cell(lon: float, lat: float, resolution: int) -> None:
    cells = cells_of(pd.Series([lon]), pd.Series([lat]), resolution=resolution)
    cell = shapely.Polygon(cell_rings(cells)[0])
    assert cell.distance(shapely.Point(lon, lat)) < 1e-4


def test_short_names_are_h3_without_the_unused_digits() -> None:
    cells = cells_of(pd.Series([139.7671, 139.7672]), pd.Series([35.6812, 35.6812]), resolution=5)
    full = h3.latlng_to_cell(35.6812, 139.7671, 5)
    assert cells.tolist() == [full.rstrip("f")] * 2
    assert len(cells[0]) < len(full)


def test_rings_are_closed_and_run_clockwise() -> None:
    ring = cell_rings(cells_of(pd.Series([135.0]), pd.Series([35.0]), resolution=6))[0]
    assert ring[0] == ring[-1]
    assert not shapely.LinearRing(ring).is_ccw


@pytest.mark.parametrize(
    ("box", "resolution"),
    [((123, 24, 154, 46), 5), ((139, 35, 140.5, 36), 6), ((139.0, 35.0, 139.4, 35.3), 7)],
)
def test_the_wider_the_map_the_larger_the_cells(box, resolution) -> None:
    assert resolution_for(box) == resolution


def test_sizes_are_those_that_h3_publishes() -> None:
    # https://h3geo.org/docs/core-library/restable: average area 252.903858, 36.129062, 5.161293
    assert cell_km2(5) == pytest.approx(252.903858, rel=1e-6)
    assert cell_km2(6) == pytest.approx(36.129062, rel=1e-6)
    assert cell_width_km(6) == pytest.approx(6.45, abs=0.01)
