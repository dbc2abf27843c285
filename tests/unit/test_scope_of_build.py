"""What a build of some prefectures, or of one register in many files, may claim."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from data.harmonise.areas import AreaTables
from data.harmonise.scope import name_the_whole, widen_coverage, without_nation


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
