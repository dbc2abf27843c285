"""What is said of the sums of an area that was drawn anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.derive.redrawn import redrawn_areas, redrawn_notes
from tests.unit.table_stand import COLUMNS, MEMBER_COLUMNS, accepted, built, raw_folder, rows_of

WORDS = "（2024年4月からの区域で合計）"


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """
    84201 left m2-8401 for m2-8402 on 2024-04-01; 84302 was joined to 84301 in 2015
    """
    areas = [
        ("m2-8401", "secondary_medical_area", None),
        ("m2-8402", "secondary_medical_area", None),
        ("m2-8403", "secondary_medical_area", None),
        ("84201", "municipality", None),
        ("84301", "municipality", None),
        ("84302", "municipality", date(2015, 3, 31)),
    ]
    for code, kind, ended in areas:
        fresh_con.execute(
            "insert into area (area_code, area_type, name, valid_to) values (?, ?, ?, ?)",
            [code, kind, code, ended],
        )
    members = [
        ("84201", "m2-8401", None, date(2024, 3, 31)),
        ("84201", "m2-8402", date(2024, 4, 1), None),
        ("84301", "m2-8403", None, None),
        ("84302", "m2-8403", None, date(2015, 3, 31)),
    ]
    for member, zone, first, last in members:
        fresh_con.execute(
            "insert into area_membership values (?, ?, 'secondary_medical_area', ?, ?)",
            [member, zone, first, last],
        )
    fresh_con.execute(
        "insert into measure values ('m2-8402', 'deaths_total', 'FY2022', 5, 'observed', 's', 'r')"
    )
    return fresh_con


@pytest.mark.parametrize(
    ("code", "period", "words"),
    [
        ("m2-8401", "FY2023", WORDS),
        ("m2-8402", "FY2023", WORDS),
        ("m2-8402", "FY2024", ""),
        ("m2-8402", "2023", WORDS),
        ("m2-8402", "2024", ""),
        ("m2-8402", "2030", ""),
        ("m2-8402", "undated", ""),
        ("m2-8402", "FY2022", ""),  # printed by its source
        ("m2-8403", "2014", ""),  # a merger redraws nothing
        ("84201", "FY2023", ""),
    ],
)
def test_only_a_sum_of_a_year_before_the_change_says_so(
    con: duckdb.DuckDBPyConnection, code: str, period: str, words: str
) -> None:
    rows = pd.DataFrame({"area_code": [code], "period": [period]}, index=[7])
    notes = redrawn_notes(con, rows, changes=redrawn_areas(con), measures=["deaths_total"])
    assert notes.tolist() == [words]


def test_the_words_stand_beside_the_value(tmp_path: Path) -> None:
    store = built(tmp_path / "store", raw_folder(tmp_path / "raw"))
    moved = (
        "851001,架橋市,二次医療圏,8501,見本西部,,\n858889,知らない町,二次医療圏,8501,見本西部,,\n"
        "852015,浜辺市,二次医療圏,8502,見本東部,,2024-03-31\n"
        "852015,浜辺市,二次医療圏,8501,見本西部,2024-04-01,\n853011,峠町,二次医療圏,8502,見本東部,,\n"
    )
    accepted(store, MEMBER_COLUMNS + moved)
    deaths = "".join(
        f"{code},,{year},{item},{value}\n"
        for code in ("85100", "85888", "85201")
        for year in (2023, 2024)
        for item, value in (("deaths_total", 40), ("deaths_home", 10))
    )
    accepted(store, COLUMNS + deaths)
    told = rows_of(
        store,
        "select period, value, source_ref like '%からの区域で合計%' from observation"
        " where area_code = 'm2-8501' and indicator_id = 'death_home_rate' order by period",
    )
    assert told == [("2023", 25.0, True), ("2024", 25.0, False)]
