"""Reach on the official store: against brute force, and against the counts that pages print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest
from pyproj import Geod

from analytics.blanks import ABSENT, PRESENT, blank_areas
from analytics.denominators import denominator_of
from analytics.reach import area_reach, point_reach
from analytics.reach_catchment import Catchment, point_access
from analytics.reach_places import Sought, facility_places
from analytics.scope import Scope

pytestmark = pytest.mark.official
NATION = Scope("00", "全国", "municipality", None)
HOSPITAL = Sought(("hospital",), origin="inside")


@pytest.fixture(scope="module")
def con(official_store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    generation = official_store / "generations" / (official_store / "CURRENT").read_text().strip()
    with duckdb.connect(str(generation), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def people(con):
    return denominator_of(con, scope=NATION)


def test_the_nearest_hospital_is_that_of_brute_force(con, people) -> None:
    points = point_reach(con, sought=HOSPITAL, denominator=people).set_index("point_code")
    rows = con.execute(
        "select lon, lat from facility"
        " where facility_type = 'hospital' and location_quality = 'exact'"
    ).fetchnumpy()
    lon, lat = np.asarray(rows["lon"]), np.asarray(rows["lat"])
    geod = Geod(ellps="GRS80")
    for code in ("01101", "13421", "15586", "16201", "19384", "47382"):
        row = con.execute("select lon, lat from area where area_code = ?", [code]).fetchone()
        away = geod.inv(np.full(len(lon), row[0]), np.full(len(lon), row[1]), lon, lat)[2]
        found = points.loc[code]
        if found["is_at_point"]:
            assert found["distance_km"] < away.min() / 1_000
        else:
            assert found["distance_km"] == pytest.approx(away.min() / 1_000, abs=1e-6)
    assert points.loc[["01101", "13421", "16201"], "is_at_point"].eq(False).all()


def test_every_municipality_with_people_has_a_distance_or_a_reason(con, people) -> None:
    points = point_reach(con, sought=HOSPITAL, denominator=people)
    assert ((points["reason"] == "") == points["distance_km"].notna()).all()
    assert points["distance_km"].notna().all()
    assert points["point_code"].is_unique


@pytest.mark.parametrize(
    "kind", ["hospital", "nursing_small_multifunction", "home_care_support_clinic",
             "geriatric_health_facility", "regular_visit_office"]
)  # fmt: skip
def test_who_has_none_agrees_with_the_counts_of_the_build(con, people, kind) -> None:
    frame = blank_areas(con, scope=NATION, sought=Sought((kind,)), denominator=people)
    counts = dict(
        con.execute(
            "select area_code, facilities from facility_count where facility_type = ?", [kind]
        ).fetchall()
    )
    without_people = {"01695", "01696", "01697", "01698", "01699", "01700"}
    for row in frame.itertuples():
        expected = counts.get(row.area_code)
        if expected is None:
            assert row.state not in (PRESENT, ABSENT) or row.area_code in without_people
        else:
            assert row.facilities == expected
            assert row.state == (PRESENT if expected else ABSENT)


def test_a_village_inside_a_city_is_near_the_hospital_of_the_city(con, people) -> None:
    """舟橋村 has no hospital and lies within 富山市."""
    frame = blank_areas(
        con, scope=Scope("16", "富山県", "municipality", None), sought=HOSPITAL, denominator=people
    ).set_index("area_name")
    row = frame.loc["舟橋村"]
    assert row["state"] == ABSENT
    assert row["nearest_area_name"] == "富山市"
    assert "富山市" in row["neighbours"]
    assert row["distance_km"] < 10


def test_prefectures_sum_up_to_the_nation(con, people) -> None:
    codes = tuple(row[0] for row in con.execute(
        "select area_code from area where area_type = 'prefecture'").fetchall())  # fmt: skip
    frame = area_reach(
        con, area_codes=("00", *codes), sought=HOSPITAL, denominator=people
    ).set_index("area_code")
    for column in ("within_5", "within_10", "within_20", "people", "points"):
        assert frame.loc[list(codes), column].sum() == pytest.approx(frame.loc["00", column])
    frame = frame.dropna(subset=["share_5"])
    assert len(frame) >= 47
    assert (frame["share_5"] <= frame["share_10"]).all()
    assert (frame["share_10"] <= frame["share_20"]).all()


def test_people_times_access_is_the_supply_that_is_reached(con, people) -> None:
    catchment = Catchment(30, "step", "facilities")
    points = point_access(con, sought=HOSPITAL, denominator=people, catchment=catchment)
    reached = (points["people"] * points["access"]).sum() / 10_000
    supplied = len(facility_places(con, sought=HOSPITAL))
    assert 0.97 * supplied < reached <= supplied
