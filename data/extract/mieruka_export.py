"""地域包括ケア「見える化」システムの書き出し: one indicator by period, or by area of one year.

The layout is known from the descriptions that public programs give which read such books. The
first cell of the sheet 表形式 prints 出力日; lines and columns that hold nothing print 行1, 列1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from data.era import read_period
from data.extract import Extract, RawFile, RowIssue
from data.extract.delimited import plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "地域包括ケア「見える化」システムの書き出し"
SOURCE_KEY = "mieruka_export"
SERIES, AREAS = "時系列", "地域別"
COLUMNS = ["code", "shape", "label", "unit", "area", "time", "value", "row", "column", "source_ref"]
_SHEET, _EXPORTED = "表形式", "出力日"
_HEADER_ROWS = 12
_B, _C, _D = 1, 2, 3  # what a line is about stands in B and C, and values from D or E on
_PLACE = re.compile(r"[都道府県市区町村]$|^全国$|連合$|組合$")
_FILLER = re.compile(r"[行列]\d+")
_CODE = re.compile(r"([A-Zδ]\d{1,3}(?:-[a-z])?)_")
_YEAR = re.compile(r"_((?:19|20)\d{2})(?:\d{2})*_")
_MONTH = re.compile(r"(?:令和|平成|昭和|[RHS])?(?:元|\d{1,4})年\d{1,2}月末?(?:時点|現在)?")
_CLAIMS = "L"
NO_ROWS = "値の行がない書き出しです（0ではありません）。"
_NO_CLAIMS = (
    "L16〜L28 などのレセプトの指標は、市町村を選ぶと値の行が出ません。"
    "二次医療圏か都道府県を選んで書き出し直してください。"
)


@dataclass(frozen=True)
class Named:
    """What the name of a book says: the indicator, the shape and the year."""

    code: str
    shape: str
    year: str


def named(file: str) -> Named:
    """Read indicator, shape and year off a file name such as B4-a_認定率_2026_地域別 (1).xlsx."""
    name = unicodedata.normalize("NFKC", PurePosixPath(file).name)
    code, year = _CODE.match(name), _YEAR.search(name)
    shape = next((one for one in (AREAS, SERIES) if one in name), "")
    return Named(code[1] if code else "", shape, year[1] if year else "")


def is_export(rows: Sequence[Sequence[Any]], *, sheet: str) -> bool:
    """Tell the layout by the first cell and by the header that follows it."""
    first = rows[0][0] if rows and rows[0] else ""
    if not plain(first).startswith(_EXPORTED):
        return False
    return plain(sheet).startswith(_SHEET) or _header(rows, "") is not None


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by the sheet with the table."""
    return head.startswith(WORKBOOK_MARK) and _sheet(file) is not None


def read(file: RawFile) -> Extract:
    """Read every value with its series, place and time as printed."""
    sheet = _sheet(file) or ""
    return from_rows(sheet_rows(file.path, sheet), sheet=sheet, file=file.name)


def _sheet(file: RawFile) -> str | None:
    """Return the sheet with the table: 表形式, or else the last one."""
    names = sheet_names(file.path)
    told = [name for name in names if plain(name).startswith(_SHEET)] or names[-1:]
    for name in told:
        if is_export(sheet_rows(file.path, name, limit=_HEADER_ROWS), sheet=name):
            return name
    return None


def from_rows(rows: Sequence[Sequence[Any]], *, sheet: str, file: str) -> Extract:
    """Return the values of one sheet; a book without any says why and has no frame."""
    told = named(file)
    shape = next((one for one in (AREAS, SERIES) if one in plain(sheet)), told.shape)
    code = told.code or _printed_code(rows)
    vintage = _exported(rows)
    header = _header(rows, shape)
    if header is None:
        return Extract(NAME, SOURCE_KEY, vintage, {}, 0, [_empty(code, sheet)])
    number, shape = header
    read_rows = _series if shape == SERIES else _areas
    values = [
        (code, shape, *value, f"{sheet.strip()} {xl_rowcol_to_cell(*value[-2:])}")
        for value in read_rows(rows, number, told.year)
    ]
    if not values:
        return Extract(NAME, SOURCE_KEY, vintage, {}, 0, [_empty(code, sheet)])
    frame = pd.DataFrame(values, columns=COLUMNS)
    return Extract(NAME, SOURCE_KEY, vintage, {"values": frame}, len(frame))


def is_period(cell: object) -> bool:
    """Tell whether a header cell prints a year, a fiscal year or a month."""
    text = as_printed(cell)
    bare = re.sub(r"\(.*?\)", "", text)
    is_year = bool(re.fullmatch(r"(19|20)\d{2}", bare)) or not bare.isdecimal()
    return (is_year and read_period(bare) is not None) or bool(_MONTH.fullmatch(bare))


def as_printed(cell: object) -> str:
    """Return a cell as folded text; a whole number has no point."""
    return plain(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)


def _header(rows: Sequence[Sequence[Any]], shape: str) -> tuple[int, str] | None:
    """Return the line with the periods or the areas, and which of the two it has."""
    told: tuple[int, str] | None = None
    for number, row in enumerate(rows[1:_HEADER_ROWS], start=1):
        cells = [cell for cell in row[_D:] if _says(cell)]
        for found, tells in ((SERIES, is_period), (AREAS, _is_area)):
            if any(map(tells, cells)) and shape in ("", found):
                return number, found
        if cells and shape == AREAS and told is None:
            told = number, AREAS
    return told


def _is_area(cell: object) -> bool:
    return bool(_PLACE.search(plain(cell)))


def _series(rows: Sequence[Sequence[Any]], header: int, year: str) -> Iterator[tuple[Any, ...]]:
    """Yield the values of a book by period; its unit stands before the first one."""
    times = {n: cell for n, cell in enumerate(rows[header]) if n >= _D and is_period(cell)}
    has_unit = min(times) > _D
    for number, row in _lines(rows, header):
        label, area = str(row[_C]).strip(), str(row[_B]).strip()
        for column in (n for n in times if n < len(row)):
            time, unit = as_printed(times[column]), row[_D] if has_unit else ""
            yield label, unit, area, time, row[column], number, column


def _areas(rows: Sequence[Sequence[Any]], header: int, year: str) -> Iterator[tuple[Any, ...]]:
    """Yield the values of a book by area, all of the year in the name of the book."""
    places = {n: cell for n, cell in enumerate(rows[header]) if n >= _D and _says(cell)}
    for number, row in _lines(rows, header):
        label = str(row[_B]).strip()
        for column in (n for n in places if n < len(row)):
            area = str(places[column]).strip()
            yield label, row[_C], area, year, row[column], number, column


def _lines(rows: Sequence[Sequence[Any]], header: int) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the lines with values: no filler, and no note, which starts with a bracket."""
    for number, row in enumerate(rows[header + 1 :], start=header + 1):
        first = row[_B] if len(row) > _D else ""
        if _says(first) and not plain(first).startswith("("):
            yield number, row


def _says(cell: object) -> bool:
    return cell is not None and str(cell).strip() != "" and not _FILLER.fullmatch(plain(cell))


def _printed_code(rows: Sequence[Sequence[Any]]) -> str:
    """Return the indicator that a cell above the values prints before an underscore."""
    cells = (str(cell).strip() for row in rows[:_HEADER_ROWS] for cell in row)
    return next((found[1] for found in map(_CODE.match, cells) if found), "")


def _exported(rows: Sequence[Sequence[Any]]) -> str:
    found = re.search(r"((?:19|20)\d{2})\D+(\d{1,2})\D+(\d{1,2})", plain(rows[0][0]))
    return "{}年{}月{}日の書き出し".format(*map(int, found.groups())) if found else ""


def _empty(code: str, sheet: str) -> RowIssue:
    why = _NO_CLAIMS if code.startswith(_CLAIMS) else ""
    return RowIssue(sheet, "", code, NO_ROWS + why, set_aside=False)
