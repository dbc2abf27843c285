"""The community-support programmes side by side (5 × 5), to read, to fill and to print."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.cross_table import (
    FUNCTIONS,
    HINTS,
    PROGRAMMES,
    cross_region_sentence,
    cross_sentence,
    filled_by_municipality,
    filled_counts,
    grid_of,
)
from analytics.form_answers import form_answers, in_words
from analytics.reference_facts import reference_facts
from charts.count_grid import count_grid
from exports.cross_sheet import cross_sheet
from exports.workbook import XLSX_TYPE
from ui import blocks
from ui.activity_choice import Chosen
from ui.activity_parts import Picture, Table, masked, show_picture, show_table
from ui.activity_records import BY_STAFF, asked_in, entries_in, places_of, written
from ui.blocks import ColumnLabel
from ui.cross_table_edit import KIND, cross_grid
from ui.store import ask, served

_LECTURE = "F110"  # a figure of the lecture that has the table, for the title of the document
_COUNTS = {
    "function": ColumnLabel("行"),
    "programme": ColumnLabel("列"),
    "filled": ColumnLabel("書いた市町村", "市町村", 0),
    "municipalities": ColumnLabel("市町村", "市町村", 0),
}
_FILLED = {
    "area_code": ColumnLabel("団体コード"),
    "area_name": ColumnLabel("市町村"),
    "filled": ColumnLabel("書いた升", "升", 0),
    "cells": ColumnLabel("升", "升", 0),
    "changed_at": ColumnLabel("最後に書いた日"),
}


def draw(chosen: Chosen) -> None:
    """Draw the table of the municipality chosen, or how far the region has filled it."""
    entries = entries_in(KIND, chosen)
    if chosen.region.own_area:
        _draw_own(chosen, entries, chosen.region.own_area)
    else:
        blocks.notes(["市町村を選ぶと、その市町村の横断表を表示し、担当者は直接書けます。"])
        with st.container(horizontal=True, gap="small"):
            _sheet("空欄の表（A4・XLSX）を保存", entries.head(0), "", chosen.region.name, {})
    picture, listed = _region(served(), written(), chosen)
    show_picture(picture, chosen, key="cross_counts")
    show_table(listed, chosen, key="cross_filled")
    blocks.source_line((*_source(), *(asked_in(chosen) if chosen.region.own_area else ())))


def _draw_own(chosen: Chosen, entries: pd.DataFrame, code: str) -> None:
    name = chosen.area.name
    st.subheader(f"{name}の地域支援事業の横断表", anchor=False)
    cross_grid(entries, area_code=code, name=name)
    blocks.statement(cross_sentence(grid_of(entries, area_code=code), area_name=name))
    hints = _hints(chosen, code)
    if hints:
        told = "　".join(f"{FUNCTIONS[key]}＝{text}" for key, text in hints.items())
        blocks.notes([
            f"{PROGRAMMES['home_care']}について調査の回答（{chosen.year_label}）：{told}"
        ])  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        _sheet("この表（A4・XLSX）を保存", entries, code, name, hints)
        _sheet("空欄の表（A4・XLSX）を保存", entries.head(0), "", name, {})


def _hints(chosen: Chosen, code: str) -> dict[str, str]:
    questions = tuple(question for question, _ in HINTS.values())
    answers = ask(
        form_answers, area_code=code, fiscal_year=chosen.fiscal_year, question_ids=questions
    )
    found = {row["question_id"]: row for row in answers.to_dict("records")}
    return {
        function: f"{label} {in_words(question, row['value'], row['status'])}"
        for function, (question, label) in HINTS.items()
        if (row := found.get(question))
    }


def _sheet(
    label: str, entries: pd.DataFrame, code: str, name: str, hints: dict[str, str]
) -> None:  # fmt: skip
    title = f"{name}　地域支援事業の横断表"
    stem = f"cross_table_{code or 'blank'}"

    def made() -> bytes:
        return cross_sheet(
            grid_of(entries, area_code=code),
            rows=FUNCTIONS,
            columns=PROGRAMMES,
            title=title if code else "　　　　　　　　　　　地域支援事業の横断表",
            notes=hints,
            source=_source(),
        )

    st.download_button(label, data=made, file_name=f"{stem}.xlsx", mime=XLSX_TYPE,
                       on_click="ignore", key=f"download_{stem}")  # fmt: skip


def _source() -> tuple[str, ...]:
    facts: pd.DataFrame = ask(reference_facts, fact_ids=(_LECTURE,))
    titles = [f"行と列：{title}" for title in facts["source_title"]]
    return (*titles, BY_STAFF)


@lru_cache(maxsize=128)
def _region(store_key: str, mark: tuple[int, int], chosen: Chosen) -> tuple[Picture, Table]:
    """Return how many municipalities have filled each cell, and how far each of them is."""
    entries, places = entries_in(KIND, chosen), places_of(chosen)
    counts = filled_counts(entries, codes=list(places["area_code"]))
    drawn = pd.DataFrame({
        "row": counts["function"], "column": counts["programme"], "shade": counts["filled"],
        "text": [f"{number:,}市町村" for number in counts["filled"]], "own": False,
    })  # fmt: skip
    figure = count_grid(
        drawn, columns=list(PROGRAMMES.values()), shade_title="書いた市町村の数",
        shade_most=float(counts["filled"].max()), height=56, label_room=220,
    )  # fmt: skip
    region = chosen.region
    title = f"{region.name}の市町村が横断表に書いた升"
    said = cross_region_sentence(counts, area_name=region.name)
    table = Table(title, f"cross_counts_{region.code}", counts, _COUNTS, _source())
    filled = masked(filled_by_municipality(entries, places), chosen)
    listed = Table(f"{region.name}の市町村の記入", f"cross_filled_{region.code}", filled, _FILLED,
                   _source())  # fmt: skip
    return Picture(table, figure, said), listed
