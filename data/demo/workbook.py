"""New workbooks whose bytes depend on their content only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

SAVED_ON = datetime(2025, 7, 18, 12, 0, tzinfo=UTC)
Cell = str | int | float | None
# characters that stand escaped in XML or in Excel's own way, and blanks at either end
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_MARKUP = re.compile(r"[&<>]|^\s|\s$")


class RowSheet(Worksheet):  # type: ignore[misc]
    """A sheet of a row-by-row workbook that takes plain rows whole: the same XML, far sooner."""

    dim_rowmin: int | None
    dim_rowmax: int | None
    dim_colmin: int | None
    dim_colmax: int | None

    def write_rows(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write all rows of the sheet from A1 on; blank cells and rows without any are left out."""
        names: list[str] = []
        for number, row in enumerate(rows, start=1):
            names += [xl_col_to_name(column) for column in range(len(names), len(row))]
            columns = [column for column, cell in enumerate(row) if cell is not None and cell != ""]
            if columns:
                cells = (_cell(f"{names[column]}{number}", row[column]) for column in columns)
                self.fh.write(f'<row r="{number}">{"".join(cells)}</row>')
                self._widen(number - 1, columns[0], columns[-1])

    def _widen(self, row: int, first: int, last: int) -> None:
        """Note the used range, which the head of the sheet states."""
        self.dim_rowmin = row if self.dim_rowmin is None else self.dim_rowmin
        self.dim_rowmax = row
        self.dim_colmin = first if self.dim_colmin is None else min(self.dim_colmin, first)
        self.dim_colmax = last if self.dim_colmax is None else max(self.dim_colmax, last)


def _cell(place: str, value: Cell) -> str:
    if not isinstance(value, str):
        return f'<c r="{place}"><v>{value:.16G}</v></c>'
    kept = ""
    if _UNSAFE.search(value):
        raise ValueError(f"control characters in {place}")
    if _MARKUP.search(value):
        kept = ' xml:space="preserve"' if value != value.strip() else ""
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<c r="{place}" t="inlineStr"><is><t{kept}>{value}</t></is></c>'


def write_book(path: Path, sheet: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Write a workbook of one sheet with plain rows."""
    book = new_workbook(path)
    book.add_worksheet(sheet, worksheet_class=RowSheet).write_rows(rows)
    book.close()


def new_workbook(path: Path, *, row_by_row: bool = True) -> xlsxwriter.Workbook:
    """Open a workbook with a fixed date; merged cells need row_by_row=False."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": row_by_row})
    book.set_properties({"created": SAVED_ON.replace(tzinfo=None)})
    return book
