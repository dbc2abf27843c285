"""Workbooks as lists of rows, opened once however many layouts ask."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from data.errors import UnreadableFile

WORKBOOK_MARK = b"PK\x03\x04"


@lru_cache(maxsize=2)
def _workbook(path: Path, modified: float) -> CalamineWorkbook:
    return CalamineWorkbook.from_path(path)


@lru_cache(maxsize=2)
def _sheet(path: Path, modified: float, name: str) -> CalamineSheet:
    """Return a sheet, parsed once however many layouts look at its top rows."""
    return _workbook(path, modified).get_sheet_by_name(name)


def sheet_names(path: Path) -> list[str]:
    """Return the sheet names, or nothing when the file is no workbook."""
    try:
        return list(_workbook(path, path.stat().st_mtime).sheet_names)
    except CalamineError:
        return []


def hidden_sheets(path: Path) -> set[str]:
    """Return the names of the sheets that nobody sees."""
    try:
        found = _workbook(path, path.stat().st_mtime).sheets_metadata
    except CalamineError:
        return set()
    return {sheet.name for sheet in found if sheet.visible != SheetVisibleEnum.Visible}


def sheet_rows(path: Path, sheet: str, *, limit: int | None = None) -> list[list[Any]]:
    """Return the rows of a sheet from A1 on; blanks are empty text, whole numbers floats."""
    try:
        parsed = _sheet(path, path.stat().st_mtime, sheet)
        rows = parsed.to_python(skip_empty_area=False, nrows=limit)
    except CalamineError as error:
        raise UnreadableFile(
            "ブックを開けません。",
            action="公表元から取得し直してください。",
            file=path.name,
            sheet=sheet,
        ) from error
    return [list(row) for row in rows]


def close_workbooks() -> None:
    """Let go of the workbooks kept open, so that their files can be moved."""
    _sheet.cache_clear()
    _workbook.cache_clear()
