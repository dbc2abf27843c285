"""厚生労働省 地域医療構想 医療機関別の表: a sheet for each planning area, a row a facility."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

from data.era import fiscal_year_label
from data.errors import UnreadableFile
from data.extract import Extract, RawFile, RowIssue
from data.extract.delimited import plain
from data.extract.planning_area_pairs import CITED, year_in_name
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "構想区域ごとの医療機関の表"
SOURCE_KEY = "planning_area_report"
_SHEET = re.compile(
    r"(?P<code>\d{3,4})(?P<prefecture>北海道|東京都|京都府|大阪府|\D{2,3}県)(?P<area>.+)"
)
_YEAR = re.compile(r"令和(\d+)年度")
_PLACE = "市区町村"
_TOP_ROWS = 12
_NO_AREA = "名前が「101北海道南渡島」の形ではないため、構想区域のシートとして読みません。"


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its sheets: code, prefecture and area, such as 101北海道南渡島."""
    if not head.startswith(WORKBOOK_MARK):
        return False
    names = [name for name in sheet_names(file.path) if _SHEET.fullmatch(plain(name))]
    return len(names) > 1


def read(file: RawFile) -> Extract:
    """Read the municipalities that occur in each area, in the columns of the list of pairs.

    An area without any has one row that names none. The year is the only one that the sheets
    print above their rows, or that of the name of the file or its folder.
    """
    records: list[dict[str, str]] = []
    years: set[int] = set()
    issues: list[RowIssue] = []
    for sheet in sheet_names(file.path):
        found = _SHEET.fullmatch(plain(sheet))
        if not found:
            issues.append(RowIssue(sheet, "シート", sheet, _NO_AREA, set_aside=False))
            continue
        rows = sheet_rows(file.path, sheet)
        years |= _years(rows)
        records += [
            {
                "構想区域コード": found["code"].zfill(4),
                "都道府県": found["prefecture"],
                "構想区域": found["area"],
                "所在地（市区町村名）": place,
                "source_ref": f"{sheet}!{number}行",
            }
            for place, number in (_places(rows, file=file, sheet=sheet) or {"": 1}).items()
        ]
    year = years.pop() if len(years) == 1 else year_in_name(file.name)
    vintage = fiscal_year_label(year) if year else ""
    frame = pd.DataFrame(records, dtype="str")
    return Extract(NAME, SOURCE_KEY, vintage, {"pairs": frame}, len(frame), issues, dict(CITED))


def _years(rows: list[list[Any]]) -> set[int]:
    text = "".join(str(cell) for row in rows[:_TOP_ROWS] for cell in row)
    found = _YEAR.findall(unicodedata.normalize("NFKC", text).replace(" ", ""))
    return {2018 + int(year) for year in found}


def _places(rows: list[list[Any]], *, file: RawFile, sheet: str) -> dict[str, int]:
    """Return each municipality with the first row that has it; its column is found by its name."""
    for number, row in enumerate(rows[:_TOP_ROWS]):
        for column, cell in enumerate(row):
            if _PLACE in plain(cell):
                return _below(rows, number + 1, column)
    raise UnreadableFile(
        f"「{_PLACE}」の見出しの列がありません。",
        action="様式が変わったようです。構想区域と市区町村の組のCSVを使ってください。",
        file=file.name,
        sheet=sheet,
    )


def _below(rows: list[list[Any]], first: int, column: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, row in enumerate(rows[first:], start=first + 1):
        name = str(row[column]).strip() if column < len(row) else ""
        if re.fullmatch(r"\S+[市区町村]", name):
            found.setdefault(name, number)
    return found
