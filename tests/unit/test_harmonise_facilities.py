from __future__ import annotations

import json

import pandas as pd
import pytest

from data.errors import UnreadableFile
from data.extract import Extract
from data.harmonise import Harmonised
from data.harmonise.codes import official_code6
from data.harmonise.facilities import (
    harmonise_institutions,
    harmonise_notifications,
    harmonise_offices,
)
from data.harmonise.facility_areas import NO_PREFECTURE
from data.report import FileReport
from tests.unit.area_stand import area_stand

OFFICE = {
    "都道府県コード又は市町村コード": official_code6("81201"),
    "No": "8170000001",
    "市区町村名": "山手市",
    "事業所名": "見本",
    "サービスの種類": "訪問看護",
    "住所": "山手市一丁目",
    "方書(ビル名等)": "",
    "緯度": "30.5",
    "経度": "135.5",
    "法人番号": "",
    "法人の名称": "見本法人",
    "事業所番号": "8170000001",
    "利用可能曜日": "平日,祝日",
    "定員": "",
    "高齢者の方と障害者の方が同時一体的に利用できるサービス": "",
}
HOSPITAL = {
    "ID": "8112010000010",
    "正式名称": "見本病院",
    "機関区分": "1",
    "都道府県コード": "81",
    "市区町村コード": "201",
    "所在地": "東見本県山手市",
    "所在地座標(緯度)": "30.5",
    "所在地座標(経度)": "135.5",
    "一般病床": "60",
    "療養病床": "",
    "精神病床": "0",
    "合計病床数": "60",
}
HOME_CARE = ("home_care_support_clinic", "home_care_support_hospital")
NOTICE = {
    "都道府県コード": "81",
    "区分": "医科",
    "医療機関番号": "0100001",
    "医療機関名称": "見本医院",
    "医療機関所在地(住所)": "山手市一丁目",
    "受理届出名称": "別添１の「第９」の１の(２)に規定する在宅療養支援診療所",
    "受理記号": "",
}


def extract(name: str, base: dict[str, str], *changes: dict[str, str]) -> Extract:
    frame = pd.DataFrame([{**base, **change} for change in changes], dtype="str")
    frame["source_ref"] = [f"行 {number}" for number in range(2, len(frame) + 2)]
    return Extract(name, name, "", {name: frame}, len(frame))


def offices(*changes: dict[str, str]) -> Harmonised:
    return harmonise_offices(
        extract("offices", OFFICE, *changes), source_id="kaigo:a.csv", areas=area_stand()
    )


def numbered(*changes: dict[str, str]) -> Harmonised:
    return offices(*({"事業所番号": str(n), **change} for n, change in enumerate(changes)))


def notices(*changes: dict[str, str]) -> Harmonised:
    return harmonise_notifications(
        extract("notifications", NOTICE, *changes), source_id="s", areas=area_stand()
    )


def test_an_office_becomes_one_row() -> None:
    done = offices({"方書(ビル名等)": "見本ビル２階"})
    row = done.tables["facility"].iloc[0].to_dict()
    assert json.loads(row.pop("attributes")) == {
        "corporation": "見本法人",
        "days": ["平日", "祝日"],
    }
    assert pd.isna(row.pop("capacity"))
    assert pd.isna(row.pop("ward_code"))
    assert row == {
        "facility_id": "kaigo-8170000001",
        "name": "見本",
        "facility_type": "visiting_nurse_station",
        "area_code": "81201",
        "lon": 135.5,
        "lat": 30.5,
        "location_quality": "exact",
        "address": "山手市一丁目　見本ビル２階",
        "source_id": "kaigo:a.csv",
        "source_ref": "行 2",
    }
    assert done.coverage == [("visiting_nurse_station", "81")]
    assert done.issues == []


@pytest.mark.parametrize(
    ("code5", "area", "ward"),
    [("81101", "81100", "81101"), ("81201", "81201", None), ("81402", "81201", None)],
)
def test_wards_roll_up_and_merged_places_move(code5: str, area: str, ward: str | None) -> None:
    table = offices({"都道府県コード又は市町村コード": official_code6(code5)}).tables["facility"]
    assert table.loc[0, "area_code"] == area
    assert (table.loc[0, "ward_code"] if ward else None) == ward


@pytest.mark.parametrize(
    ("place", "area", "words"),
    [("山手市", "81201", "名前から"), ("どこか町", None, "特定できません")],
)
def test_a_wrong_check_digit_is_mended_by_the_name_or_told(
    place: str, area: str | None, words: str
) -> None:
    done = offices({"都道府県コード又は市町村コード": "812019", "市区町村名": place})
    found = done.tables["facility"].loc[0, "area_code"]
    assert (None if pd.isna(found) else found) == area
    assert [issue.set_aside for issue in done.issues] == [False]
    assert words in done.issues[0].reason


@pytest.mark.parametrize(
    ("lon", "lat", "quality"),
    [
        ("135.5", "30.5", "exact"),
        ("0.0", "0.0", "missing"),
        ("", "", "missing"),
        ("13.7", "35.0", "out_of_range"),
        ("30.5", "135.5", "out_of_range"),
    ],
)
def test_only_possible_coordinates_are_kept(lon: str, lat: str, quality: str) -> None:
    row = offices({"経度": lon, "緯度": lat}).tables["facility"].iloc[0]
    assert row["location_quality"] == quality
    assert pd.isna(row["lon"]) == pd.isna(row["lat"]) == (quality != "exact")


def test_swapped_coordinates_are_said_and_the_facility_still_counts() -> None:
    swapped = {"経度": "30.5", "緯度": "135.5"}
    done = numbered({}, swapped, {"経度": "", "緯度": ""})
    assert list(done.tables["facility"]["area_code"]) == ["81201"] * 3
    (issue,) = done.issues
    assert (issue.source_ref, issue.found, issue.set_aside) == ("行 3", "135.5,30.5", False)
    assert "緯度と経度の入れ替わり" in issue.reason


def test_swapped_coordinates_of_an_institution_are_said() -> None:
    swapped = {"所在地座標(経度)": "30.5", "所在地座標(緯度)": "135.5"}
    raw = extract("institutions", HOSPITAL, swapped)
    (issue,) = harmonise_institutions(raw, source_id="m", areas=area_stand()).issues
    assert "緯度と経度の入れ替わり" in issue.reason


@pytest.mark.parametrize(
    ("printed", "capacity"), [("40", 40), ("４０", 40), ("1,200", 1200), ("0", None), ("", None)]
)
def test_a_capacity_of_zero_was_not_entered(printed: str, capacity: int | None) -> None:
    value = offices({"定員": printed}).tables["facility"].loc[0, "capacity"]
    assert (None if pd.isna(value) else value) == capacity


def test_a_date_typed_as_a_capacity_is_told_and_left_out() -> None:
    done = numbered({"定員": "20170814"}, {"定員": "0"}, {"定員": "不明"}, {"定員": "9"})
    assert done.tables["facility"]["capacity"].isna().tolist() == [True, True, True, False]
    assert [(issue.found, issue.set_aside) for issue in done.issues] == [
        ("20170814", False),
        ("不明", False),
    ]


def test_repeated_numbers_unknown_services_and_missing_numbers_are_set_aside() -> None:
    done = offices(
        {},
        {},
        {"サービスの種類": "見本サービス"},
        {"事業所番号": "", "No": ""},
        {"サービスの種類": "訪問介護"},
    )
    assert done.tables["facility"]["facility_type"].tolist() == [
        "visiting_nurse_station",
        "home_help_office",
    ]
    assert sorted(issue.source_ref for issue in done.issues) == ["行 3", "行 4", "行 5"]
    assert all(issue.set_aside for issue in done.issues)


def test_offices_outside_the_build_are_left_out_without_a_word() -> None:
    done = numbered({}, {"都道府県コード又は市町村コード": official_code6("13101")})
    assert done.tables["facility"]["area_code"].tolist() == ["81201"]
    assert (done.issues, done.coverage) == ([], [("visiting_nurse_station", "81")])


def test_rows_of_no_prefecture_are_counted_with_an_example() -> None:
    """Rows of another prefecture stay silent; a blank or foreign code is said, row by row."""
    raw = extract("institutions", HOSPITAL, {}, {"ID": "2", "都道府県コード": "99"},
                  {"ID": "3", "都道府県コード": ""}, {"ID": "4", "都道府県コード": "13"})  # fmt: skip
    done = harmonise_institutions(raw, source_id="m", areas=area_stand())
    assert done.tables["facility"]["facility_id"].tolist() == ["navii-8112010000010"]
    assert [(i.source_ref, i.field, i.found, i.set_aside) for i in done.issues] == [
        ("行 3", "都道府県コード", "99", True),
        ("行 4", "都道府県コード", "", True),
    ]
    said = FileReport("a.csv", issues=done.issues).reasons()
    assert said == f"{NO_PREFECTURE.format('99')}（2件）"
    (office,) = numbered({}, {"都道府県コード又は市町村コード": "992011"}).issues
    notified = notices({}, {"都道府県コード": "9X"})
    assert (office.found, notified.issues[0].found) == ("992011", "9X")
    assert {code for _, code in notified.coverage} == {"81"}


def test_notifications_of_an_unknown_fee_table_are_counted_and_cover_nothing() -> None:
    done = notices({"区分": "医 科"}, {"区分": "医 科"}, {"区分": "", "受理届出名称": ""})
    assert done.tables["facility"].empty
    assert [(issue.source_ref, issue.found) for issue in done.issues] == [
        ("行 2", "医 科"),
        ("行 3", "医 科"),
    ]
    assert "どれでもない（例：「医 科」）ため" in done.issues[0].reason
    assert done.coverage == []


def test_integrated_services_are_yes_no_or_not_said() -> None:
    key = "高齢者の方と障害者の方が同時一体的に利用できるサービス"
    table = numbered({key: "あり"}, {key: "なし"}, {key: ""}).tables["facility"]
    assert [json.loads(text).get("integrated_service") for text in table["attributes"]] == [
        True,
        False,
        None,
    ]


def test_an_institution_with_its_beds() -> None:
    raw = extract("institutions", HOSPITAL, {}, {"ID": "2", "機関区分": "5", "合計病床数": ""})
    done = harmonise_institutions(raw, source_id="m", areas=area_stand())
    table = done.tables["facility"]
    assert table["facility_type"].tolist() == ["hospital", "pharmacy"]
    assert table["facility_id"].tolist() == ["navii-8112010000010", "navii-2"]
    assert table.loc[0, "capacity"] == 60
    assert pd.isna(table.loc[1, "capacity"])
    assert json.loads(table.loc[0, "attributes"]) == {
        "beds_by_kind": {"一般病床": 60, "精神病床": 0}
    }
    assert done.coverage == [("hospital", "81"), ("pharmacy", "81")]


def test_readings_are_kept_where_they_are_printed() -> None:
    table = numbered({"事業所名カナ": "ミホン "}, {"事業所名カナ": ""}).tables["facility"]
    assert [json.loads(text).get("name_kana") for text in table["attributes"]] == ["ミホン", None]
    raw = extract("institutions", HOSPITAL, {"正式名称(フリガナ)": "ヤマテビョウイン"})
    table = harmonise_institutions(raw, source_id="m", areas=area_stand()).tables["facility"]
    assert json.loads(table.loc[0, "attributes"])["name_kana"] == "ヤマテビョウイン"


def test_a_clinic_with_two_grades_is_one_facility() -> None:
    title = "別添１の「第９」の１の(３)に規定する在宅療養支援診療所"
    table = notices({}, {}, {"受理届出名称": title}).tables["facility"]
    assert table["facility_id"].tolist() == ["standards-8110100001"]
    assert table.loc[0, "facility_type"] == "home_care_support_clinic"
    assert json.loads(table.loc[0, "attributes"]) == {"grades": ["2", "3"]}
    assert table.loc[0, "location_quality"] == "area_only"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (
            {"受理届出名称": "別添１の「第14の２」の１の(１)に規定する在宅療養支援病院"},
            "home_care_support_hospital",
        ),
        ({"受理届出名称": "在宅療養支援歯科診療所１"}, None),
        ({"受理届出名称": "在宅療養後方支援病院"}, None),
        ({"受理届出名称": "時間外対応加算１"}, None),
    ],
)
def test_only_medical_home_care_support_counts(change: dict[str, str], kind: str | None) -> None:
    done = notices(change)
    assert done.tables["facility"]["facility_type"].tolist() == ([kind] if kind else [])
    assert done.coverage == ([(told, "81") for told in HOME_CARE] if kind else [])
    assert ["1件もありません" in issue.reason for issue in done.issues] == ([] if kind else [True])


@pytest.mark.parametrize(
    ("title", "symbol", "grade"),
    [
        ("別添１の「第９」の１の(３)に規定する在宅療養支援診療所", "支援診３", "3"),
        ("別添１の「第９」の１の（３）に\n規定する　在宅療養支援診療所", "", "3"),
        ("在宅療養支援診療所３", "支援診３", "3"),
        ("新しい名称", "支援診３", "3"),
        ("在宅療養支援診療所３", "", None),
    ],
)
def test_a_standard_is_known_by_title_or_symbol_or_its_kind_is_not_covered(
    title: str, symbol: str, grade: str | None
) -> None:
    hospital = {"受理届出名称": "…の(１)に規定する在宅療養支援病院", "医療機関番号": "0100009"}
    done = notices({"受理届出名称": title, "受理記号": symbol}, hospital)
    table = done.tables["facility"].set_index("facility_type")["attributes"]
    assert json.loads(table[HOME_CARE[1]]) == {"grades": ["1"]}
    if grade:
        assert json.loads(table[HOME_CARE[0]]) == {"grades": [grade]}
        assert (done.coverage, done.issues) == ([(kind, "81") for kind in HOME_CARE], [])
    else:
        assert HOME_CARE[0] not in table
        assert done.coverage == [(HOME_CARE[1], "81")]
        assert [(i.source_ref, i.found) for i in done.issues] == [("行 2", title)]


def test_a_list_of_dentists_alone_does_not_say_that_there_are_no_doctors() -> None:
    done = notices({"区分": "歯科"})
    assert done.tables["facility"].empty
    assert (done.coverage, done.issues) == ([], [])


@pytest.mark.parametrize(
    ("address", "area", "ward"),
    [
        ("山手市一丁目", "81201", None),
        ("中央市南区１－２", "81100", "81102"),
        ("山郡森ケ丘町３", "81401", None),
        ("東見本県山手市一丁目", "81201", None),
        ("遠くの町１", None, None),
    ],
)
def test_the_municipality_comes_from_the_address(
    address: str, area: str | None, ward: str | None
) -> None:
    done = notices({"医療機関所在地(住所)": address})
    row = done.tables["facility"].iloc[0]
    assert [None if pd.isna(v) else v for v in row[["area_code", "ward_code"]]] == [area, ward]
    assert len(done.issues) == (area is None)


def test_institution_numbers_of_seven_and_ten_digits_are_one() -> None:
    rows = [{"医療機関番号": n} for n in ("0100001", "8110100001", "100001", "０１００００１")]
    done = harmonise_notifications(
        extract("notifications", NOTICE, *rows), source_id="s", areas=area_stand()
    )
    assert done.tables["facility"]["facility_id"].tolist() == ["standards-8110100001"]


@pytest.mark.parametrize("lost", [5, 6])
def test_a_list_most_of_which_lies_nowhere_is_refused(lost: int) -> None:
    places = [{"ID": str(n), "市区町村コード": "81201" if n < lost else "201"} for n in range(10)]
    listed = extract("institutions", HOSPITAL, *places)
    if lost == 5:
        done = harmonise_institutions(listed, source_id="s", areas=area_stand())
        assert done.tables["facility"]["area_code"].isna().sum() == lost
    else:
        with pytest.raises(UnreadableFile, match="10行のうち6行の市区町村を特定できません"):
            harmonise_institutions(listed, source_id="s", areas=area_stand())
