"""Two vintages of a list by area: sums over municipalities, and the words for them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analytics.vintages import measure_periods, vintage_changes, vintage_sentence

Con = duckdb.DuckDBPyConnection


@pytest.fixture
def con(fresh_con: Con) -> Con:
    """
    prefecture  municipality  first  then (opened, closed)  now (opened, closed)
    81          81201         9      4                      6  (3, 1)
    81          81202         9      1                      0  (0, 1)
    82          82201         9      2                      2  (0, 0)
    """
    fresh_con.executemany(
        "insert into area (area_code, area_type, name) values (?, ?, ?)",
        [("00", "nation", "全国"), ("81", "prefecture", "東県"), ("82", "prefecture", "西県"),
         ("81201", "municipality", "一市"), ("81202", "municipality", "二市"),
         ("82201", "municipality", "三市")],
    )  # fmt: skip
    fresh_con.executemany(
        "insert into area_descendant values (?, ?, 'municipality', null, null)",
        [(above, code) for code in ("81201", "81202", "82201") for above in ("00", code[:2])],
    )
    rows = [("81201", 4, None, None, 6, 3, 1), ("81202", 1, None, None, 0, 0, 1),
            ("82201", 2, None, None, 2, 0, 0)]  # fmt: skip
    for code, then, entered, gone, now, opened, closed in rows:
        for day, count, came, went in (
            ("2024", 9, None, None), ("2025", then, entered, gone), ("2026", now, opened, closed)
        ):  # fmt: skip
            fresh_con.execute(
                "insert into facility_vintage values (?, 'day_office', ?, ?, ?, null, ?, ?, 's')",
                [code, day, f"{day}年", count, came, went],
            )
    return fresh_con


def counts(frame: pd.DataFrame) -> list[list[object]]:
    return frame[["area_code", "before", "since", "change", "entered", "gone"]].values.tolist()


def test_the_newest_is_held_against_the_one_before_it(con: Con) -> None:
    assert counts(vintage_changes(con, area_codes=("81", "82"))) == [
        ["81", 5, 6, 1, 3, 2],
        ["82", 2, 2, 0, 0, 0],
    ]
    assert counts(vintage_changes(con, area_codes=("00",))) == [["00", 7, 8, 1, 3, 2]]
    assert counts(vintage_changes(con, area_codes=("81202",))) == [["81202", 1, 0, -1, 0, 1]]


def test_the_sentence_follows_the_row(con: Con) -> None:
    rows = vintage_changes(con, area_codes=("81", "82", "81202")).set_index("area_code")
    more = vintage_sentence(rows.loc["81"], type_label="通所介護")
    assert more == (
        "東県の通所介護は、2026年の一覧で6か所です。前の2025年の一覧は5か所で、"
        "新しいほうが1か所多いです。新しい番号が3、なくなった番号が2です。"
    )
    assert "同じ数です" in vintage_sentence(rows.loc["82"], type_label="通所介護")
    assert "1か所少ない" in vintage_sentence(rows.loc["81202"], type_label="通所介護")
    con.execute("update facility_vintage set entered = null where area_code = '82201'")
    renumbered = vintage_changes(con, area_codes=("82",)).iloc[0]
    assert "番号が毎回変わる" in vintage_sentence(renumbered, type_label="病院")


def test_a_generation_from_before_has_none(tmp_path: Path) -> None:
    with duckdb.connect() as old:
        assert vintage_changes(old, area_codes=("00",)).empty


def test_quantities_of_several_years_are_listed(fresh_con: Con) -> None:
    fresh_con.executemany(
        "insert into measure values ('81', ?, ?, ?, ?, 's', 'r')",
        [("insured", "FY2022", 1, "observed"), ("insured", "FY2023", 2, "observed"),
         ("once", "FY2023", 2, "observed"), ("gap", "FY2022", None, "missing"),
         ("gap", "FY2023", 1, "observed")],
    )  # fmt: skip
    assert measure_periods(fresh_con).values.tolist() == [["insured", "FY2022", "FY2023", 2, 1]]
