"""A table of few rows whose words wrap, so that no column hides behind another on a telephone."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from exports.columns import ColumnLabel
from ui.blocks import plain
from ui.hidden import veiled_frame
from ui.kept import Kept
from ui.projector import is_on_stage
from ui.stage_table import stage_table
from ui.text_table import TextTable, draw_text_table, text_table

_tables: Kept[TextTable] = Kept(most=256)


def few_rows(
    frame: pd.DataFrame,
    *,
    columns: Mapping[str, ColumnLabel],
    alt: str,
    key: str,
    missing: str = "データなし",
) -> None:
    """Print a frame of few rows whole; missing cells say データなし, numbers stand at their end."""
    whole = veiled_frame(frame)
    if is_on_stage():
        shown = whole[[column for column in columns if column in whole]]
        stage_table(shown, columns, key=key, missing=missing, escape=plain)
        return
    by = (tuple(columns.items()), missing)
    made = _tables.of(whole, by=by, make=lambda: _made(whole, columns, missing))
    with st.container(key=f"few_{key}"):
        draw_text_table(made, alt=alt)


def _made(frame: pd.DataFrame, columns: Mapping[str, ColumnLabel], missing: str) -> TextTable:
    shown = frame[[column for column in columns if column in frame]]
    texts = {columns[name].printed: _texts(shown[name], columns[name], missing) for name in shown}
    numbers = {columns[name].printed for name in shown if _is_number(shown[name])}
    return text_table(pd.DataFrame(texts), figures=numbers)


def _is_number(values: pd.Series) -> bool:
    kind = values.dtype
    return pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)


def _texts(values: pd.Series, label: ColumnLabel, missing: str) -> list[str]:
    show = f"{{:,.{label.decimals or 0}f}}".format if _is_number(values) else str
    return [missing if pd.isna(value) else show(value) for value in values]
