"""Ways to facilities on a line of towns whose distances can be told by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analytics.blanks import ABSENT, PRESENT, UNKNOWN, blank_areas, ground_scope
from analytics.blanks_sentence import blanks_sentence, state_labels
from analytics.reach import area_reach, point_reach, reach_curve
from analytics.reach_catchment import Catchment, area_access, point_access
from analytics.reach_places import Sought, conditions_stated, facility_places
from analytics.reach_points import representative_points
from analytics.reach_sentence import access_sentence, distance_sentence, share_sentence
from analytics.scope import Scope
from data.derive.denominator import Denominator
from tests.unit.reach_region import (
    MUNICIPALITIES,
    WARDS,
    add_facility,
    cover,
    fill_region,
)

ALL = (*MUNICIPALITIES, *WARDS)
PEOPLE_2025 = Denominator("demo", "demo", 2025, "見本の75歳以上", 5, 5, True)
HOSPITAL = Sought(("hospital",), origin="inside")
KM_PER_DEGREE = 110.98  # of latitude, at 36.5 degrees north


@pytest.fixture
def con(fresh_con):
    fill_region(fresh_con)
    cover(fresh_con, "hospital", ALL)
    add_facility(fresh_con, "南病院", "hospital", "92201", 36.56)
    add_facility(fresh_con, "北病院", "hospital", "91201", 37.10)
    return fresh_con


def reach(con, *codes, sought=HOSPITAL, denominator=PEOPLE_2025) -> pd.DataFrame:
    frame = area_reach(con, area_codes=codes, sought=sought, denominator=denominator)
    return frame.set_index("area_code")


def test_the_nearest_hospital_may_stand_in_another_prefecture(con) -> None:
    row = reach(con, "91202").loc["91202"]
    assert row["nearest_area_name"] == "町C"
    assert row["nearest_name"] == "南病院"
    assert row["distance_km"] == pytest.approx(0.04 * KM_PER_DEGREE, rel=1e-3)
    con.execute("delete from facility where name = '南病院'")
    assert reach(con, "91202").loc["91202", "nearest_area_name"] == "市A"


def test_a_city_weighs_its_wards_by_their_people(con) -> None:
    row = reach(con, "92100").loc["92100"]
    east, west = (1.06 * KM_PER_DEGREE, 1.16 * KM_PER_DEGREE)
    assert row["distance_km"] == pytest.approx((6 * east + 3 * west) / 9, rel=1e-3)
    assert (row["points"], row["measured"], row["is_spread"]) == (2, 2, False)


def test_people_of_a_city_are_spread_evenly_where_wards_are_not_counted(con) -> None:
    con.execute("delete from population_total where area_code = '92102'")
    row = reach(con, "92100").loc["92100"]
    assert row["distance_km"] == pytest.approx(1.11 * KM_PER_DEGREE, rel=1e-3)
    assert row["is_spread"]
    assert row["people"] == 9_000


def test_without_people_the_mean_is_over_the_points_and_there_is_no_share(con) -> None:
    row = reach(con, "91", denominator=None).loc["91"]
    expected = (0.10 + 0.04) / 2 * KM_PER_DEGREE
    assert row["distance_km"] == pytest.approx(expected, rel=1e-3)
    assert row["is_unweighted"]
    assert math.isnan(row["share_20"])


def test_shares_are_sums_of_people_and_not_means_of_shares(con) -> None:
    rows = reach(con, "91", "92", "00")
    assert rows.loc["91", "within_5"] == 1_000
    assert rows.loc["91", "share_5"] == pytest.approx(20.0)
    assert rows.loc["92", "within_5"] == 2_000
    assert rows.loc["00", "share_5"] == pytest.approx(100 * 3_000 / 16_500)
    assert rows.loc["00", "share_20"] == pytest.approx(100 * 7_000 / 16_500)


def test_where_no_source_covers_there_is_no_distance(con) -> None:
    con.execute("delete from facility_count where area_code like '92%'")
    con.execute("delete from facility where area_code like '92%'")
    rows = reach(con, "91202", "92201", "92", "00")
    assert rows.loc[["92201", "92", "00"], "distance_km"].isna().all()
    assert set(rows.loc[["92201", "92", "00"], "reason"]) == {"not_covered"}
    assert rows.loc["91202", "nearest_area_name"] == "市A"
    assert rows.loc["91202", "may_be_nearer"]


def test_a_hospital_without_coordinates_stands_at_the_point_of_its_town(con) -> None:
    add_facility(con, "丁病院", "hospital", "92202", None)
    rows = reach(con, "92202", "92201")
    assert rows.loc["92202", "distance_km"] == 0
    assert rows.loc["92202", "is_at_point"]
    assert not rows.loc["92201", "is_at_point"]


def test_it_is_left_out_where_the_town_has_one_with_coordinates(con) -> None:
    before = reach(con, "92201").loc["92201", "distance_km"]
    add_facility(con, "丙診療所", "hospital", "92201", None)
    row = reach(con, "92201").loc["92201"]
    assert row["distance_km"] == before > 0
    assert not row["is_at_point"]


def test_in_the_middle_of_all_facilities_people_have_a_shorter_way(con) -> None:
    for number in range(3):
        add_facility(con, f"薬局{number}", "pharmacy", "92202", 36.30)
    centre = Sought(("hospital",), origin="centre")
    far = reach(con, "92202").loc["92202", "distance_km"]
    near = reach(con, "92202", sought=centre).loc["92202", "distance_km"]
    assert far == pytest.approx(0.56 * KM_PER_DEGREE, rel=1e-3)
    assert near == pytest.approx(0.26 * KM_PER_DEGREE, rel=1e-3)
    assert reach(con, "91202", sought=centre).equals(reach(con, "91202"))


def test_two_types_are_sought_together_and_a_facility_counts_once(con) -> None:
    cover(con, "clinic", ALL)
    add_facility(con, "北病院", "clinic", "91201", 37.10)
    add_facility(con, "乙医院", "clinic", "91202", 36.60)
    both = Sought(("hospital", "clinic"), origin="inside")
    assert len(facility_places(con, sought=both)) == 3
    assert reach(con, "91202", sought=both).loc["91202", "nearest_name"] == "乙医院"


def test_both_types_must_be_covered(con) -> None:
    cover(con, "clinic", ("91201",))
    both = Sought(("hospital", "clinic"))
    points = representative_points(con, sought=both, denominator=PEOPLE_2025)
    assert set(points.loc[points["is_covered"], "point_code"]) == {"91201"}


def test_only_facilities_that_meet_the_conditions_are_sought(con) -> None:
    con.execute("update facility set capacity = 300 where name = '北病院'")
    large = Sought(("hospital",), (("capacity", "200-"),), origin="inside")
    assert reach(con, "92201", sought=large).loc["92201", "nearest_name"] == "北病院"
    none = Sought(("hospital",), search="どこにもない", origin="inside")
    row = reach(con, "92201", sought=none).loc["92201"]
    assert math.isnan(row["distance_km"])
    assert row["reason"] == "no_facility"


def test_where_no_facility_states_the_condition_nothing_is_known(con) -> None:
    asked = Sought(("hospital",), (("open_24h", "true"),), origin="inside")
    assert reach(con, "92201", sought=asked).loc["92201", "reason"] == "not_covered"
    con.execute("""update facility set attributes = '{"open_24h": "true"}' where name = '北病院'""")
    assert reach(con, "92201", sought=asked).loc["92201", "nearest_name"] == "北病院"
    assert conditions_stated(con, sought=asked) == (1, 1)


def test_no_boundaries_no_points(con) -> None:
    con.execute("update area set lon = null, lat = null")
    row = reach(con, "91202").loc["91202"]
    assert math.isnan(row["distance_km"])
    assert row["reason"] == "no_point"


def test_every_ward_and_municipality_has_one_point(con) -> None:
    points = point_reach(con, sought=HOSPITAL, denominator=PEOPLE_2025)
    expected = ["91201", "91202", "92101", "92102", "92201", "92202"]
    assert points["point_code"].tolist() == expected


def test_the_curve_rises_to_all_people(con) -> None:
    curve = reach_curve(
        con, area_codes=("00", "91"), sought=HOSPITAL, denominator=PEOPLE_2025, up_to_km=130
    )
    nation = curve[curve["area_code"] == "00"].set_index("km")["share"]
    assert nation.is_monotonic_increasing
    assert nation[0] == 0
    assert nation[130] == pytest.approx(100)
    rows = reach(con, "00", "91")
    for km in (5, 10, 20):
        assert nation[km] == pytest.approx(rows.loc["00", f"share_{km}"])


@pytest.fixture
def scope() -> Scope:
    return Scope("00", "全国", "municipality", None)


def blanks(con, scope, sought=HOSPITAL) -> pd.DataFrame:
    frame = blank_areas(con, scope=scope, sought=sought, denominator=PEOPLE_2025)
    return frame.set_index("area_code", drop=False)


def test_a_town_without_names_the_neighbour_that_has_one(con, scope) -> None:
    frame = blanks(con, scope)
    assert frame["state"].to_dict() == {
        "91201": PRESENT, "91202": ABSENT, "92100": ABSENT, "92201": PRESENT, "92202": ABSENT,
    }  # fmt: skip
    assert frame.loc["91202", "neighbours"] == "市A、町C"
    assert frame.loc["92100", "neighbours"] == ""
    assert state_labels(frame)["91202"] == "区域内になし。最寄りは町Cに4.4km"
    assert state_labels(frame)["92201"] == "区域内に1か所"


def test_the_sentence_of_blanks_follows_the_figures(con, scope) -> None:
    def say() -> str:
        return blanks_sentence(
            blanks(con, scope), place="全国", what="病院", level_label="市区町村",
            denominator_label="見本の75歳以上",
        )  # fmt: skip

    assert "全国の5市区町村のうち、病院が1か所もないのは3です" in say()
    assert "75歳以上の63.6%（1.1万人、見本の75歳以上）が住みます" in say()
    assert "うち2は、境を接する市区町村にはあります" in say()
    assert "20kmを超えるのは2、最も遠いのは政令市で、町Cまで121.3kmです" in say()
    add_facility(con, "政令病院", "hospital", "92100", 35.5, ward="92101")
    assert "1か所もないのは2です" in say()
    con.execute("delete from facility_count where area_code = '92202'")
    assert "データなしは1市区町村です" in say()
    con.execute("delete from facility_count")
    assert "対象外のため、データがありません" in say()


def test_the_own_town_comes_first_in_the_sentence(con, scope) -> None:
    words = blanks_sentence(
        blanks(con, scope), place="全国", what="病院", level_label="市区町村",
        denominator_label=None, own_code="91202",
    )  # fmt: skip
    assert words.startswith("町Bの病院は、区域内になし。最寄りは町Cに4.4kmです。全国の5市区町村")


def test_a_hospital_without_coordinates_is_still_in_its_town(con, scope) -> None:
    add_facility(con, "丁病院", "hospital", "92202", None)
    assert blanks(con, scope).loc["92202", "state"] == PRESENT


def test_an_uncovered_town_is_unknown_and_not_without(con, scope) -> None:
    con.execute("delete from facility_count where area_code = '92202'")
    row = blanks(con, scope).loc["92202"]
    assert row["state"] == UNKNOWN
    assert math.isnan(row["facilities"])


def test_a_town_whose_hospital_does_not_state_it_is_unknown(con, scope) -> None:
    add_facility(con, "丁病院", "hospital", "92202", 36.0)
    con.execute("update facility set capacity = 300 where name = '北病院'")
    con.execute("update facility set capacity = 20 where name = '南病院'")
    large = Sought(("hospital",), (("capacity", "200-"),), origin="inside")
    states = blanks(con, scope, large)["state"]
    assert states[["91201", "92201", "92202"]].tolist() == [PRESENT, ABSENT, UNKNOWN]


def test_wards_of_a_city_can_be_without(con) -> None:
    add_facility(con, "政令病院", "hospital", "92100", 35.5, ward="92101")
    frame = blanks(con, Scope("92100", "政令市", "ward", None))
    assert frame["state"].to_dict() == {"92101": PRESENT, "92102": ABSENT}


def test_larger_levels_are_shown_by_municipality() -> None:
    assert ground_scope(Scope("00", "全国", "prefecture", None)).level == "municipality"
    own = Scope("92100", "政令市", "ward", "92101")
    assert ground_scope(own) == own


def say_distance(con, code, *parts) -> str:
    frame = area_reach(con, area_codes=(code, *parts), sought=HOSPITAL, denominator=PEOPLE_2025)
    return distance_sentence(frame, area_code=code, part_codes=list(parts), what="病院")


def test_the_sentence_of_distance_follows_the_figures(con) -> None:
    assert "町Bの代表点から最寄りの病院（町C）まで、直線で4.4kmです" in say_distance(con, "91202")
    words = say_distance(con, "91", "91201", "91202")
    assert "平均9.8km（75歳以上の人口で重みづけた平均）" in words
    assert "最も遠いのは市Aの11.1km、最も近いのは町Bの4.4km" in words
    con.execute("update facility set lat = 37.0 where name = '北病院'")
    assert "平均0.9km" in say_distance(con, "91", "91201", "91202")


def test_the_sentence_of_shares_follows_the_figures(con) -> None:
    def say(km: int) -> str:
        frame = area_reach(con, area_codes=("91", "00"), sought=HOSPITAL, denominator=PEOPLE_2025)
        return share_sentence(
            frame, area_code="91", benchmark_code="00", km=km, what="病院",
            denominator_label="見本の75歳以上",
        )  # fmt: skip

    assert "75歳以上の20.0%（5,000人のうち1,000人）" in say(5)
    assert "全国の18.2%より高い割合です" in say(5)
    con.execute("update facility set lat = 36.8 where name = '南病院'")
    assert "75歳以上の0.0%" in say(5)
    assert "全国の0.0%と同程度の割合です" in say(5)
    con.execute("delete from facility_count")
    assert "データがありません" in say(5)


STEP = Catchment(30, "step", "facilities")


def access(con, *codes, catchment=STEP, sought=HOSPITAL) -> pd.DataFrame:
    frame = area_access(
        con, area_codes=codes, sought=sought, denominator=PEOPLE_2025, catchment=catchment
    )
    return frame.set_index("area_code")


def test_access_by_hand_across_the_border(con) -> None:
    """南病院 is shared by 町C (1.1 km) and 町B (4.4 km); 北病院 serves 市A alone (11.1 km)."""
    rows = access(con, "91201", "91202", "92201", "92202", "91")
    shared = 10_000 * 1 / 3_000
    assert rows.loc["91202", "access"] == pytest.approx(shared)
    assert rows.loc["92201", "access"] == pytest.approx(shared)
    assert rows.loc["92202", "access"] == 0
    alone = 10_000 * 0.68 * 1 / (0.68 * 4_000)
    assert rows.loc["91201", "access"] == pytest.approx(alone)
    assert rows.loc["91", "access"] == pytest.approx((4_000 * alone + 1_000 * shared) / 5_000)


def test_capacity_can_be_what_is_supplied(con) -> None:
    con.execute("update facility set capacity = 60 where name = '南病院'")
    beds = Catchment(10, "flat", "capacity")
    rows = access(con, "92201", "91201", catchment=beds)
    assert rows.loc["92201", "access"] == pytest.approx(10_000 * 60 / 3_000)
    assert rows.loc["91201", "access"] == 0


def test_a_capacity_that_is_not_entered_is_no_zero(con) -> None:
    con.execute("update facility set capacity = 60 where name = '南病院'")
    beds = Catchment(30, "flat", "capacity")
    rows = access(con, "92201", "91201", "92202", "91", catchment=beds)
    assert rows.loc["92201", "access"] > 0
    assert math.isnan(rows.loc["91201", "access"])
    assert rows.loc["91201", "reason"] == "no_capacity"
    assert rows.loc["92202", "access"] == 0
    assert (rows.loc["91", "measured"], rows.loc["91", "is_partial"]) == (1, True)
    con.execute("update facility set lat = 36.9 where name = '北病院'")
    far = access(con, "91202", catchment=Catchment(50, "flat", "capacity")).loc["91202"]
    assert far["access"] > 0
    assert far["is_partial"]


def test_access_is_missing_without_people_or_source_and_says_why(con) -> None:
    con.execute("delete from population_total where area_code = '91202'")
    con.execute("delete from facility_count where area_code = '92202'")
    rows = access(con, "91202", "92202", "92201", "92100")
    assert rows["access"].isna().to_dict() == {
        "91202": True, "92202": True, "92201": False, "92100": False,
    }  # fmt: skip
    assert rows.loc["91202", "reason"] == "no_people"
    assert rows.loc["92202", "reason"] == "not_covered"
    assert rows.loc["92201", "is_partial"]
    assert not rows.loc["92100", "is_partial"]


def test_a_hospital_far_from_its_own_people_makes_its_users_partial(con) -> None:
    add_facility(con, "端病院", "hospital", "92100", 35.95, ward="92101")
    points = point_access(con, sought=HOSPITAL, denominator=PEOPLE_2025, catchment=STEP)
    partial = points.set_index("point_code")["is_partial"]
    assert partial["92202"]
    assert not partial["92101"]


def test_the_sentence_of_access_follows_the_figures(con) -> None:
    def say() -> str:
        frame = area_access(
            con, area_codes=("91", "00", "91201", "91202"), sought=HOSPITAL,
            denominator=PEOPLE_2025, catchment=STEP,
        )  # fmt: skip
        return access_sentence(
            frame, area_code="91", benchmark_code="00", part_codes=["91201", "91202"],
            what="病院", unit="か所", radius_km=30,
        )  # fmt: skip

    assert "75歳以上1万人あたり2.67か所に届きます。全国は1.21か所です" in say()
    assert "最も高いのは町Bの3.33か所です。最も低いのは市Aの2.50か所です" in say()
    con.execute("delete from facility where name = '北病院'")
    assert "半径内に1か所もないのは1地域です" in say()
