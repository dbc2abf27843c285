"""Counts of answers on small tables: choices, several choices, numbers, and every gap."""

from __future__ import annotations

import duckdb
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analytics.answer_counts import answer_counts
from tests.tiny_region import SCHEMA

ROWS = [
    # area, question, value, status
    ("81201", "council", "1", "observed"),
    ("81202", "council", "0", "observed"),
    ("81203", "council", "1", "observed"),
    ("81204", "council", None, "unanswered"),
    ("82201", "council", "1", "observed"),
    ("81201", "training_n", "12", "observed"),
    ("81202", "training_n", "0", "observed"),
    ("81203", "training_n", None, "not_applicable"),
    ("81201", "item_a_reason", "1;2", "observed"),
]


def fill(con: duckdb.DuckDBPyConnection, rows: list[tuple[object, ...]]) -> None:
    con.executemany(
        "insert into survey_answer values"
        " ('municipal_form', 'r3', 2023, ?, ?, ?, ?, null, 'import-1', '回答!A1')",
        rows,
    )


def counted(con: duckdb.DuckDBPyConnection, **filters: object) -> pd.DataFrame:
    chosen = {"survey_id": "municipal_form", "fiscal_year": 2023, **filters}
    return answer_counts(con, **chosen)  # type: ignore[arg-type]


def rows_of(frame: pd.DataFrame, question: str) -> list[tuple[str, int]]:
    own = frame[frame["question_id"] == question]
    return [(str(a), int(n)) for a, n in zip(own["answer"], own["respondents"], strict=True)]


def test_choices_are_counted_in_the_order_of_the_form(
    fresh_con: duckdb.DuckDBPyConnection,
) -> None:
    fill(fresh_con, ROWS)
    assert rows_of(counted(fresh_con), "council") == [("あり", 3), ("なし", 1), ("未回答", 1)]


def test_a_prefecture_counts_its_own_only(fresh_con: duckdb.DuckDBPyConnection) -> None:
    fill(fresh_con, ROWS)
    found = counted(fresh_con, prefecture="82")
    assert rows_of(found, "council") == [("あり", 1)]


def test_numbers_are_added_and_a_gap_is_no_zero(fresh_con: duckdb.DuckDBPyConnection) -> None:
    fill(fresh_con, ROWS)
    found = counted(fresh_con)
    own = found[found["question_id"] == "training_n"].set_index("answer")
    assert own.loc["数の回答", "respondents"] == 2
    assert own.loc["数の回答", "total"] == 12
    assert own.loc["該当なし", "respondents"] == 1
    assert pd.isna(own.loc["該当なし", "total"])


def test_several_answers_of_one_respondent_are_counted_each(
    fresh_con: duckdb.DuckDBPyConnection,
) -> None:
    fill(fresh_con, ROWS)
    found = rows_of(counted(fresh_con), "item_a_reason")
    assert [count for _, count in found] == [1, 1]


def test_a_year_without_answers_is_empty(fresh_con: duckdb.DuckDBPyConnection) -> None:
    fill(fresh_con, ROWS)
    assert counted(fresh_con, fiscal_year=2022).empty


@given(answers=st.lists(st.sampled_from(["1", "0", "unanswered", "missing"]), max_size=30))
def test_every_respondent_is_counted_once_per_choice(answers: list[str]) -> None:
    with duckdb.connect() as con:
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        if answers:
            fill(
                con,
                [
                    (f"81{n:03d}", "council", None if a.isalpha() else a,
                     a if a.isalpha() else "observed")
                    for n, a in enumerate(answers)
                ],
            )  # fmt: skip
        assert counted(con)["respondents"].sum() == len(answers)
