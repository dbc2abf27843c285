"""Workbooks that a publisher packs into one zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from data.extract.sheets import WORKBOOK_MARK

LARGEST = 200_000_000
_CONTENT_TYPES = "[Content_Types].xml"
Rows = list[list[Any]]


def is_zip_of_books(path: Path) -> bool:
    """Tell whether a file is a zip with workbooks inside, not a workbook itself."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    return _CONTENT_TYPES not in names and any(name.lower().endswith(".xlsx") for name in names)


def zipped_sheets(path: Path, *, limit: int | None = None) -> Iterator[tuple[str, str, Rows]]:
    """Yield member, sheet and rows of every workbook; a member that is none has no rows.

    A member larger than LARGEST bytes is not opened.
    """
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            name = _printed(entry)
            content = archive.read(entry) if entry.file_size <= LARGEST else b""
            if not content.startswith(WORKBOOK_MARK):
                yield name, "", []
                continue
            try:
                book = CalamineWorkbook.from_filelike(io.BytesIO(content))
                for sheet in book.sheet_names:
                    rows = book.get_sheet_by_name(sheet).to_python(
                        skip_empty_area=False, nrows=limit
                    )
                    yield name, sheet, [list(row) for row in rows]
            except CalamineError:
                yield name, "", []


def _printed(entry: zipfile.ZipInfo) -> str:
    """Return the member's name; Windows packs Japanese names in CP932 without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return entry.filename
