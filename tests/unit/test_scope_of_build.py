"""What a build of some prefectures, or of one register in many files, may claim."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

from data.extract import Extract, kaigo_services
from data.harmonise.areas import AreaTables, harmonise_areas
from data.harmonise.common_table import harmonise_common
from data.harmonise.facilities import harmonise_offices
from data.harmonise.facility_areas import NOWHERE, reached
from data.harmonise.scope import name_the_whole, widen_coverage, without_nation
from tests.unit.raw_fixtures import AREA_FILES, read
from tests.unit.test_harmonise_facilities import OFFICE


def test_two_prefectures_do_not_pass_for_all_japan() -> None:
    area = pd.DataFrame(
        {
            "area_code": ["00", "19", "22"],
            "area_type": ["nation", "prefecture", "prefecture"],
            "name": ["全国", "山梨県", "静岡県"],
        }
    )
    tables = AreaTables(area, pd.DataFrame(), pd.DataFrame(), gpd.GeoDataFrame())
    name_the_whole(tables)
    assert tables.area["name"].tolist() == ["読み込んだ2都道府県の計", "山梨県", "静岡県"]


def test_rows_of_the_source_for_all_japan_are_dropped() -> None:
    frame = pd.DataFrame({"area_code": ["00", "19"], "persons": [1.0, 2.0]})
    assert without_nation([frame])[0]["area_code"].tolist() == ["19"]


def test_a_rare_service_of_a_nationwide_register_is_covered_everywhere() -> None:
    coverage = pd.DataFrame(
        [
            ("kaigo_service:160.csv", "day", "00"),
            ("kaigo_service:710.csv", "night", "13"),
            ("kaigo_service:710.csv", "night", "27"),
            ("facility_standards:19.xlsx", "zaishi", "19"),
        ],
        columns=["source_id", "subject", "area_code"],
    )
    widened = widen_coverage(coverage, source_key="kaigo_service")
    reach = widened.groupby("subject")["area_code"].agg(list).to_dict()
    assert reach == {"day": ["00"], "night": ["00"], "zaishi": ["19"]}


def test_a_register_cut_to_two_prefectures_reaches_both() -> None:
    coverage = pd.DataFrame(
        [
            ("kaigo_service:1.csv", "day", "19"),
            ("kaigo_service:1.csv", "day", "22"),
            ("kaigo_service:2.csv", "night", "22"),
        ],
        columns=["source_id", "subject", "area_code"],
    )
    widened = widen_coverage(coverage, source_key="kaigo_service")
    assert sorted(widened.loc[widened["subject"] == "night", "area_code"]) == ["19", "22"]


@pytest.fixture(scope="module")
def part() -> AreaTables:
    return harmonise_areas([read(name) for name in AREA_FILES], prefectures={"85"})


def test_a_service_that_only_prefectures_left_out_have_is_covered_in_a_part(
    part: AreaTables,
) -> None:
    offices = [
        ("a", "852015", "短期入所生活介護"),
        ("b", "011002", "夜間対応型訪問介護"),
    ]
    covered = []
    for number, code, service in offices:
        row = OFFICE | {
            "都道府県コード又は市町村コード": code,
            "事業所番号": number,
            "サービスの種類": service,
            "source_ref": "行 2",
        }
        frame = pd.DataFrame([row], dtype="str")
        extract = Extract(kaigo_services.NAME, "kaigo_service", "", {"offices": frame}, 1)
        done = harmonise_offices(extract, source_id=number, areas=part.index())
        assert done.issues == []
        covered += [(f"kaigo_service:{number}", kind, area) for kind, area in done.coverage]
    coverage = pd.DataFrame(covered, columns=["source_id", "subject", "area_code"])
    widened = widen_coverage(coverage, source_key="kaigo_service")
    assert widened["area_code"].tolist() == ["85", "85"]
    assert widened["subject"].nunique() == 2


def test_a_list_of_the_whole_country_covers_a_part_without_any_of_it(part: AreaTables) -> None:
    everywhere = {f"{number:02d}" for number in range(1, 48)}
    assert reached(everywhere, part.index()) == ["85"]
    assert reached({"85", "01"}, part.index()) == ["85"]
    assert reached({"01", "02"}, part.index()) == [NOWHERE]
    whole = harmonise_areas([read(name) for name in AREA_FILES], prefectures=None)
    assert reached(everywhere, whole.index()) == ["00"]


def test_rows_of_prefectures_left_out_are_not_called_unknown(part: AreaTables) -> None:
    rows = [
        ["852015", "浜辺市", "2023年", "deaths_total", "20"],
        ["011002", "札幌市", "2023年", "deaths_total", "30"],
        ["13", "東京都", "2023年", "deaths_total", "30"],
        ["hc-1301", "よその保健所", "2023年", "deaths_total", "30"],
        ["99201", "どこでもない", "2023年", "deaths_total", "30"],
    ]
    columns = ["地域コード", "地域名", "時点", "項目", "数値"]
    frame = pd.DataFrame(rows, columns=columns, dtype="str")
    frame["source_ref"] = [f"行 {number}" for number in range(1, 6)]
    extract = Extract("", "common_table", "", {"values": frame}, 5)
    done = harmonise_common(extract, source_id="s", areas=part.index())
    assert done.tables["measure"]["area_code"].tolist() == ["85201"]
    assert [issue.found for issue in done.issues] == ["99201"]


def test_memberships_of_prefectures_left_out_are_not_called_unknown() -> None:
    members = read("municipal_membership.csv")
    rows = members.frames["memberships"]
    other = rows[:1].assign(団体コード="131016", 圏域コード="1301", source_ref="行 99")
    members.frames["memberships"] = pd.concat([rows, other], ignore_index=True)
    extracts = [read(name) for name in AREA_FILES[:3]] + [members]
    told = {}
    for name, prefectures in (("whole", None), ("part", {"85"})):
        tables = harmonise_areas(extracts, prefectures=prefectures)
        told[name] = {issue.found for _, issue in tables.issues}
    assert told["whole"] - told["part"] == {"131016"}
