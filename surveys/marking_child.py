"""The process in which a workbook gets its marks; the file is as foreign as it was when read."""

from __future__ import annotations

import io
import json
import sys

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from surveys.limits import Limits
from surveys.reading_child import hold

COLOURS = {"error": "F8CBAD", "asked": "FFE699", "warning": "BDD7EE", "mended": "EDEDED"}
_AUTHOR = "確認結果"


def main() -> None:
    """Read an order (one JSON line) and a workbook from standard input; write it marked."""
    order = json.loads(sys.stdin.buffer.readline())
    hold(Limits(**order["limits"]))
    book = load_workbook(io.BytesIO(sys.stdin.buffer.read()), rich_text=True)
    mark_cells(book, order["marks"])
    add_list(book, order["table"])
    book.save(sys.stdout.buffer)


def mark_cells(book: Workbook, marks: list[list[str]]) -> None:
    """Colour and comment the cells named as sheet, cell, level and text."""
    fills = {level: PatternFill("solid", fgColor=colour) for level, colour in COLOURS.items()}
    own: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for sheet, cell, level, text in marks:
        if sheet in book.sheetnames:
            place = (sheet, _writable(book[sheet], cell))
            own.setdefault(place, []).append((level, text))
    for (sheet, cell), found in own.items():
        target = book[sheet][cell]
        target.fill = fills[min((level for level, _ in found), key=list(COLOURS).index)]
        texts = [text for _, text in found]
        if target.comment:
            texts.append(target.comment.text)
        target.comment = Comment("\n".join(texts), _AUTHOR, width=320, height=120)


def _writable(page: Worksheet, cell: str) -> str:
    """Return where a cell can be written to: itself, or the top left of its merged range."""
    for found in page.merged_cells.ranges:
        if cell in found:
            return str(page.cell(found.min_row, found.min_col).coordinate)
    return cell


def add_list(book: Workbook, table: list[list[str]]) -> None:
    """Add a sheet with every problem; what looks like a formula stays text."""
    page = book.create_sheet(_AUTHOR)
    for row, texts in enumerate(table, start=1):
        for column, text in enumerate(texts, start=1):
            cell = page.cell(row, column)
            cell.value = text
            cell.data_type = "s"
