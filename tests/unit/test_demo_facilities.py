"""The demo's offices: where people live, rarer in villages, and printed as publishers print."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from data.catalogue import load_catalogue
from data.demo.facilities import make_facilities
from data.demo.people import persons_from, settled_rows
from data.demo.write_facilities import write_facilities
from data.harmonise.codes import check_digit
from tests.demo_small import SEED, small_facilities, small_region

CARE_COLUMNS = 24
OUTSIDE = {("0.000000000000000", "0.000000000000000"), ("35.000000000000000", "13.700000000000000")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a raw folder with the facilities written into it."""
    directory = tmp_path_factory.mktemp("facilities")
    write_facilities(small_facilities(), small_region(), directory)
    return directory


def care_rows(folder: Path, service_code: str) -> list[list[str]]:
    """Return the lines of one service's file without its header."""
    path = next((folder / "kaigo_opendata").glob(f"jigyosho_{service_code}_*.csv"))
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def per_10k(service_codes: set[str], kinds: set[str]) -> float:
    """Return offices per 10,000 aged 75+ over all areas of some kinds."""
    areas = settled_rows(small_region())
    areas = areas[areas["kind"].isin(kinds)]
    people = persons_from(small_region(), 2025, 75)[areas["area_code"]].sum()
    care = small_facilities().care
    found = care[care["area_code"].isin(areas["area_code"])]
    return 10_000 * found["service_code"].isin(service_codes).sum() / people


def test_every_common_service_occurs() -> None:
    codes = set(small_facilities().care["service_code"])
    common = {"110", "120", "130", "140", "150", "160", "170", "210", "220", "320", "331", "410"}
    common |= {"430", "510", "520", "540", "550", "720", "730", "760", "770", "780", "332", "334"}
    assert len(common) == 24
    assert common <= codes


def test_density_follows_people_aged_75_plus() -> None:
    people = persons_from(small_region(), 2025, 75)
    counts = small_facilities().care["area_code"].value_counts()
    joined = pd.concat([people, counts], axis=1, join="inner")
    assert np.corrcoef(np.log(joined.to_numpy(dtype=float).T))[0, 1] > 0.85


def test_advanced_services_are_rarer_in_small_places() -> None:
    cities, small = {"metropolis", "core_city"}, {"town", "village", "island"}
    assert per_10k({"760", "770"}, cities) > 3 * per_10k({"760", "770"}, small)
    assert per_10k({"510"}, cities) < per_10k({"510"}, small)


def test_some_villages_have_no_visiting_nurses() -> None:
    areas = settled_rows(small_region())
    villages = set(areas.loc[areas["kind"].isin(["village", "island"]), "area_code"])
    care = small_facilities().care
    served = set(care.loc[care["service_code"] == "130", "area_code"])
    assert villages - served
    assert {code for code in areas["area_code"] if code not in villages} & served


def test_care_file_has_the_published_shape(folder: Path) -> None:
    path = next((folder / "kaigo_opendata").glob("jigyosho_120_*.csv"))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in path.read_bytes()
    rows = care_rows(folder, "120")
    assert {len(row) for row in rows} == {CARE_COLUMNS}
    assert {row[6] for row in rows} == {"訪問入浴介護"}
    assert all(row[1] == row[15] for row in rows)
    assert all(row[0][5] == check_digit(row[0][:5]) for row in rows)


def test_wards_stand_in_place_of_their_city(folder: Path) -> None:
    towns = small_region().municipalities
    wards = towns[towns["city_code"].notna() & (towns["city_code"] != "")]
    printed = {row[0][:5] for row in care_rows(folder, "430")}
    assert printed & set(wards["area_code"])
    assert not printed & set(wards["city_code"])


def test_dirty_rows_are_few_and_as_documented(folder: Path) -> None:
    wrong = [row for row in care_rows(folder, "110") if row[0][5] != check_digit(row[0][:5])]
    assert len(wrong) == 1
    outside = [row for row in care_rows(folder, "130") if (row[9], row[10]) in OUTSIDE]
    assert len(outside) == 2
    numbers = [row[1] for row in care_rows(folder, "170")]
    assert len(numbers) - len(set(numbers)) == 1
    capacities = [row[18] for row in care_rows(folder, "150")]
    missing = sum(capacity in ("", "0") for capacity in capacities)
    assert 0 < missing < 0.15 * len(capacities)


def test_hospital_file_has_the_published_shape(folder: Path) -> None:
    path = folder / "iryo_joho_net" / "01-1_hospital_facility_info_20251201.zip"
    with zipfile.ZipFile(path) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert len(header) == 65
    assert header[6:12] == [
        "機関区分",
        "都道府県コード",
        "市区町村コード",
        "所在地",
        "所在地座標（緯度）",
        "所在地座標（経度）",
    ]
    assert header[-1] == "合計病床数"
    assert {len(row) for row in rows} == {65}
    unplaced = [row for row in rows if (row[10], row[11]) == ("0.0", "0.0")]
    assert 0 < len(unplaced) < 0.1 * len(rows)
    assert sum(row[-1] == "" for row in rows) == 1
    assert all(
        int(row[57]) + int(row[58]) + int(row[61]) == int(row[-1]) for row in rows if row[-1]
    )


def test_divisions_tell_the_kinds_of_institution(folder: Path) -> None:
    found = {}
    for path in (folder / "iryo_joho_net").iterdir():
        with zipfile.ZipFile(path) as archive:
            rows = list(csv.reader(io.StringIO(archive.read(archive.namelist()[0]).decode())))[1:]
        found[path.name[:2]] = {row[6] for row in rows}
    assert found == {"01": {"1"}, "02": {"2"}, "03": {"3"}, "05": {"5"}}


def test_filings_name_grades_and_hide_the_municipality(folder: Path) -> None:
    rows: list[list[object]] = []
    for path in (folder / "kouseikyoku").iterdir():
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("Sheet1")
        table = sheet.to_python(skip_empty_area=False)
        assert "現在" in str(table[1][0])
        assert table[3][:5] == ["項番", "都道府県コード", "都道府県名", "区分", "医療機関番号"]
        rows += table[4:]
    assert {row[20] for row in rows} == {""}
    assert not any(str(row[9]).startswith(str(row[2])) for row in rows)
    symbols = {str(row[14]) for row in rows}
    assert {"支援診１", "支援診２", "支援診３", "支援病２", "支援病３"} <= symbols
    grades: dict[tuple[object, object], set[object]] = {}
    for row in rows:
        if str(row[14]).startswith("支援診"):
            grades.setdefault((row[1], row[4]), set()).add(row[14])
    assert any(len(found) == 2 for found in grades.values())


def test_same_seed_gives_the_same_offices() -> None:
    again = make_facilities(small_region(), np.random.default_rng(SEED))
    pd.testing.assert_frame_equal(again.care, small_facilities().care)
    pd.testing.assert_frame_equal(again.medical, small_facilities().medical)


def test_every_service_name_is_in_the_catalogue() -> None:
    names = set(small_facilities().care["service_name"])
    catalogue = load_catalogue()
    assert [name for name in names if catalogue.facility_type_of(name) is None] == []
