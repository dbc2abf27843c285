"""The 5 × 5 table of programmes as one A4 sheet to print and to write on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import pandas as pd
import xlsxwriter

from exports.workbook import write_sources

_HEIGHT, _WIDTH = 84, 26


def cross_sheet(
    grid: pd.DataFrame,
    *,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    title: str,
    notes: Mapping[str, str],
    source: Sequence[str],
) -> bytes:
    """Return the table as a workbook, A4 landscape on one page; empty cells stay to be written.

    `grid` has a row for every key of `rows` and a column for every key of `columns`; `notes` are
    small lines below the names of rows.
    """
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("横断表")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        box = {"border": 1, "text_wrap": True, "valign": "top", "font_size": 10}
        head = book.add_format(box | {"bold": True, "bg_color": "#e3eef6", "valign": "vcenter"})
        cell = book.add_format(box)
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, len(columns), _WIDTH)
        sheet.write_string(2, 0, "", head)
        for place, label in enumerate(columns.values(), start=1):
            sheet.write_string(2, place, label, head)
        for line, (key, label) in enumerate(rows.items(), start=3):
            sheet.set_row(line, _HEIGHT)
            note = notes.get(key)
            sheet.write_string(line, 0, f"{label}\n{note}" if note else label, head)
            for place, column in enumerate(columns, start=1):
                value = grid.loc[key, column]
                sheet.write_string(line, place, value if isinstance(value, str) else "", cell)
        write_sources(book, title, source)
    return stream.getvalue()
