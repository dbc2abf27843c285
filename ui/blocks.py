"""The parts of which every page is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from exports.columns import ColumnLabel
from exports.csv_file import to_csv
from exports.pictures import to_png, to_svg
from exports.workbook import XLSX_TYPE, to_xlsx
from ui.copyable import copyable
from ui.first_figure import give_way
from ui.hidden import NO_MAP, is_hidden, veil, veiled_figure, veiled_frame, veiled_text
from ui.kept_figures import sent_figure
from ui.kept_tables import sent_table
from ui.projector import is_on_stage, small_print
from ui.projector import shown as shown_figure
from ui.recorded import is_recorded, keep, keep_table
from ui.stage_table import stage_table
from ui.store import geometry_at

__all__ = [
    "ColumnLabel",
    "definition",
    "downloads",
    "empty",
    "figure",
    "headline",
    "notes",
    "page_title",
    "source_line",
    "statement",
    "table",
]
LONG_DEFINITION = 2_000
_MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<~$"})


@dataclass(frozen=True)
class Headline:
    """One figure at the head of a page."""

    label: str
    value: str
    note: str = ""


def plain(text: str) -> str:
    """Return text from data so that Markdown prints it as it is."""
    return text.translate(_MARKDOWN)


def page_title(title: str, question: str) -> None:
    """Print the name of the page and the question it answers."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.header(title, anchor=False, width="content")
        st.caption(question, width="content")


def statement(text: str) -> None:
    """Print the sentence that says what the picture shows, ready to copy."""
    shown = veiled_text(text)
    keep("sentence", shown)
    copyable(shown)


def headline(items: Sequence[Headline]) -> None:
    """Print the main figures in a row that wraps on a narrow screen."""
    with st.container(horizontal=True, gap="medium"):
        for item in items:
            note = veiled_text(item.note)
            keep("metric", rows=[(item.label, item.value, note)])
            st.metric(item.label, item.value, note or None, delta_color="off",
                      delta_arrow="off", width=220)  # fmt: skip


def figure(
    spec: Mapping[str, Any],
    *,
    alt: str,
    key: str,
    on_select: Callable[[str], None] | None = None,
) -> None:
    """Draw a Vega-Lite figure; `on_select` is called with the area_code that is clicked."""
    drawn = veiled_figure(shown_figure(spec))
    if drawn is None:
        empty(*NO_MAP)
        return
    if on_select is None or is_hidden():
        sent = _sent(spec, drawn)
        st.vega_lite_chart(sent, theme=None, alt=veiled_text(alt), key=key)
        give_way()
        return

    def clicked() -> None:
        points = st.session_state[key].get("selection", {}).get("area", [])
        if points and points[0].get("area_code"):
            on_select(str(points[0]["area_code"]))

    sent = _sent(spec, drawn)
    st.vega_lite_chart(
        sent, theme=None, alt=alt, key=key, on_select=clicked, selection_mode=["area"]
    )
    give_way()


def _sent(spec: Mapping[str, Any], drawn: dict[str, Any]) -> dict[str, Any]:
    if is_on_stage() or is_recorded():
        return drawn
    return sent_figure(drawn if is_hidden() else spec)


def table(
    frame: pd.DataFrame,
    *,
    columns: Mapping[str, ColumnLabel],
    key: str,
    height: int | None = None,
    missing: str = "データなし",
    layout: Mapping[str, Any] | None = None,
    row_height: int | None = None,
) -> None:
    """Print a frame with labelled columns; missing cells say データなし, high rows wrap texts.

    layout holds Streamlit's own settings of columns that do not find their width by themselves.
    """
    whole = veiled_frame(frame)
    keep_table(whole, columns, missing=missing)
    if is_on_stage():
        shown = whole[[column for column in columns if column in whole]]
        stage_table(shown, columns, key=key, missing=missing, escape=plain)
        return
    sent = sent_table(whole, columns)
    st.dataframe(
        sent.data,
        column_config={**sent.config, **(layout or {})},
        hide_index=True,
        lazy=True,
        placeholder=missing,
        key=key,
        height=height or "auto",
        row_height=row_height,
        alt=sent.alt,
    )


def downloads(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    *,
    columns: Mapping[str, ColumnLabel],
    stem: str,
    title: str,
    source: Sequence[str],
    figure: Mapping[str, Any] | None = None,
) -> None:
    """Offer the frame as CSV and XLSX and the figure as PNG and SVG; made on the press."""
    if is_on_stage():
        return
    lines, cover, title = list(source), veil(), veiled_text(title)

    def shown() -> pd.DataFrame:
        whole = frame if isinstance(frame, pd.DataFrame) else frame()
        whole = whole if cover is None else cover.frame(whole)
        return whole[[column for column in columns if column in whole]]

    with st.container(horizontal=True, gap="small"):
        _button("CSV", lambda: to_csv(shown(), columns=columns), f"{stem}.csv", "text/csv")
        _button(
            "XLSX",
            lambda: to_xlsx(shown(), columns=columns, title=title, source=lines),
            f"{stem}.xlsx",
            XLSX_TYPE,
        )
        drawn = None if figure is None else veiled_figure(figure)
        if drawn is None:
            return
        for label, make, kind in (("PNG", to_png, "image/png"), ("SVG", to_svg, "image/svg+xml")):
            _button(
                label,
                lambda make=make: make(drawn, title=title, source=lines, geometry=geometry_at),
                f"{stem}.{label.lower()}",
                kind,
            )


def _button(label: str, data: Callable[[], bytes], file_name: str, kind: str) -> None:
    st.download_button(
        f"{label} を保存",
        data=data,
        file_name=file_name,
        mime=kind,
        on_click="ignore",
        key=f"download_{file_name}",
    )


def definition(title: str, body: str) -> None:
    """Keep a definition in reach without taking room; a long one is sent when it is opened."""
    if is_on_stage():
        return
    if len(body) <= LONG_DEFINITION:
        with st.expander(title):
            st.text(veiled_text(body))
        return
    opened = st.expander(title, key=f"open_{title}", on_change="rerun")
    if opened.open:
        opened.text(veiled_text(body))


def empty(what: str, how: str) -> None:
    """Say what is missing here and how to bring it in."""
    keep("note", f"{veiled_text(what)}{veiled_text(how)}")
    with st.container(border=True):
        st.markdown(f"**{plain(veiled_text(what))}**")
        st.text(veiled_text(how))


def notes(lines: Sequence[str]) -> None:
    """Print what a reader must know about the figures."""
    for line in lines:
        shown = veiled_text(line)
        keep("note", shown)
        st.caption(plain(shown))


def source_line(sources: Sequence[str]) -> None:
    """Print where the figures come from."""
    if sources:
        line = "出典：" + "／".join(dict.fromkeys(sources))
        keep("source", line)
        small_print(plain(line))
