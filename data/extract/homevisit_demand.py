"""Forecast of home visits by planning area (厚生労働省 地域医療構想 在宅（訪問診療）需要推計)."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from data.errors import UnreadableFile
from data.extract import Extract, RawFile, RowIssue
from data.extract.delimited import plain
from data.extract.insurer_tables import NOT_GUESSED
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "将来の在宅（訪問診療）需要推計"
SOURCE_KEY = "planning_area_report"

CLAIMS = "レセプト件数/月"
_KEYS = ("都道府県", "構想区域コード", "構想区域名")
_NO_CODE = "構想区域コードが4桁の数ではないため除きました。"
_YEAR = re.compile(r"^(\d{4})年度")


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the workbook by the title of its sheet."""
    return head.startswith(WORKBOOK_MARK) and _sheet(file) is not None


def read(file: RawFile) -> Extract:
    """Read claims a month by planning area and fiscal year, in long form."""
    sheet = _sheet(file) or ""
    rows = sheet_rows(file.path, sheet)
    index = next((i for i, row in enumerate(rows[:10]) if plain(row[1]) == "構想区域コード"), None)
    if index is None:
        raise UnreadableFile(
            "「構想区域コード」の見出しがありません。", file=file.name, sheet=sheet
        )
    years = _year_columns(rows, index, file=file, sheet=sheet)
    body = list(enumerate(rows[index + 1 :], start=index + 2))
    issues = [
        RowIssue(f"{sheet}!B{line}", "構想区域コード", plain(row[1]), _NO_CODE)
        for line, row in body
        if not _is_code(row[1]) and any(plain(row[column]) for column in years)
    ]
    records = [
        {
            "都道府県": plain(row[0]),
            "構想区域コード": _code(row[1]),
            "構想区域名": plain(row[2]),
            "年度": year,
            CLAIMS: row[column],
            "source_ref": f"{sheet}!{xl_rowcol_to_cell(line - 1, column)}",
        }
        for line, row in body
        if _is_code(row[1])
        for column, year in years.items()
    ]
    frame = pd.DataFrame(records)
    vintage = f"{min(years.values())}年度実績と{max(years.values())}年度までの推計"
    return Extract(NAME, SOURCE_KEY, vintage, {"demand": frame}, len(body), issues)


def _year_columns(
    rows: list[list[Any]], index: int, *, file: RawFile, sheet: str
) -> dict[int, int]:
    """Return the year of every column of claims; a doubtful header is refused with its cell."""

    def refuse(message: str, row: int, column: int) -> UnreadableFile:
        cell = xl_rowcol_to_cell(row, column)
        return UnreadableFile(message, NOT_GUESSED, file=file.name, sheet=sheet, cell=cell)

    units = [plain(cell) for cell in rows[index]]
    for column, key in enumerate(_KEYS):
        if units[column] != key:
            raise refuse(f"必要な列「{key}」がありません（「{units[column]}」）。", index, column)
    years: dict[int, int] = {}
    for column, cell in list(enumerate(rows[index - 1]))[len(_KEYS) :] if index else []:
        found = _YEAR.match(plain(cell))
        if found is None and units[column] == CLAIMS:
            raise refuse(
                f"「{CLAIMS}」の列の年度が読み取れません（「{cell}」）。", index - 1, column
            )
        if found is None:
            continue
        if units[column] != CLAIMS:
            message = f"{cell}の列の単位が「{CLAIMS}」ではありません（「{units[column]}」）。"
            raise refuse(message, index, column)
        if int(found[1]) in years.values():
            raise refuse(f"{found[1]}年度の列が二つ以上あります。", index - 1, column)
        years[column] = int(found[1])
    if not years:
        raise refuse(f"年度のある「{CLAIMS}」の列がありません。", index, len(_KEYS))
    return years


def _sheet(file: RawFile) -> str | None:
    return next((n for n in sheet_names(file.path) if "訪問診療" in n and "需要推計" in n), None)


def _is_code(cell: object) -> bool:
    return bool(re.fullmatch(r"\d{3,4}", plain(str(cell).removesuffix(".0"))))


def _code(cell: object) -> str:
    """The sister workbooks print the code as a number, so that its zero is lost."""
    return plain(str(cell).removesuffix(".0")).zfill(4)
