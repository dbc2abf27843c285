"""Forecast of home visits by planning area (厚生労働省 地域医療構想 在宅（訪問診療）需要推計)."""

from __future__ import annotations

import re

import pandas as pd

from data.errors import UnreadableFile
from data.extract import Extract, RawFile
from data.extract.delimited import plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "将来の在宅（訪問診療）需要推計"
SOURCE_KEY = "planning_area_report"

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
    years = {
        column: int(found[1])
        for column, cell in enumerate(rows[index - 1])
        if (found := _YEAR.match(plain(cell)))
    }
    records = [
        {
            "都道府県": plain(row[0]),
            "構想区域コード": _code(row[1]),
            "構想区域名": plain(row[2]),
            "年度": year,
            "レセプト件数/月": row[column],
            "source_ref": f"{sheet}!{chr(ord('A') + column)}{line}",
        }
        for line, row in enumerate(rows[index + 1 :], start=index + 2)
        if plain(row[1])
        for column, year in years.items()
    ]
    frame = pd.DataFrame(records)
    vintage = f"{min(years.values())}年度実績と{max(years.values())}年度までの推計"
    return Extract(NAME, SOURCE_KEY, vintage, {"demand": frame}, len(rows) - index - 1)


def _sheet(file: RawFile) -> str | None:
    return next((n for n in sheet_names(file.path) if "訪問診療" in n and "需要推計" in n), None)


def _code(cell: object) -> str:
    """The sister workbooks print the code as a number, so that its zero is lost."""
    return plain(str(cell).removesuffix(".0")).zfill(4)
