"""What a page draws is kept where it is asked for, and costs nothing elsewhere."""

from __future__ import annotations

import pandas as pd
import pytest
import streamlit as st

from exports.columns import ColumnLabel
from ui import recorded
from ui.recorded import MOST_ROWS, keep, keep_table, recording
from ui.text_table import draw_text_table, text_table

COLUMNS = {"name": ColumnLabel("地域"), "rate": ColumnLabel("割合", "%", 1)}


def test_nothing_is_kept_and_nothing_printed_when_nobody_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recorded, "_printed", None)
    keep("sentence", "文")
    keep_table(pd.DataFrame({"name": ["東町"]}), COLUMNS, missing="データなし")
    with recording() as kept:
        pass
    assert kept == []


def test_cells_are_printed_with_zero_and_missing_apart() -> None:
    frame = pd.DataFrame({"rate": [0.0, None, 1234.56], "name": ["東町", "西村", None]})
    with recording() as kept:
        keep_table(frame, COLUMNS, missing="データなし")
    assert kept[0].rows == (
        ("地域", "割合（%）"),
        ("東町", "0.0"),
        ("西村", "データなし"),
        ("データなし", "1,234.6"),
    )


def test_of_a_long_table_the_rest_is_told() -> None:
    frame = pd.DataFrame({"rate": range(MOST_ROWS + 5)})
    with recording() as kept:
        keep_table(frame, COLUMNS, missing="")
    assert len(kept[0].rows) == MOST_ROWS + 1
    assert kept[1].text == "表は205行のうち、はじめの200行です。"


def test_what_streamlit_draws_is_taken_and_streamlit_given_back() -> None:
    before = (st.subheader, st.vega_lite_chart, st.navigation)
    spec = {"mark": "bar"}
    with recording() as kept:
        st.subheader(r"第1章 \[案\]")
        st.vega_lite_chart(spec, alt="棒", theme=None)
        draw_text_table(text_table(pd.DataFrame({"値": ["*1"]})), alt="小さな表")
        draw_text_table(text_table(pd.DataFrame({"値": ["1"]})), alt="印刷用", is_kept=False)
    assert (st.subheader, st.vega_lite_chart, st.navigation) == before
    assert [(part.kind, part.text) for part in kept] == [
        ("heading", "第1章 [案]"),
        ("figure", "棒"),
        ("heading", "小さな表"),
        ("table", ""),
    ]
    assert kept[1].spec == spec
    assert kept[3].rows == (("値",), ("*1",))


def test_a_page_that_runs_anew_is_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "navigation", lambda pages: None)
    with recording() as kept:
        for words in ("はじめの実行", "次の実行"):
            st.navigation([])
            keep("sentence", words)
    assert [part.text for part in kept] == ["次の実行"]


def test_the_recorder_ends_with_a_page_that_fails() -> None:
    with pytest.raises(RuntimeError), recording() as kept:
        raise RuntimeError
    keep("sentence", "文")
    assert kept == []
