"""A view that is made once for all viewers, and the order in which its parts are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from ui import blocks
from ui.blocks import ColumnLabel
from ui.parts import long_table

Columns = Mapping[str, ColumnLabel]
FITTING_COLUMNS, MANY_COLUMNS = 10, 24  # on a telephone
_STYLE = Path(__file__).with_name("survey.css")


@dataclass(frozen=True)
class Made:
    """Title, sentence, figure, the frame behind them, and the sources."""

    title: str
    sentence: str
    spec: dict[str, Any]
    frame: pd.DataFrame
    source: tuple[str, ...]


def show(
    made: Made,
    *,
    key: str,
    stem: str,
    notes: Sequence[str],
    columns: Columns,
    extra: Columns | None = None,
    across: int = 0,
) -> None:
    """Show title, figure, sentence, notes, table and files; `extra` columns are in files only.

    A figure of many columns `across` scrolls in a frame of its own on a narrow screen.
    """
    st.subheader(made.title, anchor=False)
    if across > FITTING_COLUMNS:
        st.html(_STYLE)
    with st.container(key=f"{_frame(across)}_{key}"):
        blocks.figure(made.spec, alt=made.sentence, key=key)
    blocks.statement(made.sentence)
    blocks.notes(notes)
    long_table(made.frame, columns=columns, key=f"{key}_table")
    blocks.downloads(
        made.frame,
        columns={**columns, **(extra or {})},
        stem=stem,
        title=made.title,
        source=made.source,
        figure=made.spec,
    )


def _frame(across: int) -> str:
    if across <= FITTING_COLUMNS:
        return "fit"
    return "scroll_many" if across > MANY_COLUMNS else "scroll"
