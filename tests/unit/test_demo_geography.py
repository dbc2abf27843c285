"""The demo's land is a valid coverage that looks like a country."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from data.demo.region import DemoRegion, make_region
from data.demo.settlement import METROPOLIS_CODE, WARDS
from tests.demo_small import SEED, small_region


@pytest.fixture(scope="module")
def region() -> DemoRegion:
    return small_region()


def test_borders_are_shared_and_every_polygon_is_sound(region: DemoRegion) -> None:
    leaves = region.municipalities[region.municipalities["area_code"] != METROPOLIS_CODE]
    assert shapely.coverage_is_valid(leaves.geometry.array)
    assert leaves.geometry.is_valid.all()


def test_there_are_islands_and_sizes_differ_widely(region: DemoRegion) -> None:
    areas = region.municipalities
    assert (areas["kind"] == "island").any()
    assert areas["land_km2"].quantile(0.95) > 8 * areas["land_km2"].quantile(0.1)
    assert shapely.get_num_geometries(shapely.union_all(areas.geometry.array)) >= 4


def test_there_is_a_lake() -> None:
    land = shapely.union_all(small_region().municipalities.geometry.array)
    assert sum(shapely.get_num_interior_rings(shapely.get_parts(land))) >= 1


def test_borders_are_not_straight(region: DemoRegion) -> None:
    """A border of a soap bubble is barely longer than the straight way between its ends."""
    shape = region.municipalities.to_crs(epsg=6933).geometry
    compactness = 4 * np.pi * shape.area / shape.length**2
    assert compactness.median() < 0.6


def test_codes_and_names_are_unique_and_the_city_has_wards(region: DemoRegion) -> None:
    areas = region.municipalities
    assert areas["area_code"].is_unique
    whole = areas[areas["city_code"].isna()]
    assert whole["name"].is_unique
    assert set(areas["prefecture_code"]) == {str(code) for code in range(81, 93)}
    assert 2 <= (areas["city_code"] == METROPOLIS_CODE).sum() <= WARDS


def test_zones_do_not_nest(region: DemoRegion) -> None:
    zones = region.memberships.pivot_table(
        index="area_code", columns="area_type", values="parent_code", aggfunc="first"
    )
    crossing = zones.groupby("health_center_area")["secondary_medical_area"].nunique()
    assert (crossing > 1).any()
    assert zones["secondary_medical_area"].nunique() != zones["elderly_welfare_area"].nunique()
    assert zones.notna().all(axis=None)


def test_a_merger_lies_between_the_fiscal_years_2018_and_2019(region: DemoRegion) -> None:
    assert len(region.changes) == 3
    assert {day for *_, day, _ in region.changes} == {"2019-04-01"}
    present = set(region.municipalities["area_code"])
    assert all(old not in present and new in present for old, _, new, *_ in region.changes)


def test_people_live_inside_their_area_and_near_its_centre(region: DemoRegion) -> None:
    rng = np.random.default_rng(1)
    row = region.municipalities[region.municipalities["kind"] == "core_city"].iloc[0]
    points = region.settle(str(row["area_code"]), 400, rng)
    inside = shapely.contains_xy(row.geometry.buffer(0.004), points[:, 0], points[:, 1])
    assert inside.mean() > 0.97


def test_the_same_seed_gives_the_same_land_and_another_seed_another(region: DemoRegion) -> None:
    again = make_region(seed=SEED, scale=0.5)
    other = make_region(seed=SEED + 1, scale=0.5)
    same = region.municipalities.geometry.geom_equals_exact(again.municipalities.geometry, 0)
    assert same.all()
    assert region.municipalities["name"].tolist() == again.municipalities["name"].tolist()
    assert region.population.equals(again.population)
    assert len(other.municipalities) != len(region.municipalities) or not (
        region.municipalities.geometry.geom_equals_exact(other.municipalities.geometry, 0).all()
    )


@pytest.mark.parametrize("scale", [0, 0.1, 13])
def test_an_impossible_scale_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        make_region(seed=1, scale=scale)
