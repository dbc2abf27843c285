"""Projected people, cell by cell, against an independent reading of the same files."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from data.extract import RawFile, ipss_age_csv, ipss_total_csv, recognise
from data.harmonise import Harmonised
from data.harmonise.areas import AreaIndex, harmonise_areas
from data.harmonise.population import harmonise_population

pytestmark = pytest.mark.official

BY_AGE = "ipss_h30/modified_suikei_kekka.csv"
TOTALS = "ipss_r5/ipss_r5_total_derived.csv"
SAMPLE = ["1100", "1101", "7000", "13101", "19201", "22130", "34208", "40305", "47382"]


def raw(folder: Path, name: str) -> RawFile:
    return RawFile(folder / name, name)


@pytest.fixture(scope="module")
def index(official_raw: Path) -> AreaIndex:
    finer = sorted((official_raw / "n03_2021/geojson_s0010").glob("N03-21_*.json"))
    names = [
        *(path.relative_to(official_raw).as_posix() for path in finer),
        "n03_2024/shizuoka.geojson",
        "n03_2024/shizuoka_wards.geojson",
        "municipal_master/municipal_changes.json",
    ]
    extracts = []
    for name in names:
        layout = recognise(raw(official_raw, name))
        assert layout is not None
        extracts.append(layout.read(raw(official_raw, name)))
    return harmonise_areas(extracts, prefectures=None).index()


@pytest.fixture(scope="module")
def by_age(official_raw: Path, index: AreaIndex) -> Harmonised:
    extract = ipss_age_csv.read(raw(official_raw, BY_AGE))
    return harmonise_population(extract, source_id="s", areas=index)


@pytest.fixture(scope="module")
def totals(official_raw: Path, index: AreaIndex) -> Harmonised:
    extract = ipss_total_csv.read(raw(official_raw, TOTALS))
    return harmonise_population(extract, source_id="s", areas=index)


@pytest.mark.parametrize("code", SAMPLE)
def test_every_cell_of_a_sample_of_areas(official_raw: Path, by_age: Harmonised, code: str) -> None:
    stored = {"1100": "01100", "1101": "01101", "7000": "07", "40305": "40231"}.get(code, code)
    table = by_age.tables["population"]
    own = table[table["area_code"] == stored]
    with (official_raw / BY_AGE).open(encoding="utf-8-sig", newline="") as stream:
        lines = [row for row in csv.reader(stream) if row[0] == code]
    assert len(lines) == 7
    for line in lines:
        year = int(line[4][:4])
        rows = own[own["year"] == year]
        assert len(rows) == 1 + 3 * 19
        whole = rows[(rows["age_from"] == 0) & rows["age_to"].isna()]
        assert whole["persons"].tolist() == [float(line[5])]
        for block, sex in enumerate(("total", "male", "female")):
            bands = rows[(rows["sex"] == sex) & ~rows.index.isin(whole.index)]
            printed = [float(cell) for cell in line[6 + 19 * block : 25 + 19 * block]]
            assert bands.sort_values("age_from")["persons"].tolist() == printed
        assert set(rows["is_projection"]) == {year != 2015}


def test_all_rows_are_there(by_age: Harmonised) -> None:
    table = by_age.tables["population"]
    assert len(table) == 12_999 * (1 + 3 * 19)
    assert by_age.issues == []


def test_fukushima_is_projected_as_a_prefecture_only(by_age: Harmonised) -> None:
    codes = by_age.tables["population"]["area_code"]
    assert set(codes[codes.str.startswith("07")]) == {"07"}
    covered = {code for _, code in by_age.coverage}
    assert len(covered) == 46
    assert "07" not in covered


def test_totals_add_up_to_the_published_sum(totals: Harmonised, index: AreaIndex) -> None:
    """104,379,158 in 2050 without 浜通り, which the file lacks."""
    table = totals.tables["population"]
    whole = table[(table["age_from"] == 0) & table["age_to"].isna() & (table["year"] == 2050)]
    municipal = pd.Series(
        [index.city_of(code) == code for code in whole["area_code"]], index=whole.index
    )
    assert whole[municipal]["persons"].sum() == 104_379_158
    assert totals.issues == []


def test_three_groups_of_2050_add_up_to_the_total(totals: Harmonised) -> None:
    table = totals.tables["population"]
    last = table[table["year"] == 2050]
    whole = (last["age_from"] == 0) & last["age_to"].isna()
    total = last[whole].set_index("area_code")["persons"]
    groups = last[~whole].groupby("area_code")["persons"].agg(["sum", "size"])
    assert set(groups["size"]) == {3}
    assert ((groups["sum"] - total).abs() <= 2).all()
    assert set(table["year"]) == {2020, 2025, 2030, 2035, 2040, 2045, 2050}


def test_hamamatsu_only_as_a_city(by_age: Harmonised, totals: Harmonised) -> None:
    codes = set(by_age.tables["population"]["area_code"])
    assert {code for code in codes if code.startswith("2213") or code == "22140"} == {"22130"}
    newer = set(totals.tables["population"]["area_code"])
    assert newer.isdisjoint({"22138", "22139"})
