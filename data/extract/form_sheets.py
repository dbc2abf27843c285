"""What our own collected survey sheets share: the first cell that tells them, and their head."""

from __future__ import annotations

from typing import Any

from data.extract import RawFile
from data.extract.delimited import plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

FORM_MARK = "様式"


def is_form_sheet(file: RawFile, head: bytes, *, sheet: str) -> bool:
    """Tell a collected form by its sheet and the first cell of it."""
    if not head.startswith(WORKBOOK_MARK) or sheet not in sheet_names(file.path):
        return False
    rows = sheet_rows(file.path, sheet, limit=1)
    return bool(rows) and bool(rows[0]) and plain(rows[0][0]) == FORM_MARK


def form_head(rows: list[list[Any]]) -> dict[str, str]:
    """Return what the lines above the table say, by the word in column A."""
    return {plain(row[0]): plain(row[1]) for row in rows[:4] if len(row) > 1}
