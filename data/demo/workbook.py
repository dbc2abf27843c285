"""New workbooks whose bytes depend on their content only."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

SAVED_ON = datetime(2025, 7, 18, 12, 0, tzinfo=UTC)


def new_workbook(path: Path, *, row_by_row: bool = True) -> xlsxwriter.Workbook:
    """Open a workbook with a fixed date; merged cells need row_by_row=False."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": row_by_row})
    book.set_properties({"created": SAVED_ON.replace(tzinfo=None)})
    return book
