from __future__ import annotations

import csv
from io import StringIO

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from exports.columns import ColumnLabel
from exports.csv_file import to_csv

COLUMNS = {"name": ColumnLabel("地域"), "rate": ColumnLabel("割合", "%", 1), "n": ColumnLabel("数", "人", 0)}  # fmt: skip


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_labels_units_rounding_and_bom() -> None:
    frame = pd.DataFrame({"name": ["甲町", "乙町"], "rate": [12.345, None], "n": [5.0, None]})
    data = to_csv(frame, columns=COLUMNS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows(data) == [
        ["地域", "割合（%）", "数（人）"],
        ["甲町", "12.3", "5"],
        ["乙町", "", ""],
    ]


def test_negative_numbers_stay_numbers_and_text_is_inert() -> None:
    frame = pd.DataFrame({"name": ["=1+1", "-2"], "rate": [-3.2, 1.0]})
    assert rows(to_csv(frame, columns=COLUMNS))[1:] == [["'=1+1", "-3.2"], ["'-2", "1.0"]]  # fmt: skip


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_no_text_becomes_a_formula(texts: list[str]) -> None:
    data = to_csv(pd.DataFrame({"name": texts}), columns={"name": COLUMNS["name"]})
    for row in rows(data)[1:]:
        assert not row or not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))
