"""The demo goes through the whole pipeline, and what comes out agrees with its raw files."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from data.build import build_from_raw
from data.demo.raw import write_demo_raw
from data.demo.size import DemoSize
from data.demo.write_facilities import CARE_RELEASE, EARLIER_RELEASE, EARLIER_SERVICES
from data.generations import Store, open_generation

EARLIER_FORECAST = "iryo_koso_r6/zaitaku_juyo_r6.xlsx"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    write_demo_raw(folder, seed=7, size=DemoSize(0.5), progress=lambda text, share: None)
    return folder


@pytest.fixture(scope="module")
def store(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("store"))
    build_from_raw(store, raw=raw, dataset="demo")
    return store


@pytest.fixture
def con(store: Store) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_generation(store.current()) as con:
        yield con


def one(con: duckdb.DuckDBPyConnection, query: str) -> object:
    row = con.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_every_raw_file_is_loaded(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    outcomes = dict(con.execute("select file_name, outcome from build_report").fetchall())
    assert len(outcomes) == sum(path.is_file() for path in raw.rglob("*"))
    assert set(outcomes.values()) == {"loaded", "older"}
    older = [name for name, outcome in outcomes.items() if outcome == "older"]
    assert sum(EARLIER_RELEASE in name for name in older) == len(EARLIER_SERVICES)
    assert [name for name in older if EARLIER_RELEASE not in name] == [EARLIER_FORECAST]


def test_offices_by_municipality_equal_a_recount_of_the_file(
    con: duckdb.DuckDBPyConnection, raw: Path
) -> None:
    [path] = (raw / "kaigo_opendata").glob(f"jigyosho_430*{CARE_RELEASE}.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = {
            (row["事業所番号"], row["都道府県コード又は市町村コード"])
            for row in csv.DictReader(stream)
        }
    cities = {
        code
        for (code,) in con.execute(
            "select area_code from area where area_type = 'designated_city'"
        ).fetchall()
    }
    counted = Counter(
        next((city for city in cities if code[:3] == city[:3]), code[:5]) for _, code in rows
    )
    stored = dict(
        con.execute(
            "select facility_count.area_code, facilities from facility_count"
            " inner join area using (area_code) where facility_type = 'care_management_office'"
            " and area_type in ('municipality', 'designated_city') and facilities > 0"
        ).fetchall()
    )
    assert stored == dict(counted)
    assert one(
        con,
        "select facilities from facility_count where area_code = '00' and facility_type = 'care_management_office'",
    ) == len(rows)


def test_population_of_a_prefecture_equals_its_row_in_the_workbook(
    con: duckdb.DuckDBPyConnection, raw: Path
) -> None:
    sheet = load_workbook(raw / "suikei_kekka.xlsx")["Sheet1"]
    row = next(r for r in sheet.iter_rows(min_row=6, values_only=True) if r[0] == 81000)
    stored = con.execute(
        "select total from population_total where area_code = '81' and year = 2020"
    ).fetchone()
    assert stored == (float(row[5]),)


def test_prefectures_add_up_to_their_municipalities(con: duckdb.DuckDBPyConnection) -> None:
    differences = con.execute(
        """
        select whole.area_code, whole.year
        from population_total as whole
        inner join area_membership as link on link.parent_area_code = whole.area_code
        inner join population_total as part
            on part.area_code = link.area_code
            and part.year = whole.year and part.edition = whole.edition
        where link.parent_type = 'prefecture' and whole.edition = 'demo'
            and link.area_code in (
                select area_code from area where area_type in ('municipality', 'designated_city')
            )
        group by all
        having any_value(whole.age_75_plus) <> sum(part.age_75_plus)
        """
    ).fetchall()
    assert differences == []


def test_old_age_peaks_late_towns_empty_and_suburbs_age(con: duckdb.DuckDBPyConnection) -> None:
    later = one(
        con,
        """
        with peak as (
            select area_code, arg_max(year, age_75_plus) as peak_75, arg_max(year, age_85_plus) as peak_85
            from population_total where edition = 'demo' and length(area_code) = 5
            group by area_code
        )
        select avg((peak_85 > peak_75)::int) from peak
        """,
    )
    assert later > 0.8
    shrinking = one(
        con,
        """
        with pair as (
            select area_code, max(total) filter (where year = 2050) / max(total) filter (where year = 2020) as ratio
            from population_total where edition = 'demo' group by area_code
        )
        select median(ratio) from pair inner join area using (area_code) where name like '%村'
        """,
    )
    assert shrinking < 0.75


def test_small_towns_implement_fewer_items_and_say_why(con: duckdb.DuckDBPyConnection) -> None:
    rows = dict(
        con.execute(
            """
            select right(area.name, 1), avg(value)
            from observation inner join area using (area_code)
            where indicator_id = 'items_done' and period = 'FY2017'
                and area_type in ('municipality', 'designated_city')
            group by 1
            """
        ).fetchall()
    )
    assert rows["市"] > rows["村"] + 1


def test_the_merged_towns_answer_until_2018_and_the_city_alone_after(
    con: duckdb.DuckDBPyConnection,
) -> None:
    ended = "select area_code from area where valid_to = date '2019-03-31'"
    assert one(con, f"select count(*) from ({ended})") == 3
    years = con.execute(
        f"select distinct fiscal_year from survey_answer where area_code in ({ended}) order by 1"
    ).fetchall()
    assert [year for (year,) in years] == [2015, 2016, 2017, 2018]


def test_zones_do_not_nest_and_medical_areas_have_sums(con: duckdb.DuckDBPyConnection) -> None:
    assert (
        one(
            con, "select count(*) from population_total where area_code like 'm2-%' and year = 2020"
        )
        > 20
    )
    crossing = con.execute(
        """
        select centre.parent_area_code
        from area_membership as centre
        inner join area_membership as medical using (area_code)
        where centre.parent_type = 'health_center_area' and medical.parent_type = 'secondary_medical_area'
        group by 1 having count(distinct medical.parent_area_code) > 1
        """
    ).fetchall()
    assert crossing


def test_every_status_but_not_published_occurs_and_no_status_carries_a_value(
    con: duckdb.DuckDBPyConnection,
) -> None:
    statuses = {s for (s,) in con.execute("select distinct status from survey_answer").fetchall()}
    assert statuses == {"observed", "unanswered", "suppressed", "not_applicable", "missing"}
    assert (
        one(
            con,
            "select count(*) from survey_answer where (status = 'observed') <> (value is not null)",
        )
        == 0
    )


def test_sources_of_the_demo_claim_no_publisher(con: duckdb.DuckDBPyConnection) -> None:
    assert (
        one(con, "select count(*) from source where publisher <> '演習データの生成プログラム'") == 0
    )
    assert one(con, "select count(*) from source where title not like '演習データ（架空）%'") == 0


def test_the_same_seed_gives_the_same_tables(store: Store, raw: Path, tmp_path: Path) -> None:
    again = Store(tmp_path)
    build_from_raw(again, raw=raw, dataset="demo")
    ordered = "select * from {} order by all"
    for table in ("area", "population_total", "facility_count", "observation"):
        query = ordered.format(table)
        with open_generation(store.current()) as one_con, open_generation(again.current()) as other:
            assert one_con.execute(query).fetchall() == other.execute(query).fetchall(), table
