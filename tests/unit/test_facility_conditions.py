"""Conditions on facilities: what is not stated is neither a yes nor a no."""

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.facilities import facility_list, location_quality
from analytics.facility_conditions import condition_keys, values_stated
from analytics.narrowed_counts import distinct_facilities
from analytics.resources import facility_counts, wide_counts
from tests.tiny_region import SCHEMA
from tests.unit.facility_stand import CLINIC, DAY, SMALL, fill

SATURDAY = (("days", "土曜日"),)


@pytest.fixture
def con(fresh_con):
    return fill(fresh_con)


def names(con, *filters, area="01", types=(DAY, SMALL, CLINIC), search=""):
    frame = facility_list(con, area_code=area, facility_types=types, filters=filters, search=search)
    return "".join(frame["facility_id"])


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ((), "abcdfae"),
        ((("days", "土曜日"),), "a"),
        ((("days", "土曜日"), ("days", "平日")), "ab"),
        ((("days", "平日"), ("capacity", "1-9")), "b"),
        ((("capacity", "20-29"),), "aa"),
        ((("integrated_service", "true"),), "a"),
        ((("integrated_service", "false"),), "e"),
        ((("grades", "3"),), "f"),
        ((("grades", "1"),), ""),
        ((("unknown", "x"),), ""),
    ],
)
def test_conditions_of_one_fact_are_alternatives_and_those_of_several_all_hold(con, filters, found):
    assert names(con, *filters) == found


@pytest.mark.parametrize(
    ("text", "found"), [("ｂ事業", "b"), ("さくら", "a"), ("見本", "b"), ("無い名", "")]
)
def test_a_name_a_reading_or_a_corporation_is_searched(con, text, found):
    assert names(con, search=text) == found


def test_a_facility_without_a_municipality_is_listed_for_the_nation_only(con):
    assert names(con, ("days", "日曜日"), area="00") == "g"
    assert names(con, ("days", "日曜日"), area="01") == ""


def test_what_is_not_stated_is_counted_apart(con):
    row = location_quality(con, area_code="01", facility_types=(DAY,), filters=SATURDAY).iloc[0]
    assert (row["facilities"], row["not_stated"], row["area_only"]) == (1, 2, 1)


def counts(con, filters=SATURDAY, types=(DAY,), search=""):
    frame = facility_counts(
        con,
        area_codes=("00", "01", "01100", "01101", "01102", "01202"),
        facility_types=types,
        edition="juki",
        year=2025,
        filters=filters,
        search=search,
    )
    return frame.set_index(["area_code", "facility_type"])


def test_wards_roll_up_and_a_facility_counts_once(con):
    frame = counts(con).xs(DAY, level="facility_type")
    assert frame["facilities"].tolist()[:5] == [1, 1, 1, 1, 0]
    assert frame["not_stated"].tolist() == [2, 2, 1, 0, 1, 1]
    assert frame.loc["01", "per_10k_75plus"] == pytest.approx(2.5)
    assert frame.loc["01101", "capacity"] == 20
    assert frame.loc["01101", "lower_ci"] < 10 < frame.loc["01101", "upper_ci"]


def test_where_nobody_states_it_there_is_no_count(con):
    frame = counts(con, types=(DAY, SMALL, CLINIC))
    assert pd.isna(frame.loc[("01202", DAY), "facilities"])
    assert pd.isna(frame.loc[("01202", DAY), "per_10k_75plus"])
    assert frame.loc[("01202", DAY), "not_stated"] == 1
    assert pd.isna(frame.loc[("01", SMALL), "facilities"])
    assert pd.isna(frame.loc[("01100", CLINIC), "not_stated"])


def test_a_covered_place_without_any_is_an_observed_zero(con):
    frame = counts(con, filters=(("integrated_service", "true"),), types=(SMALL,))
    assert frame.loc[("01102", SMALL), "facilities"] == 0


def test_a_search_counts_what_it_lists(con):
    frame = counts(con, filters=(), search="Ｂ")
    assert frame.loc[("01", DAY), "facilities"] == 1
    assert frame.loc[("01202", DAY), "facilities"] == 0


def test_no_condition_and_a_condition_that_all_meet_count_alike(con):
    plain = counts(con, filters=())
    both = counts(con, filters=(), search="事業所")
    assert both["facilities"].tolist() == plain["facilities"].tolist()


def test_one_office_with_two_services_is_one_facility(con):
    found = distinct_facilities(
        con, area_codes=("01", "01101", "01102", "01202"), facility_types=(DAY, SMALL)
    )
    assert found.to_dict() == {"01": 5, "01101": 1, "01102": 2, "01202": 2}
    partly = distinct_facilities(con, area_codes=("01", "01202"), facility_types=(DAY, CLINIC))
    assert partly.to_dict() == {"01202": 2}


def test_other_services_of_an_office_are_listed_with_it(con):
    frame = facility_list(con, area_code="01101", facility_types=(DAY,))
    assert frame["all_types"].tolist() == [(DAY, SMALL)]


def test_what_cannot_be_drawn_is_listed(con):
    con.execute("update facility set location_quality = 'exact' where facility_id <> 'd'")
    frame = facility_list(con, area_code="01", facility_types=(DAY,), with_points=False)
    assert frame["facility_id"].tolist() == ["d"]


def test_values_are_those_that_the_data_has(con):
    frame = values_stated(con, area_code="01", facility_types=(DAY, SMALL))
    assert {(row.key, row.value): row.facilities for row in frame.itertuples()} == {
        ("capacity", "1-9"): 1,
        ("capacity", "10-19"): 1,
        ("capacity", "20-29"): 1,
        ("days", "平日"): 2,
        ("days", "土曜日"): 1,
        ("integrated_service", "false"): 1,
        ("integrated_service", "true"): 1,
    }


def test_names_are_not_offered_as_conditions():
    assert condition_keys((DAY, "hospital")) == [
        "days",
        "integrated_service",
        "beds_by_kind",
        "capacity",
    ]


def test_beds_of_a_kind_are_those_above_zero(con):
    con.execute(
        "update facility set facility_type = 'hospital',"
        ' attributes = \'{"beds_by_kind": {"療養病床": 0, "一般病床": 5}}\''
        " where facility_id = 'b'"
    )
    assert names(con, ("beds_by_kind", "一般病床"), types=("hospital",)) == "b"
    assert names(con, ("beds_by_kind", "療養病床"), types=("hospital",)) == ""


def test_wide_counts_tell_what_is_not_stated(con):
    wide = wide_counts(counts(con).reset_index(), facility_types=(DAY,)).set_index("area_code")
    assert wide.loc["01", f"{DAY}.not_stated"] == 2


DAYS = ("平日", "土曜日", "日曜日", "祝日")


@settings(max_examples=10, deadline=None)
@given(asked=st.sets(st.sampled_from(DAYS), min_size=1), more=st.sampled_from(DAYS))
def test_yes_no_and_unknown_make_up_all_and_alternatives_only_add(asked, more):
    with duckdb.connect() as con:
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        fill(con)

        def met(days):
            filters = tuple(("days", day) for day in sorted(days))
            return location_quality(
                con, area_code="00", facility_types=(DAY,), filters=filters
            ).iloc[0]

        few, many = met(asked), met(asked | {more})
        assert few["facilities"] + few["not_stated"] <= 5
        assert few["not_stated"] == many["not_stated"] == 2
        assert few["facilities"] <= many["facilities"]
        assert met(set(DAYS))["facilities"] == 3
