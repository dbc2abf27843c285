"""Tables as they are sent to the browser, made once of each frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.dataframe_util import convert_pandas_df_to_arrow_table

from exports.columns import ColumnLabel
from ui.kept import Kept

MOST_ROWS = 1_000  # of more, Streamlit sends rows as one comes to them


@dataclass(frozen=True)
class SentTable:
    """The chosen columns of a frame, how each is shown, and what they are called together."""

    data: pa.Table | pd.DataFrame
    config: Mapping[str, Any]
    alt: str


_tables: Kept[SentTable] = Kept(most=512)


def sent_table(frame: pd.DataFrame, columns: Mapping[str, ColumnLabel]) -> SentTable:
    """Return what a browser gets of a frame, which nobody may change afterwards."""
    if len(frame) > MOST_ROWS:
        return _made(frame, columns)
    return _tables.of(frame, by=tuple(columns.items()), make=lambda: _made(frame, columns))


def _made(frame: pd.DataFrame, columns: Mapping[str, ColumnLabel]) -> SentTable:
    shown = frame[[column for column in columns if column in frame]]
    config = {name: _column(columns[name], kind) for name, kind in shown.dtypes.items()}
    alt = "、".join(columns[name].printed for name in shown)
    is_small = len(shown) <= MOST_ROWS
    return SentTable(convert_pandas_df_to_arrow_table(shown) if is_small else shown, config, alt)


def _column(label: ColumnLabel, kind: Any) -> Any:  # noqa: ANN401 - a dtype, Streamlit's column
    is_number = pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)
    return _shown_as(label.printed, label.decimals, is_number)


@lru_cache(maxsize=1_024)
def _shown_as(printed: str, decimals: int | None, is_number: bool) -> Any:  # noqa: ANN401
    if not is_number:
        return st.column_config.TextColumn(printed)
    pattern = f"%,.{decimals}f" if decimals is not None else "%d"
    return st.column_config.NumberColumn(printed, format=pattern)
