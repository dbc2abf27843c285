"""Facilities of chosen types, on the tiny region."""

import pandas as pd
import pytest

from analytics.facilities import facility_list, facility_points, location_quality
from analytics.resources import (
    counted_types,
    facility_counts,
    facility_sources,
    wide_counts,
)
from analytics.resources_sentence import resources_sentence
from analytics.sources import sources_of
from tests.tiny_region import FACILITIES, population_at


def counts(con, codes, types):
    return facility_counts(
        con, area_codes=codes, facility_types=types, edition="demo", year=2025
    ).set_index(["area_code", "facility_type"])


def test_counts_and_rates_follow_the_tables(tiny_con):
    frame = counts(tiny_con, ("81", "81201", "81203"), ("visiting_nurse_station", "hospital"))
    people = population_at("81201", 2025)["age_75_plus"]
    row = frame.loc[("81201", "visiting_nurse_station")]
    assert row["facilities"] == 4
    assert row["per_10k_75plus"] == pytest.approx(10_000 * 4 / people)
    assert row["lower_ci"] < row["per_10k_75plus"] < row["upper_ci"]
    whole = sum(v for k, v in FACILITIES["hospital"].items() if k.startswith("81"))
    assert frame.loc[("81", "hospital"), "facilities"] == whole
    assert frame.loc[("81", "hospital"), "capacity"] == 100 * whole


def test_a_covered_zero_is_zero_and_an_uncovered_place_is_missing(tiny_con):
    frame = counts(tiny_con, ("81203", "82201", "00"), ("hospital", "care_management_office"))
    assert frame.loc[("81203", "hospital"), "facilities"] == 0
    assert frame.loc[("81203", "hospital"), "per_10k_75plus"] == 0
    assert pd.isna(frame.loc[("82201", "care_management_office"), "facilities"])
    assert pd.isna(frame.loc[("00", "care_management_office"), "facilities"])


def test_no_people_means_no_rate_but_still_a_count(tiny_con):
    row = counts(tiny_con, ("82204",), ("hospital",)).iloc[0]
    assert row["facilities"] == 0
    assert pd.isna(row["per_10k_75plus"])
    assert pd.isna(row["upper_ci"])


def test_rows_keep_the_order_of_areas_and_types(tiny_con):
    frame = counts(tiny_con, ("00", "81", "81100"), ("visiting_nurse_station", "hospital"))
    assert list(frame.index.get_level_values(0)) == ["00", "00", "81", "81", "81100", "81100"]
    assert list(frame.index.get_level_values(1)[:2]) == ["visiting_nurse_station", "hospital"]


@pytest.fixture
def located(fresh_con):
    for code, kind in (("01100", "designated_city"), ("01202", "municipality")):
        fresh_con.execute(
            "insert into area (area_code, area_type, name) values (?, ?, ?)", [code, kind, code]
        )
    fresh_con.execute(
        "insert into area_descendant values ('01', '01100', 'municipality', null, null)"
    )
    rows = [
        ("a", "01100", "01101", 141.0, "exact"),
        ("b", "01100", "01102", None, "out_of_range"),
        ("c", "01100", "01101", None, "missing"),
        ("d", "01202", None, 141.0, "exact"),
        ("e", None, None, 141.0, "exact"),
    ]
    for name, area, ward, lon, quality in rows:
        fresh_con.execute(
            "insert into facility (facility_id, name, facility_type, area_code, ward_code, lon,"
            " lat, location_quality, source_id, source_ref)"
            " values (?, ?, 'clinic', ?, ?, ?, ?, ?, 's', '行 2')",
            [name, name, area, ward, lon, 43.0 if lon else None, quality],
        )
    return fresh_con


@pytest.mark.parametrize(
    ("area", "names"), [("01", "abc"), ("01101", "ac"), ("01202", "d"), ("00", "abcde")]
)
def test_an_area_holds_what_lies_in_its_municipalities_or_ward(located, area, names):
    frame = facility_list(located, area_code=area, facility_types=("clinic",))
    assert sorted(frame["name"]) == sorted(names)


def test_only_exact_locations_are_drawn_and_the_rest_is_counted(located):
    points = facility_points(located, area_code="01", facility_types=("clinic",))
    assert points["name"].tolist() == ["a"]
    row = location_quality(located, area_code="01", facility_types=("clinic",)).iloc[0]
    assert (row["facilities"], row["drawn"], row["out_of_range"], row["missing"]) == (3, 1, 1, 1)


def test_types_not_asked_for_stay_out(tiny_con):
    points = facility_points(tiny_con, area_code="81", facility_types=("hospital",))
    assert set(points["facility_type"]) == {"hospital"}
    assert set(points["vintage"]) == {"2025年12月末"}


def test_counted_types_and_their_sources(tiny_con):
    assert counted_types(tiny_con, area_codes=("81", "81201")) == sorted(FACILITIES)
    assert "care_management_office" not in counted_types(tiny_con, area_codes=("00", "82201"))
    kinds = ("hospital", "clinic")
    sources = facility_sources(tiny_con, facility_types=kinds, area_codes=("81201",))
    assert sources["facility_type"].tolist() == ["hospital"]
    assert sources["title"].tolist() == ["見本施設一覧"]


def test_sources_of_other_prefectures_are_not_cited(fresh_con):
    con = fresh_con
    con.execute(
        "insert into area_descendant values ('00', '19', 'prefecture', null, null),"
        " ('00', '16', 'prefecture', null, null), ('19', '19201', 'municipality', null, null)"
    )
    con.execute(
        "insert into source (source_id, title, vintage, publisher, licence)"
        " values ('a', '名簿', '9月1日現在', 'x', 'y'), ('b', '名簿', '10月1日現在', 'x', 'y')"
    )
    con.execute("insert into source_coverage values ('a', 'clinic', '19'), ('b', 'clinic', '16')")
    for areas, days in ((("19",), ["9月1日現在"]), (("19201",), ["9月1日現在"]),
                        (("16",), ["10月1日現在"]), (("47",), [])):  # fmt: skip
        found = facility_sources(con, facility_types=("clinic",), area_codes=areas)
        assert found["vintage"].tolist() == days
        assert len(sources_of(con, subject="clinic", area_codes=areas)) == len(days)
    whole = facility_sources(con, facility_types=("clinic",), area_codes=("00",))
    assert len(whole) == len(sources_of(con, subject="clinic")) == 2


TOWNS = ("81100", "81201", "81202", "81203", "81204")


def sentence(con, area, types="visiting_nurse_station", parts=TOWNS, **changes):
    frame = facility_counts(
        con,
        area_codes=tuple(dict.fromkeys(("00", area, *parts))),
        facility_types=(types,),
        edition="demo",
        year=2025,
    )
    for column, value in changes.items():
        frame.loc[frame["area_code"] == area, column] = value
    return resources_sentence(
        frame,
        type_label="訪問看護",
        area_code=area,
        benchmark_code="00",
        part_codes=parts,
        denominator_label="演習の75歳以上、2025年",
    )


def test_sentence_says_count_rate_and_spread_from_the_frame(tiny_con):
    text = sentence(tiny_con, "81")
    assert "訪問看護は36か所" in text
    assert text.endswith("分母は演習の75歳以上、2025年です。")
    assert "5地域のうち1か所もないのは1地域です" in text
    assert "最も低いのは森村の0.00です" in text
    assert "訪問看護は9か所、75歳以上人口1万人あたり1.50か所" in sentence(
        tiny_con, "81", facilities=9, per_10k_75plus=1.5
    )


def test_sentence_names_no_single_area_where_several_share_the_lowest_rate(tiny_con):
    frame = facility_counts(
        tiny_con,
        area_codes=("00", "81", *TOWNS),
        facility_types=("hospital",),
        edition="demo",
        year=2025,
    )
    frame.loc[frame["area_code"].isin(["81203", "81204"]), ["facilities", "per_10k_75plus"]] = 0
    text = resources_sentence(
        frame, type_label="病院", area_code="81", benchmark_code="00", part_codes=TOWNS,
        denominator_label="75歳以上",
    )  # fmt: skip
    assert "最も低いのは0.00の2地域です" in text


def test_sentence_compares_by_interval(tiny_con):
    frame = pd.DataFrame(
        {
            "area_code": ["00", "81"],
            "area_name": ["全国", "東見本県"],
            "facilities": [1000, 36],
            "per_10k_75plus": [2.0, 3.0],
            "lower_ci": [1.9, 2.1],
            "upper_ci": [2.1, 4.2],
        }
    )

    def say(counts):
        return resources_sentence(
            counts, type_label="病院", area_code="81", benchmark_code="00", part_codes=[],
            denominator_label="75歳以上",
        )  # fmt: skip

    assert "全国の2.00か所より高く" in say(frame)
    assert "全国の2.00か所と同程度" in say(frame.assign(lower_ci=1.0))
    assert "全国の2.00か所より低く" in say(frame.assign(upper_ci=1.5, lower_ci=1.0))


def test_sentence_says_when_every_area_has_some(tiny_con):
    assert "1か所もない地域はありません。" in sentence(tiny_con, "81", parts=("81201", "81202"))


def test_sentence_never_says_zero_where_nothing_was_read(tiny_con):
    text = sentence(tiny_con, "81", types="clinic")
    assert "データがありません" in text
    assert "0か所" not in text
    partly = sentence(tiny_con, "00", types="care_management_office", parts=("81201", "82201"))
    assert "合計しません" in partly
    assert "データなしは1地域" in partly


def test_wide_counts_keep_areas_types_and_gaps(tiny_con):
    types = ("hospital", "care_management_office")
    frame = facility_counts(
        tiny_con,
        area_codes=("00", "81", "82201", "81203"),
        facility_types=types,
        edition="demo",
        year=2025,
    )
    wide = wide_counts(frame, facility_types=types).set_index("area_code")
    assert wide.index.tolist() == ["00", "81", "82201", "81203"]
    assert wide.loc["82201", "hospital.facilities"] == 3
    assert wide.loc["82201", "hospital.capacity"] == 300
    assert pd.isna(wide.loc["82201", "care_management_office.facilities"])
    assert wide.loc["81203", "hospital.capacity"] == 0
