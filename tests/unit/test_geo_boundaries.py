"""Polygons keep one border between neighbours through cleaning, dissolving and simplifying."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from shapely import Polygon, box

from geo.boundaries import clean_coverage, dissolve, drop_small_parts, simplify_coverage
from geo.crs import STORAGE_CRS, to_storage


def frame(**shapes: shapely.Geometry | None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": list(shapes)}, geometry=list(shapes.values()), crs=STORAGE_CRS
    )


def wavy_pair() -> gpd.GeoDataFrame:
    """Two areas whose shared border wiggles by 0.001 degrees."""
    border = [(1 + 0.001 * (n % 2), n / 50) for n in range(51)]
    west = Polygon([(0, 0), *border, (0, 1)])
    east = Polygon([(2, 0), (2, 1), *reversed(border)])
    return frame(a=west, b=east)


def test_dissolve_joins_parts_and_leaves_out_what_has_no_key_or_shape() -> None:
    parts = frame(x=box(0, 0, 1, 1), y=box(1, 0, 2, 1), z=None)
    parts["owner"] = ["p", "p", "q"]
    done = dissolve(parts, by="owner")
    assert done["owner"].tolist() == ["p"]
    assert done.geometry.iloc[0].equals(box(0, 0, 2, 1))


def test_dissolve_survives_overlapping_parts() -> None:
    parts = frame(x=box(0, 0, 1, 1), y=box(0.5, 0.2, 2, 0.8))
    parts["owner"] = "p"
    assert dissolve(parts, by="owner").geometry.iloc[0].area == pytest.approx(1.6)


def test_simplified_neighbours_share_their_border() -> None:
    before = wavy_pair()
    after = simplify_coverage(before, tolerance=0.1)
    shapes = after.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.get_num_coordinates(shapes).sum() < 15
    assert shapely.get_num_coordinates(before.geometry.to_numpy()).sum() > 100
    assert shapes[0].intersection(shapes[1]).length >= 1


def test_nothing_vanishes_however_coarse() -> None:
    islet = box(5, 5, 5.001, 5.001)
    after = simplify_coverage(frame(a=box(0, 0, 1, 1), b=islet), tolerance=10)
    assert not after.geometry.is_empty.any()
    assert bool(after.geometry.is_valid.all())


def test_borders_simplified_apart_are_made_to_meet() -> None:
    gap = frame(a=box(0, 0, 1, 1), b=Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (1.002, 0.5)]))
    overlap = frame(a=box(0, 0, 1, 1), b=Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (0.998, 0.5)]))
    for apart in (gap, overlap):
        clean = clean_coverage(apart, gap_width=0.005).geometry.to_numpy()
        assert shapely.coverage_is_valid(clean, gap_width=0.005)
        assert shapely.area(clean).sum() == pytest.approx(2)


def test_a_strait_is_no_gap() -> None:
    apart = frame(a=box(0, 0, 1, 1), b=box(1.002, 0, 2, 1))
    clean = clean_coverage(apart, gap_width=0.005)
    assert clean.geometry.iloc[0].area == pytest.approx(1)


def test_islets_go_but_never_the_largest_part() -> None:
    islands = shapely.multipolygons([box(0, 0, 0.1, 0.1), box(1, 0, 1.01, 0.01)])
    only_islets = shapely.multipolygons([box(2, 0, 2.02, 0.02), box(3, 0, 3.01, 0.01)])
    after = drop_small_parts(frame(a=islands, b=only_islets), smallest=0.001)
    assert after.geometry.iloc[0].equals(box(0, 0, 0.1, 0.1))
    assert after.geometry.iloc[1].equals(box(2, 0, 2.02, 0.02))


def test_untagged_coordinates_are_taken_as_jgd2011() -> None:
    guessed = gpd.GeoDataFrame(geometry=[shapely.Point(135, 35)], crs="EPSG:4326")
    assert to_storage(guessed, tagged=False).crs.to_epsg() == 6668
    metric = gpd.GeoDataFrame(geometry=[shapely.Point(0, 0)], crs="EPSG:6677")
    moved = to_storage(metric, tagged=True)
    assert moved.crs.to_epsg() == 6668
    assert moved.geometry.iloc[0].y == pytest.approx(36, abs=0.01)
