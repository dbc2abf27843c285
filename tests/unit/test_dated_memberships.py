"""Medical areas that were drawn anew: 335 until fiscal 2023 and 330 after, each on its own days."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd
import pytest

from data.derive.parts import derive_descendants
from data.extract import Extract, regional_data
from data.harmonise.areas import harmonise_areas
from tests.unit.raw_fixtures import read

BEFORE, AFTER = date(2024, 3, 31), date(2024, 4, 1)


def member(code: str, zone: str, year: int) -> dict[str, str]:
    return {
        "団体コード": code,
        "市区町村名": "町",
        "圏域種別": "二次医療圏",
        "圏域コード": zone,
        "圏域名": f"圏{zone}",
        "適用開始": "",
        "適用終了": "",
        "as_of": f"{year}-04-01",
        "source_ref": "R!A9",
    }


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    """
    municipality  2023  2024
    85201         8501  8501
    85301         8502  8501 (8502 ends)
    """
    boundaries = read("geo_N03-21_85_210101.geojson")
    codes = sorted(set(boundaries.frames["polygons"]["N03_007"]) - {"85101", "85102"})[:2]
    rows = [member(code, "8501", 2023) for code in codes[:1]]
    rows += [member(code, "8502", 2023) for code in codes[1:]]
    rows += [member(code, "8501", 2024) for code in codes]
    extract = Extract(
        regional_data.NAME, "regional_homecare", "", {"memberships": pd.DataFrame(rows)}, len(rows)
    )
    tables = harmonise_areas([boundaries, extract], prefectures=None)
    con = duckdb.connect()
    for name in ("area", "area_membership"):
        con.register(name, getattr(tables, name))
    con.execute(
        "create table area_descendant (ancestor_code varchar, descendant_code varchar,"
        " level varchar, valid_from date, valid_to date)"
    )
    derive_descendants(con)
    return con


def areas_on(con: duckdb.DuckDBPyConnection, day: date) -> dict[str, int]:
    """Return the medical areas of a day with their number of municipalities."""
    return dict(
        con.execute(
            "select ancestor_code, count(*) from area_descendant"
            " where ancestor_code like 'm2-%' and level = 'municipality'"
            " and coalesce(valid_from <= $day, true) and coalesce(valid_to >= $day, true)"
            " group by all order by all",
            {"day": day},
        ).fetchall()
    )


def test_each_day_has_its_own_areas(con: duckdb.DuckDBPyConnection) -> None:
    assert areas_on(con, BEFORE) == {"m2-8501": 1, "m2-8502": 1}
    assert areas_on(con, AFTER) == {"m2-8501": 2}


def test_the_area_that_ended_says_when(con: duckdb.DuckDBPyConnection) -> None:
    ended = dict(
        con.execute("select area_code, valid_to from area where area_code like 'm2-%'").fetchall()
    )
    assert pd.Timestamp(ended["m2-8502"]).date() == BEFORE
    assert pd.isna(ended["m2-8501"])
