"""Certified persons, their rates and the workforce, reckoned again from the publishers' files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from analytics.demand import demand_headline, demand_series
from analytics.demand_bands import age_persons
from analytics.demand_rates import certified_rates
from analytics.demand_weights import weight_bands, weighted_demand
from analytics.workforce import with_workforce
from data.generations import Store
from tests.golden import recount

pytestmark = pytest.mark.official

IPSS = "ipss_h30/modified_suikei_kekka.csv"
INSURED = "kaigo_hoken_jigyo_jokyo/02h.xlsx"
CERTIFIED = "kaigo_hoken_jigyo_jokyo/04-1-1h.xlsx"
# code in the store, code in the projection, prefecture and insurer in the reports
PLACES = {
    "01100": ("1100", "北海道", "札幌市"),  # designated city
    "13101": ("13101", "東京都", "千代田区"),  # special ward
    "13206": ("13206", "東京都", "府中市"),  # a name that two prefectures have
    "34208": ("34208", "広島県", "府中市"),
    "19430": ("19430", "山梨県", "富士河口湖町"),
    "22130": ("22130", "静岡県", "浜松市"),
    "10383": ("10383", "群馬県", "南牧村"),  # the oldest village
    "47201": ("47201", "沖縄県", "那覇市"),
}
PUBLISHED = {"65～69": 2.8, "70～74": 5.5, "75～79": 12.4, "80～84": 26.4, "85～89": 48.1,
             "90歳以上": 72.7}  # fmt: skip
YEARS = (2015, 2030, 2040, 2045)


@pytest.fixture
def con(official_store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(Store(official_store).current()), read_only=True) as connection:
        yield connection


@cache
def projection(path: Path) -> dict[tuple[str, int], dict[str, int]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {
            (row["コード"], int(row["年"].removesuffix("年"))): {
                name.removesuffix("/a").removesuffix("歳"): int(value)
                for name, value in row.items()
                if name.endswith("/a")
            }
            for row in csv.DictReader(stream)
        }


def ages(raw: Path, code: str, year: int) -> dict[str, int]:
    """Return persons by age class; the nation is the sum of the prefectures."""
    table = projection(raw / IPSS)
    if code != "00":
        return table[code, year]
    rows = [table[f"{number}000", year] for number in range(1, 48)]
    return {name: sum(row[name] for row in rows) for name in rows[0]}


def between(people: dict[str, int], first: int, last: int) -> int:
    starts = {name: int(name.split("～")[0].removesuffix("歳以上")) for name in people}
    return sum(persons for name, persons in people.items() if first <= starts[name] <= last)


@cache
def report(path: Path, sheet: int, column: int) -> dict[tuple[str, str], float]:
    book = load_workbook(path, read_only=True)
    rows = book.worksheets[sheet].iter_rows(min_row=6, values_only=True)
    found = {}
    for row in rows:
        if row[0] and isinstance(row[column], (int, float)):
            found["".join(str(row[0]).split()), str(row[1] or "")] = float(row[column])
    return found


def reported_rates(raw: Path, prefecture: str, insurer: str) -> list[float]:
    key = (prefecture, insurer)
    certified = [sum(report(raw / CERTIFIED, sheet, 9)[key] for sheet in sheets)
                 for sheets in ((2, 3), (4, 5), (6, 7))]  # fmt: skip
    insured = [report(raw / INSURED, 0, column)[key] for column in (3, 4, 5)]
    return [100 * c / i for c, i in zip(certified, insured, strict=True)]


@pytest.mark.parametrize("code", PLACES)
def test_own_rates_and_certified_persons(
    con: duckdb.DuckDBPyConnection, official_raw: Path, code: str
) -> None:
    short, prefecture, insurer = PLACES[code]
    expected = reported_rates(official_raw, prefecture, insurer)
    found = certified_rates(con, area_codes=[code]).iloc[0]
    assert [found[c] for c in ("age_65_74", "age_75_84", "age_85_plus")] == pytest.approx(expected)
    series = demand_series(con, area_codes=(code,), edition="ipss2018", rates="own")
    by_year = with_workforce(series, per="certified").set_index("year")
    for year in YEARS:
        people = ages(official_raw, short, year)
        classes = [between(people, 65, 74), between(people, 75, 84), between(people, 85, 120)]
        certified = sum(n * rate / 100 for n, rate in zip(classes, expected, strict=True))
        assert by_year.loc[year, "certified"] == pytest.approx(certified)
        assert by_year.loc[year, "value"] == pytest.approx(between(people, 20, 64) / certified)


def test_the_nation_by_the_reports_and_by_the_published_rates(
    con: duckdb.DuckDBPyConnection, official_raw: Path
) -> None:
    expected = reported_rates(official_raw, "全国", "")
    found = certified_rates(con, area_codes=["00"]).iloc[0]
    assert [found[c] for c in ("age_65_74", "age_75_84", "age_85_plus")] == pytest.approx(expected)
    series = demand_series(con, area_codes=("00",), edition="ipss2018", rates="national_2020")
    by_year = series.set_index("year")["certified"]
    for year in YEARS:
        people = ages(official_raw, "00", year)
        certified = sum(people[name] * rate / 100 for name, rate in PUBLISHED.items())
        assert by_year[year] == pytest.approx(certified)


@pytest.mark.parametrize("code", ["01100", "10383", "47201"])
def test_weighted_indexes(con: duckdb.DuckDBPyConnection, official_raw: Path, code: str) -> None:
    def demand(year: int) -> tuple[float, float]:
        people = ages(official_raw, PLACES[code][0], year)
        young, adult, middle = (between(people, *b) for b in ((0, 14), (15, 39), (40, 64)))
        older, oldest = between(people, 65, 74), between(people, 75, 120)
        medical = young * 0.6 + adult * 0.4 + middle * 1.0 + older * 2.3 + oldest * 3.9
        return medical, middle * 1.0 + older * 9.7 + oldest * 87.3

    persons = age_persons(con, area_codes=[code], edition="ipss2018", bands=weight_bands())
    for place, weights in enumerate(("jmap_medical", "jmap_care")):
        frame = weighted_demand(persons, weights=weights, base_year=2020).set_index("year")
        for year in YEARS:
            expected = 100 * demand(year)[place] / demand(2020)[place]
            assert frame.loc[year, "value"] == pytest.approx(expected)


def test_the_headline_of_a_prefecture_adds_its_planning_areas(
    con: duckdb.DuckDBPyConnection, official_raw: Path
) -> None:
    printed = recount.home_visits(official_raw / "iryo_koso_r7/001728462.xlsx")
    rows = [values for area, values in printed.items() if area.startswith("19")]
    assert len(rows) == 4
    found = demand_headline(con, area_code="19", edition="ipss2018")
    visits = found[found["item"] == "homevisit"].set_index("year")
    assert visits.loc[2030, "value"] == pytest.approx(sum(row[1] for row in rows))
    assert visits.loc[2040, "value"] == pytest.approx(sum(row[3] for row in rows))


def test_an_edition_without_ages_gives_no_certified_persons(
    con: duckdb.DuckDBPyConnection,
) -> None:
    series = demand_series(con, area_codes=("13101", "13"), edition="ipss2023", rates="own")
    assert len(series) == 14
    assert series["certified"].isna().all()
