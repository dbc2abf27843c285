"""Cards: all services of a facility, and an area beside larger ones."""

import json

import pandas as pd
import pytest

from analytics.denominators import Denominator
from analytics.facility_card import (
    area_beside_group,
    area_beside_larger,
    facility_services,
    namesakes,
)
from analytics.resources_sentence import area_card_sentence
from tests.unit.facility_stand import CLINIC, DAY, SMALL, fill
from ui.facility_words import location_words, type_facts
from ui.resource_card import beside_table

JUKI = Denominator("juki", "juki", 2025, "住基", 1, 1, is_projection=False)


@pytest.fixture
def con(fresh_con):
    return fill(fresh_con)


def test_one_office_is_shown_with_all_its_services(con):
    rows = facility_services(con, facility_id="a")
    assert rows["facility_type"].tolist() == [DAY, SMALL]
    assert rows["ward_name"].tolist() == ["地01101"] * 2
    assert facility_services(con, facility_id="none").empty


def test_the_same_name_with_another_number_is_named_in_the_same_municipality_only(con):
    con.execute("update facility set name = 'Ａ 事業所' where facility_id in ('b', 'e')")
    found = namesakes(con, facility_id="a", name="A事業所", area_code="01100")
    assert found["facility_id"].tolist() == ["b"]
    con.execute("update facility set name = 'A事業所分室' where facility_id = 'b'")
    assert namesakes(con, facility_id="a", name="A事業所", area_code="01100").empty


def service(**changes):
    row = {
        "facility_type": DAY,
        "capacity": pd.NA,
        "attributes": json.dumps({"days": ["平日", "祝日"], "integrated_service": False}),
        "location_quality": "exact",
        "lon": 135.0,
        "lat": 35.0,
        "area_code": "01100",
    }
    return pd.Series(row | changes)


def test_what_is_not_stated_is_said_to_be_so():
    facts = dict(type_facts(service()))
    assert facts["定員"] == "記載なし"
    assert facts["法人の名称"] == "記載なし"
    assert facts["利用可能曜日"] == "平日、祝日"
    assert facts["共生型サービス"] == "なし"
    assert dict(type_facts(service(capacity=1_020)))["定員"] == "1,020人"


def test_grades_and_beds_are_in_words():
    grades = json.dumps({"grades": ["1", "3"]})
    clinic = service(facility_type=CLINIC, attributes=grades)
    assert dict(type_facts(clinic))["届出の区分"] == "機能強化型（単独）、その他"
    beds = json.dumps({"beds_by_kind": {"一般病床": 50, "精神病床": 0}})
    facts = dict(type_facts(service(facility_type="hospital", attributes=beds, capacity=50)))
    assert (facts["病床"], facts["病床の種別"]) == ("50床", "一般病床 50、精神病床 0")


@pytest.mark.parametrize(
    ("quality", "area", "words"),
    [
        ("exact", "01100", "北緯35.00000度、東経135.00000度"),
        ("missing", "01100", "座標なし：住所の市区町村の数に含め"),
        ("out_of_range", None, "どの地域の数にも含めない"),
    ],
)
def test_the_location_says_how_good_it_is_and_how_it_counts(quality, area, words):
    assert words in location_words(service(location_quality=quality, area_code=area))


def beside(con, code, types=(DAY, SMALL), **asked):
    return area_beside_larger(con, area_code=code, facility_types=types, denominator=JUKI, **asked)


def test_a_ward_stands_beside_its_city_and_the_nation(con):
    frame = beside(con, "01101")
    assert list(dict.fromkeys(frame["area_code"])) == ["01101", "01100", "01", "00"]
    row = frame.set_index(["area_code", "facility_type"]).loc[("01", DAY)]
    assert row["per_10k_75plus"] == pytest.approx(10_000 * 4 / 4_000)
    assert row["outcome"] == "similar"


def test_the_outcome_is_that_of_the_area_beside_the_row(con):
    con.execute("update facility_count set facilities = 400 where area_code = '01101'")
    frame = beside(con, "01101", types=(DAY,)).set_index("area_code")
    assert frame.loc["01", "outcome"] == "higher"
    con.execute("update facility_count set facilities = 4000 where area_code = '01'")
    assert beside(con, "01101", types=(DAY,)).set_index("area_code").loc["01", "outcome"] == "lower"


def labels(*types):
    return {key: key for key in types}


def said(frame, code="01101", types=(DAY, SMALL)):
    return area_card_sentence(
        frame, area_code=code, type_labels=labels(*types), denominator_label="住基2025"
    )


def test_the_sentence_follows_the_frame(con):
    text = said(beside(con, "01101"))
    assert f"地01101：{DAY}1か所（75歳以上人口1万人あたり10.00）" in text
    assert f"地01100と比べて、同程度なのは{DAY}・{SMALL}です" in text
    assert text.endswith("分母は住基2025です。")
    changed = beside(con, "01101").assign(facilities=7, outcome="higher")
    assert f"高いのは{DAY}・{SMALL}" in said(changed)
    assert f"{DAY}7か所" in said(changed)


def test_the_sentence_never_says_zero_where_nothing_is_known(con):
    text = said(beside(con, "01101", types=(CLINIC,)), types=(CLINIC,))
    assert text == f"地01101：{CLINIC}はデータなし。"


def test_the_table_marks_rates_and_tells_gaps(con):
    rows, columns = beside_table(beside(con, "01101", types=(DAY, CLINIC)), area_code="01101")
    assert rows["type_label"].tolist() == ["通所介護", "在支診"]
    assert rows["01"].tolist() == ["10.00 ●", "データなし"]
    assert columns["01"].label == "地01"
    assert "not_stated" not in columns
    narrowed = beside(con, "01100", types=(DAY,), filters=(("days", "土曜日"),))
    rows, columns = beside_table(narrowed, area_code="01100")
    assert rows["not_stated"].tolist() == [1]
    assert rows["capacity"].tolist() == ["定員 20人"]


def test_similar_municipalities_are_summed_and_never_averaged(con):
    own = beside(con, "01202", types=(DAY,))
    own = own[own["area_code"] == "01202"]
    members = pd.DataFrame(
        {
            "area_code": ["1", "2", "3"],
            "facility_type": DAY,
            "facilities": pd.array([1, 9, None], dtype="Int64"),
            "age_75_plus": [1_000.0, 3_000.0, 50_000.0],
        }
    )
    row = area_beside_group(own, members, area_code="similar", name="似た3市町村").iloc[0]
    assert row["per_10k_75plus"] == pytest.approx(10_000 * 10 / 4_000)
    assert (row["known"], row["asked"], row["outcome"]) == (2, 3, "similar")


def test_nothing_known_of_similar_municipalities_is_a_gap(con):
    own = beside(con, "01202", types=(DAY,)).head(1)
    members = pd.DataFrame(
        {"area_code": ["1"], "facility_type": DAY, "facilities": [pd.NA], "age_75_plus": [1.0]}
    )
    group = area_beside_group(own, members, area_code="similar", name="似た1市町村")
    assert pd.isna(group.loc[0, "per_10k_75plus"])
    assert (group.loc[0, "known"], group.loc[0, "outcome"]) == (0, "not_compared")
