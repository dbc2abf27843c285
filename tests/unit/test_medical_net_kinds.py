"""The five kinds of institutions, with the columns of the official definition of each."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from data.extract import RawFile, medical_net, recognise
from data.harmonise.facilities import harmonise_institutions
from tests.unit.area_stand import area_stand

PLACE = ["機関区分", "都道府県コード", "市区町村コード", "所在地"]
POINT = ["所在地座標（緯度）", "所在地座標（経度）"]
NAMED = [
    "ID", "正式名称", "正式名称（フリガナ）", "略称", "略称（フリガナ）", "英語表記（ローマ字表記）",
    *PLACE, *POINT, "案内用ホームページアドレス",
]  # fmt: skip
BEDS = [
    "一般病床",
    "療養病床",
    "療養病床のうち医療保険適用",
    "療養病床のうち介護保険適用",
    "合計病床数",
]
COLUMNS = {
    "02-1_clinic_facility_info": [*NAMED, "毎週決まった曜日に休診（月）", *BEDS],
    "03-1_dental_facility_info": [*NAMED, "毎週決まった曜日に休診（月）", "祝日に休診"],
    "04_maternity_home": [
        *NAMED, "毎週決まった曜日に休業（月）", "祝_外来受付時間帯3_終了時間",
    ],
    "05_pharmacy": [
        "ID", "名称", "フリガナ", "ローマ字", *PLACE, *POINT, "薬局のホームページアドレス",
        "営業日（月）", "定期閉店毎週（月）", "祝_開店時間帯4_終了時間",
    ],
}  # fmt: skip
TYPES = ["clinic", "dental_clinic", "maternity_home", "pharmacy"]
CELLS = {
    "ID": "8120100001",
    "正式名称": "見本",
    "名称": "見本",
    "正式名称（フリガナ）": "ミホン",
    "フリガナ": "ミホン",
    "都道府県コード": "81",
    "市区町村コード": "101",
    "所在地": "東見本県中央市北区一丁目",
    "所在地座標（緯度）": "30.5",
    "所在地座標（経度）": "135.5",
    "一般病床": "12",
    "療養病床": "7",
    "療養病床のうち医療保険適用": "7",
    "合計病床数": "19",
}


def write(path: Path, kind: str, division: str) -> RawFile:
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(COLUMNS[kind])
    table.writerow([division if c == "機関区分" else CELLS.get(c, "") for c in COLUMNS[kind]])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{kind}_20260601.csv", text.getvalue().encode("utf-8-sig"))
    return RawFile(path, path.name)


@pytest.mark.parametrize(
    ("kind", "division", "facility_type"),
    [(kind, str(n), name) for n, (kind, name) in enumerate(zip(COLUMNS, TYPES, strict=True), 2)],
)
def test_each_kind_becomes_its_facility_type(
    tmp_path: Path, kind: str, division: str, facility_type: str
) -> None:
    file = write(tmp_path / f"{kind}_20260601.csv.zip", kind, division)
    assert recognise(file) is medical_net
    extract = medical_net.read(file)
    assert extract.vintage == "令和8年(2026年)6月1日時点"
    labels = set(extract.frames["institutions"].columns)
    assert not [label for label in labels if "時間帯" in label or "(月)" in label]
    done = harmonise_institutions(extract, source_id="s", areas=area_stand())
    row = done.tables["facility"].iloc[0]
    assert row[["name", "facility_type", "area_code", "ward_code"]].tolist() == [
        "見本",
        facility_type,
        "81100",
        "81101",
    ]
    assert json.loads(row["attributes"])["name_kana"] == "ミホン"
    assert done.coverage == [(facility_type, "81")]
    assert done.issues == []


def test_beds_of_a_clinic_are_its_capacity(tmp_path: Path) -> None:
    kind = "02-1_clinic_facility_info"
    extract = medical_net.read(write(tmp_path / "a.zip", kind, "2"))
    table = harmonise_institutions(extract, source_id="s", areas=area_stand()).tables["facility"]
    assert table.loc[0, "capacity"] == 19
    beds = json.loads(table.loc[0, "attributes"])["beds_by_kind"]
    assert beds == {"一般病床": 12, "療養病床": 7}


def test_a_pharmacy_has_no_capacity(tmp_path: Path) -> None:
    extract = medical_net.read(write(tmp_path / "a.zip", "05_pharmacy", "5"))
    table = harmonise_institutions(extract, source_id="s", areas=area_stand()).tables["facility"]
    assert pd.isna(table.loc[0, "capacity"])
