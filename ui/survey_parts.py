"""The parts that both survey pages are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analytics.survey_status import survey_sources
from ui import blocks
from ui.blocks import ColumnLabel
from ui.store import ask

Figure = dict[str, Any]
Columns = Mapping[str, ColumnLabel]
_STYLE = Path(__file__).with_name("survey.css")
FITTING_COLUMNS = 10  # on a telephone
IN_TITLE = ("framework_label", "fiscal_year_label")
_FORMS = {"municipal_form": "市町村票", "prefectural_form": "都道府県票"}


@dataclass(frozen=True)
class Part:
    """A part of a page: a figure, the table behind it, and the name under which both are saved."""

    title: str
    stem: str
    figure: Figure
    frame: pd.DataFrame
    columns: Columns

    @property
    def shown(self) -> Columns:
        """The columns on the screen, where the title names the fiscal year; files keep all."""
        return {name: label for name, label in self.columns.items() if name not in IN_TITLE}


def sources(survey_id: str, fiscal_year: int | None = None) -> list[str]:
    """Return the loaded sources of a form as they are cited."""
    found = ask(survey_sources, survey_id=survey_id, fiscal_year=fiscal_year)
    if found or survey_id not in _FORMS:
        return list(found)
    return [f"在宅医療・介護連携推進事業 実施状況調査（{_FORMS[survey_id]}）"]


def opened_table(label: str, frame: pd.DataFrame, *, columns: Columns, key: str) -> None:
    """Keep a table in reach, sent only when it is opened."""
    opened = st.expander(label, key=f"open_{key}", on_change="rerun")
    if opened.open:
        with opened:
            blocks.table(frame, columns=columns, key=key, height=min(420, 36 * (len(frame) + 1)))


def matrix(part: Part, *, key: str) -> None:
    """Draw a matrix, of many columns one that scrolls in its frame, with its table below."""
    st.html(_STYLE)
    columns = len(part.figure["encoding"]["x"]["scale"]["domain"])
    with st.container(key=f"{'scroll' if columns > FITTING_COLUMNS else 'fit'}_{key}"):
        blocks.figure(part.figure, alt=f"{part.title}。同じ内容が下の表にあります。", key=key)
    opened_table(f"{part.title}の表", part.frame, columns=part.shown, key=f"{key}_table")


def save(part: Part, *, source: Sequence[str]) -> None:
    """Say what the buttons below save, and offer them."""
    blocks.notes([f"「{part.title}」を保存：表はCSV・XLSX、図はPNG・SVG"])
    blocks.downloads(
        part.frame,
        columns=part.columns,
        stem=part.stem,
        title=part.title,
        source=source,
        figure=part.figure,
    )
