"""Men and women by age, cell by cell, against a short reading of the publisher's file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analytics.population_pyramid import editions_with_ages, pyramid_bands

pytestmark = pytest.mark.official

BY_AGE = "ipss_h30/modified_suikei_kekka.csv"
MEN, WOMEN, BANDS = 25, 44, 19  # where the blocks of a row begin, and how many bands they have
# stored code: code in the file, for prefecture, designated city, ward, city and village
SAMPLE = {"13": "13000", "07": "7000", "14100": "14100", "01101": "1101", "19201": "19201",
          "13307": "13307"}  # fmt: skip


@pytest.fixture(scope="module")
def rows(official_raw: Path) -> dict[tuple[str, int], list[str]]:
    with (official_raw / BY_AGE).open(encoding="utf-8-sig", newline="") as stream:
        return {(row[0], int(row[4][:4])): row for row in list(csv.reader(stream))[1:]}


@pytest.fixture(scope="module")
def con(official_store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    generation = official_store / "generations" / (official_store / "CURRENT").read_text().strip()
    with duckdb.connect(str(generation), read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("code", SAMPLE)
def test_every_band_of_an_area_is_that_of_the_file(
    con: duckdb.DuckDBPyConnection, rows: dict[tuple[str, int], list[str]], code: str
) -> None:
    found = pyramid_bands(con, area_code=code, edition="ipss2018")
    assert found["year"].nunique() == 7
    for year, own in found.groupby("year"):
        printed = rows[SAMPLE[code], int(str(year))]
        for sex, start in (("male", MEN), ("female", WOMEN)):
            wanted = [float(value) for value in printed[start : start + BANDS]]
            assert own.sort_values("age_from")[sex].tolist() == wanted


def test_the_nation_is_the_sum_of_the_prefectures(
    con: duckdb.DuckDBPyConnection, rows: dict[tuple[str, int], list[str]]
) -> None:
    found = pyramid_bands(con, area_code="00", edition="ipss2018")
    old = found[(found["year"] == 2040) & (found["age_from"] == 90)]
    prefectures = [rows[str(1000 * number), 2040] for number in range(1, 48)]
    assert float(old["male"].iloc[0]) == sum(float(row[MEN + 18]) for row in prefectures)
    assert float(old["female"].iloc[0]) == sum(float(row[WOMEN + 18]) for row in prefectures)


def test_a_municipality_that_the_edition_does_not_tell_has_none(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert pyramid_bands(con, area_code="07201", edition="ipss2018").empty
    assert pyramid_bands(con, area_code="13", edition="ipss2023").empty
    assert editions_with_ages(con) == ("ipss2018",)
