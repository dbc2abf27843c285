"""Measures of the population page, cell by cell, against a short reading of the raw files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest

from analytics.population_measures import group_series, measure_parts, measure_series, peaks

pytestmark = pytest.mark.official

BY_AGE = "ipss_h30/modified_suikei_kekka.csv"
TOTALS = "ipss_r5/ipss_r5_total_derived.csv"
ALL, MEN, WOMEN = 6, 25, 44  # where the 19 bands of a row begin
YOUNG, WORKING = range(3), range(3, 13)
OLD_65, OLD_75, OLD_85 = range(13, 19), range(15, 19), range(17, 19)
Row = list[str]


@cache
def by_age(raw: Path) -> dict[tuple[str, int], Row]:
    with (raw / BY_AGE).open(encoding="utf-8-sig", newline="") as stream:
        return {(row[0], int(row[4][:4])): row for row in list(csv.reader(stream))[1:]}


@cache
def totals(raw: Path) -> dict[str, dict[str, str]]:
    with (raw / TOTALS).open(encoding="utf-8-sig", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


def people(row: Row, bands: range, block: int = ALL) -> float:
    return sum(float(row[block + band]) for band in bands)


@pytest.fixture(scope="module")
def con(official_store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    generation = official_store / "generations" / (official_store / "CURRENT").read_text().strip()
    with duckdb.connect(str(generation), read_only=True) as opened:
        yield opened


def value(
    con: duckdb.DuckDBPyConnection,
    code: str,
    year: int,
    measure: str,
    form: str = "persons",
    base: int | None = None,
    edition: str = "ipss2018",
) -> float:
    frame = measure_series(con, area_codes=(code,), edition=edition, measure=measure, form=form,
                           base_year=base)  # fmt: skip
    return float(frame.loc[frame["year"] == year, "value"].iloc[0])


# prefecture, city, designated city, ward, village, special ward, a city whose code has changed,
# a prefecture without municipalities, the city whose wards are new: code here, code in the file
AREAS = {
    "19": "19000",
    "19201": "19201",
    "01100": "1100",
    "01101": "1101",
    "19424": "19424",
    "13101": "13101",
    "40231": "40305",
    "07": "7000",
    "22130": "22130",
}


@pytest.mark.parametrize(("code", "in_file"), AREAS.items())
@pytest.mark.parametrize("year", [2015, 2030, 2045])
def test_every_measure_of_areas_of_every_kind(
    con: duckdb.DuckDBPyConnection, official_raw: Path, code: str, in_file: str, year: int
) -> None:
    row, base = by_age(official_raw)[in_file, year], by_age(official_raw)[in_file, 2020]
    total, old = float(row[5]), people(row, OLD_75)
    assert value(con, code, year, "total") == total
    assert value(con, code, year, "age_0_14") == people(row, YOUNG)
    assert value(con, code, year, "age_15_64") == people(row, WORKING)
    assert value(con, code, year, "age_65_plus") == people(row, OLD_65)
    assert value(con, code, year, "age_75_plus") == old
    assert value(con, code, year, "age_85_plus") == people(row, OLD_85)
    assert value(con, code, year, "band_40_44") == float(row[ALL + 8])
    assert value(con, code, year, "band_90_plus") == float(row[ALL + 18])
    assert value(con, code, year, "age_75_plus", "share") == pytest.approx(100 * old / total)
    index = 100 * old / people(base, OLD_75)
    assert value(con, code, year, "age_75_plus", "index", 2020) == pytest.approx(index)
    assert value(con, code, year, "age_75_plus", "growth", 2020) == pytest.approx(index - 100)
    ratio = people(row, WORKING) / old
    assert value(con, code, year, "workers_per_75plus") == pytest.approx(ratio)
    every = range(19)
    men = 100 * people(row, every, MEN) / people(row, every, WOMEN)
    assert value(con, code, year, "sex_ratio") == pytest.approx(men)


def test_the_nation_is_the_sum_of_the_prefectures(
    con: duckdb.DuckDBPyConnection, official_raw: Path
) -> None:
    rows = [row for (code, year), row in by_age(official_raw).items()
            if row[1] == "a" and year == 2045]  # fmt: skip
    assert len(rows) == 47
    assert value(con, "00", 2045, "total") == sum(float(row[5]) for row in rows)
    assert value(con, "00", 2045, "band_85_89") == sum(float(row[ALL + 17]) for row in rows)
    men, women = (sum(people(row, range(19), sex) for row in rows) for sex in (MEN, WOMEN))
    assert value(con, "00", 2045, "sex_ratio") == pytest.approx(100 * men / women)


def test_a_planning_area_and_a_chosen_group_are_sums_of_their_municipalities(
    con: duckdb.DuckDBPyConnection, official_raw: Path
) -> None:
    members = ("41202", "41204", "41208")
    rows = [by_age(official_raw)[code, 2040] for code in members]
    frame = group_series(con, groups=(("g", "群", members),), edition="ipss2018",
                         measure="age_85_plus", form="share")  # fmt: skip
    share = 100 * sum(people(row, OLD_85) for row in rows) / sum(float(row[5]) for row in rows)
    assert frame.loc[frame["year"] == 2040, "value"].iloc[0] == pytest.approx(share)
    north = [by_age(official_raw)[code, 2040] for code in ("41203", "41341")]
    known = con.execute(
        "select list(descendant_code order by descendant_code) from area_descendant"
        " where ancestor_code = 'kk-4102' and level = 'municipality'"
    ).fetchone()
    rows = [by_age(official_raw)[code, 2040] for code in (known[0] if known else [])]
    assert {row[0] for row in rows} >= {row[0] for row in north}
    band = sum(float(row[ALL + 16]) for row in rows)
    assert value(con, "kk-4102", 2040, "band_80_84") == band


@pytest.mark.parametrize("code", ["01100", "19201", "19424", "13101", "07201", "22130", "22140"])
@pytest.mark.parametrize("year", [2020, 2035, 2050])
def test_totals_of_the_newer_edition(
    con: duckdb.DuckDBPyConnection, official_raw: Path, code: str, year: int
) -> None:
    row = totals(official_raw)[code]
    printed = float(row[f"p{year}"])
    assert value(con, code, year, "total", edition="ipss2023") == printed
    growth = 100 * printed / float(row["p2020"]) - 100
    found = value(con, code, year, "total", "growth", 2020, "ipss2023")
    assert found == pytest.approx(growth)
    if year == 2050:
        old = float(row["elderly2050"])
        assert value(con, code, year, "age_65_plus", edition="ipss2023") == old
        share = value(con, code, year, "age_65_plus", "share", edition="ipss2023")
        assert share == pytest.approx(100 * old / printed)


@pytest.mark.parametrize(
    ("code", "edition"),
    [("07", "ipss2023"), ("00", "ipss2023"), ("07204", "ipss2023"), ("07201", "ipss2018"),
     ("22138", "ipss2018"), ("22139", "ipss2023"), ("01695", "ipss2018")],
)  # fmt: skip
def test_what_no_file_tells_is_not_made_up(
    con: duckdb.DuckDBPyConnection, code: str, edition: str
) -> None:
    frame = measure_series(con, area_codes=(code,), edition=edition, measure="total",
                           form="persons")  # fmt: skip
    assert frame["value"].notna().sum() == 0


def test_all_municipalities_of_a_prefecture(
    con: duckdb.DuckDBPyConnection, official_raw: Path
) -> None:
    frame = measure_parts(con, area_code="19", level="municipality", edition="ipss2018",
                          measure="age_85_plus", form="persons")  # fmt: skip
    known = {(row.area_code, row.year): row.value for row in frame.itertuples()}
    assert len(known) == 27 * 7
    assert known == {
        (code, year): people(row, OLD_85)
        for (code, year), row in by_age(official_raw).items()
        if code.startswith("19") and len(code) == 5 and code != "19000"
    }


def test_the_year_of_the_peak(con: duckdb.DuckDBPyConnection, official_raw: Path) -> None:
    found = peaks(con, area_codes=("19",), edition="ipss2018", measure="age_85_plus").iloc[0]
    course = {year: people(row, OLD_85) for (code, year), row in by_age(official_raw).items()
              if code == "19000"}  # fmt: skip
    top = max(course, key=lambda year: course[year])
    assert (found["peak_year"], found["peak_persons"]) == (top, course[top])
    assert found["rise_percent"] == pytest.approx(100 * course[top] / course[2015] - 100)
    assert bool(found["at_end"]) == (top == 2045)
