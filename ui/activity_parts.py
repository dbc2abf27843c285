"""What the views of councils, coordinators, scenes and answers are made of, with names or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics.hidden_names import without_names
from ui import blocks
from ui.activity_choice import FORM, Chosen
from ui.activity_names import named
from ui.blocks import ColumnLabel
from ui.hidden import letters_for
from ui.survey_parts import Figure, opened_table, sources

PLACE = {
    "prefecture_name": ColumnLabel("都道府県"),
    "area_code": ColumnLabel("団体コード"),
    "area_name": ColumnLabel("市町村"),
}
FEW_CELLS = 1_600  # a table of more is sent when it is opened


@dataclass(frozen=True)
class Table:
    """A table with its title and the name under which it is saved."""

    title: str
    stem: str
    frame: pd.DataFrame
    columns: Mapping[str, ColumnLabel]
    source: tuple[str, ...] = ()  # none given: the survey of the year


@dataclass(frozen=True)
class Picture:
    """A figure with the sentence computed from it, and the table behind it."""

    table: Table
    figure: Figure
    sentence: str


def masked_zones(frame: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Return the rows of prefectures or zones with letters for names where they are hidden."""
    if not chosen.hide or frame.empty:
        return frame
    own = chosen.region.code
    return without_names(frame, letters_for(tuple(frame["area_code"]), own_code=own))


def masked(frame: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Return the rows of municipalities without names and prefectures where they are hidden."""
    shown = named(frame, chosen)
    return shown.drop(columns="prefecture_name", errors="ignore") if chosen.hide else shown


def show_picture(made: Picture, chosen: Chosen, *, key: str, say: bool = True) -> None:
    """Draw a figure under its title, the sentence, the table behind it and the downloads."""
    table = made.table
    st.subheader(table.title, anchor=False)
    blocks.figure(made.figure, alt=made.sentence, key=key)
    if say:
        blocks.statement(made.sentence)
    opened_table(f"{table.title}の表", table.frame, columns=table.columns, key=f"{key}_table")
    _save(table, chosen, figure=made.figure)


def show_table(table: Table, chosen: Chosen, *, key: str) -> None:
    """Print a table under its title with its downloads; a long one is sent when it is opened."""
    st.subheader(table.title, anchor=False)
    if len(table.frame) * len(table.columns) > FEW_CELLS:
        label = f"一覧（{len(table.frame):,}行）"
        opened_table(label, table.frame, columns=table.columns, key=key)
    else:
        height = 420 if len(table.frame) > 10 else None
        blocks.table(table.frame, columns=table.columns, key=key, height=height)
    _save(table, chosen, figure=None)


def _save(table: Table, chosen: Chosen, *, figure: Figure | None) -> None:
    blocks.downloads(
        table.frame,
        columns=table.columns,
        stem=table.stem,
        title=table.title,
        source=table.source or sources(FORM, chosen.fiscal_year),
        figure=figure,
    )
