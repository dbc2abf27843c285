"""The process in which a workbook gets its marks; the file is as foreign as it was when read."""

from __future__ import annotations

import io
import json
import sys

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

from surveys.limits import Limits
from surveys.reading_child import hold

COLOURS = {"error": "F8CBAD", "asked": "FFE699", "warning": "BDD7EE", "mended": "EDEDED"}
_AUTHOR = "確認結果"


def main() -> None:
    """Read an order (one JSON line) and a workbook from standard input; write it marked."""
    order = json.loads(sys.stdin.buffer.readline())
    hold(Limits(**order["limits"]))
    book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
    mark_cells(book, order["marks"])
    add_list(book, order["table"])
    book.save(sys.stdout.buffer)


def mark_cells(book: Workbook, marks: list[list[str]]) -> None:
    """Colour and comment the cells named as sheet, cell, level and text."""
    fills = {level: PatternFill("solid", fgColor=colour) for level, colour in COLOURS.items()}
    for sheet, cell, level, text in marks:
        if sheet not in book.sheetnames:
            continue
        place = book[sheet][cell]
        place.fill = fills[level]
        if hasattr(place, "comment"):
            place.comment = Comment(text, _AUTHOR, width=320, height=120)


def add_list(book: Workbook, table: list[list[str]]) -> None:
    """Add a sheet with every problem; what looks like a formula stays text."""
    page = book.create_sheet(_AUTHOR)
    for row, texts in enumerate(table, start=1):
        for column, text in enumerate(texts, start=1):
            cell = page.cell(row, column)
            cell.value = text
            cell.data_type = "s"
