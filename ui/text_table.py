"""A table of texts, for reading and for paper, sent as one piece of the page.

Streamlit's own table reads every cell as a Markdown document, and the sheet of an area has many
hundred of them, which the browser makes before it comes to the first chart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

import pandas as pd
import streamlit as st

from ui.recorded import keep

_HEAD, _CELL = '<th scope="col">{}</th>', "<td>{}</td>"
_SHORT_CELL = '<td class="short">{}</td>'
_FIGURE = '<td class="short figure">{}</td>'
SHORT = 10  # in half-width letters: a figure, an interval, a place such as 3／18
_TABLE = '<div class="text_table" tabindex="0"><table aria-label="{alt}">{head}{body}</table></div>'


@dataclass(frozen=True)
class TextTable:
    """The texts of a table, and its rows as they are sent."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    head: str
    body: str


def text_table(frame: pd.DataFrame, *, figures: Collection[str] = ()) -> TextTable:
    """Return a frame of texts as a table in which every text stands exactly as it is.

    The columns named in figures stand at their end, as numbers are read.
    """
    heads = tuple(str(name) for name in frame.columns)
    rows = tuple(tuple(map(str, row)) for row in frame.itertuples(index=False))
    head = _row(_HEAD.format(escape(name)) for name in heads)
    made = [_FIGURE.format if name in figures else None for name in heads]
    body = "".join(
        _row(
            make(escape(text)) if make else _cell(text)
            for text, make in zip(row, made, strict=True)
        )
        for row in rows
    )
    return TextTable(heads, rows, f"<thead>{head}</thead>", f"<tbody>{body}</tbody>")


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _cell(text: str) -> str:
    """Return a cell; a short one is marked, since a figure is not read across two lines."""
    is_wide = (east_asian_width(letter) in "WF" for letter in text[: SHORT + 1])
    letters = len(text) + sum(is_wide)
    return (_SHORT_CELL if letters <= SHORT else _CELL).format(escape(text))


def draw_text_table(table: TextTable, *, alt: str, is_kept: bool = True) -> None:
    """Print a table; one that only repeats on paper what the screen says is not recorded."""
    if is_kept:
        keep("heading", alt)
        keep("table", rows=[table.heads, *table.rows])
    st.html(_TABLE.format(alt=escape(alt), head=table.head, body=table.body))
