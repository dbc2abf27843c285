"""The whole official build: what is loaded, what is not, and figures that were published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.generations import Store, open_generation
from tests.golden.recount import DESIGNATED_CITIES

pytestmark = [pytest.mark.official, pytest.mark.slow]


@pytest.fixture
def con(official_store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_generation(Store(official_store).current()) as con:
        yield con


def one(con: duckdb.DuckDBPyConnection, query: str) -> object:
    row = con.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_every_file_has_its_line_in_the_report(
    con: duckdb.DuckDBPyConnection, official_raw: Path
) -> None:
    reported = {name for (name,) in con.execute("select file_name from build_report").fetchall()}
    files = {p.relative_to(official_raw).as_posix() for p in official_raw.rglob("*") if p.is_file()}
    assert reported == files - {"README.md"}
    outcomes = dict(con.execute("select outcome, count(*) from build_report group by 1").fetchall())
    assert set(outcomes) == {"loaded", "not_used"}
    assert (
        one(con, "select count(*) from build_report where outcome = 'not_used' and reason is null")
        == 0
    )


def test_there_are_1741_municipalities_and_the_six_northern_villages(
    con: duckdb.DuckDBPyConnection,
) -> None:
    count = one(
        con,
        "select count(*) from area where valid_to is null and area_type in ('municipality', 'designated_city')",
    )
    assert count == 1741 + 6
    cities = {
        c
        for (c,) in con.execute(
            "select area_code from area where area_type = 'designated_city' and valid_to is null"
        ).fetchall()
    }
    assert cities == set(DESIGNATED_CITIES.split())


@pytest.mark.parametrize(
    ("year", "total", "aged_75"),
    [(2015, 127_094_745, 16_322_237), (2045, 106_421_185, 22_766_643)],
)
def test_the_nation_is_the_sum_of_its_prefectures(
    con: duckdb.DuckDBPyConnection, year: int, total: int, aged_75: int
) -> None:
    row = con.execute(
        "select total, age_75_plus, basis from population_total"
        " where area_code = '00' and edition = 'ipss2018' and year = $year",
        {"year": year},
    ).fetchone()
    assert row == (total, aged_75, "sum")


def test_no_national_total_of_2023_since_fukushima_lacks_thirteen_towns(
    con: duckdb.DuckDBPyConnection,
) -> None:
    found = {
        code
        for (code,) in con.execute(
            "select area_code from population_total where edition = 'ipss2023' and total is not null"
        ).fetchall()
    }
    assert not found & {"00", "07", "07204"}
    assert {"06", "07201", "22130"} <= found


def test_nothing_is_counted_where_nothing_was_read(con: duckdb.DuckDBPyConnection) -> None:
    covered = con.execute(
        "select distinct left(area_code, 2) from facility_count"
        " where facility_type = 'home_care_support_clinic' and length(area_code) in (2, 5)"
    ).fetchall()
    assert sorted(code for (code,) in covered) == ["16", "19", "31"]
    for unread in ("clinic", "visiting_nurse_station", "care_management_office"):
        assert (
            one(con, f"select count(*) from facility_count where facility_type = '{unread}'") == 0
        )
    assert one(con, "select count(*) from survey_answer") == 0


def test_a_rare_service_is_an_observed_zero_elsewhere(con: duckdb.DuckDBPyConnection) -> None:
    rows = dict(
        con.execute(
            "select area_code, facilities from facility_count"
            " where facility_type = 'night_home_help_office' and length(area_code) = 2"
        ).fetchall()
    )
    assert len(rows) == 48
    assert rows["00"] == 207
    assert 0 in rows.values()


def test_no_capacity_is_a_typed_date(con: duckdb.DuckDBPyConnection) -> None:
    assert one(con, "select max(capacity) from facility") < 2_000


def test_all_wide_area_unions_are_kept_apart(con: duckdb.DuckDBPyConnection) -> None:
    assert one(con, "select count(*) from area where area_type = 'insurer'") == 40
    assert one(
        con,
        "select sum(value) from measure where measure_id = 'certified_1st' and area_code = '00'",
    ) == one(
        con,
        "select sum(value) from measure where measure_id = 'certified_1st' and length(area_code) = 2 and area_code <> '00'",
    )
