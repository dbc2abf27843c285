"""A table on the stage, where a page has nothing else to show: few rows in large letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from exports.columns import ColumnLabel

ROWS, COLUMNS = 12, 4


def stage_table(
    frame: pd.DataFrame,
    columns: Mapping[str, ColumnLabel],
    *,
    key: str,
    missing: str,
    escape: Callable[[str], str],
) -> None:
    """Print the first rows and columns, and how much is left out."""
    printed = {
        escape(columns[name].printed): map(escape, _cells(frame[name], columns[name], missing))
        for name in [name for name in columns if name in frame][:COLUMNS]
    }
    whole = pd.DataFrame({head: list(cells) for head, cells in printed.items()})
    with st.container(key=f"stage_table_{key}"):
        st.table(whole, hide_index=True)
        if len(frame) > ROWS:
            st.text(f"はじめの{ROWS}行です（全{len(frame):,}行）。")


def _cells(values: pd.Series, label: ColumnLabel, missing: str) -> list[str]:
    is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    show = f"{{:,.{label.decimals or 0}f}}".format if is_number else str
    return [missing if pd.isna(value) else show(value) for value in values.head(ROWS)]
