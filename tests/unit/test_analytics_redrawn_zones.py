"""Areas that were drawn anew, with their members before and after."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd
import pytest

from analytics.redrawn_zones import redrawn_sentence, redrawn_zones, zone_counts

Con = duckdb.DuckDBPyConnection
KIND = "secondary_medical_area"
LAST, FIRST = date(2024, 3, 31), date(2024, 4, 1)


@pytest.fixture
def con(fresh_con: Con) -> Con:
    """
    municipality             until 2024-03-31   after
    81201                    m2-8101            m2-8101
    81202                    m2-8102 (ends)     m2-8101
    82201, joined by 82202   m2-8201            m2-8201
    """
    areas = [("81", "prefecture", None), ("82", "prefecture", None), ("m2-8101", KIND, None),
             ("m2-8102", KIND, LAST), ("m2-8201", KIND, None), ("81201", "municipality", None),
             ("81202", "municipality", None), ("82201", "municipality", None),
             ("82202", "municipality", date(2010, 3, 31))]  # fmt: skip
    fresh_con.executemany(
        "insert into area (area_code, area_type, name, valid_to) values ($1, $2, $1, $3)", areas
    )
    members = [("m2-8101", "81", "prefecture", None, None), ("82201", "m2-8201", KIND, None, None),
               ("m2-8102", "81", "prefecture", None, LAST), ("81201", "m2-8101", KIND, None, None),
               ("81202", "m2-8102", KIND, None, LAST), ("81202", "m2-8101", KIND, FIRST, None),
               ("82202", "m2-8201", KIND, None, date(2010, 3, 31))]  # fmt: skip
    fresh_con.executemany("insert into area_membership values (?, ?, ?, ?, ?)", members)
    return fresh_con


def rows(con: Con, area: str) -> list[list[object]]:
    found = redrawn_zones(con, area_code=area).astype("object")
    shown = found[["area_code", "before", "after", "entered", "gone"]]
    return shown.where(shown.notna(), None).to_numpy().tolist()


def test_members_before_and_after_stand_beside_each_other(con: Con) -> None:
    grown = ["m2-8101", "81201", "81201、81202", "81202", None]
    ended = ["m2-8102", "81202", None, None, "81202"]
    assert rows(con, "00") == rows(con, "81") == rows(con, "81202") == [grown, ended]
    assert rows(con, "m2-8101") == rows(con, "81201") == [grown]
    assert rows(con, "82") == rows(con, "m2-8201") == []


def test_the_sentence_says_how_many_there_were_and_are(con: Con) -> None:
    counts = zone_counts(con, days=("2024-04-01",), kinds=(KIND,))
    said = redrawn_sentence(
        redrawn_zones(con, area_code="00"), counts=counts, labels={KIND: "二次医療圏"}
    )
    assert said == (
        "2024年4月1日に、二次医療圏2つの構成市区町村が変わりました（読み込んだ二次医療圏の数は3から2に）。"
    )
    assert pd.Timestamp(counts.at[0, "changed_on"]).date() == FIRST
