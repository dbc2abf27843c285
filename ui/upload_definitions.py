"""What each question asks, which answers it allows, and since which version of the form."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from surveys.definitions import definition_table
from ui import blocks
from ui.blocks import ColumnLabel
from ui.upload_target import Scope

HEIGHT = 520
VERSION = "版"


def _lines(frame: pd.DataFrame) -> pd.Series:
    """Return each row as the text in which a word is looked for."""
    found: pd.Series = frame.astype(str).agg(" ".join, axis=1)
    return found


def definitions_view(scope: Scope) -> None:
    """Print the definition of every question of the form, to be searched and saved."""
    target = scope.target
    frame = definition_table(target.survey_id, framework=target.framework)
    word = st.text_input("言葉で探す", key="upload_definition_word", width=320)
    shown = frame[_lines(frame).str.contains(word, regex=False)] if word else frame
    blocks.notes([f"{len(frame):,}問のうち{len(shown):,}問を表示　版 {frame[VERSION].iloc[0]}"])
    columns = {name: ColumnLabel(str(name)) for name in frame.columns}
    blocks.table(shown, columns=columns, key="upload_definitions", height=HEIGHT, missing="")
    blocks.downloads(
        frame,
        columns=columns,
        stem=f"definitions_{target.survey_id}_{target.framework}",
        title="設問の定義",
        source=["調査の定義"],
    )
