"""Notified facility standards of a prefecture (地方厚生局 届出受理医療機関名簿)."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

from data.era import calendar_year_label
from data.errors import UnreadableFile
from data.extract import Extract, RawFile
from data.extract.delimited import plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows

NAME = "施設基準の届出受理医療機関名簿"
SOURCE_KEY = "facility_standards"

_LABELS = {"都道府県コード", "区分", "医療機関番号", "医療機関名称", "受理届出名称", "受理記号"}
_DATED = re.compile(r"令和\s*(元|\d+)\s*年\s*(\d+)\s*月\s*(\d+)\s*日\s*現在")
_PERSONAL = ["電話番号", "FAX番号"]


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by the header row of the first sheet."""
    if not head.startswith(WORKBOOK_MARK):
        return False
    names = sheet_names(file.path)
    return bool(names) and _header_index(sheet_rows(file.path, names[0], limit=10)) is not None


def read(file: RawFile) -> Extract:
    """Read one row for each notification and remark, as printed."""
    sheet = sheet_names(file.path)[0]
    rows = sheet_rows(file.path, sheet)
    index = _header_index(rows)
    if index is None:
        raise UnreadableFile("見出しの行がありません。", file=file.name, sheet=sheet)
    header = [plain(cell) for cell in rows[index]]
    records = [
        [*(_text(cell) for cell in row), f"{sheet}!A{number}"]
        for number, row in enumerate(rows[index + 1 :], start=index + 2)
        if any(cell != "" for cell in row)
    ]
    frame = pd.DataFrame(records, columns=[*header, "source_ref"], dtype="str")
    frame = frame.drop(columns=_PERSONAL, errors="ignore")
    return Extract(NAME, SOURCE_KEY, _vintage(rows[:index]), {"notifications": frame}, len(frame))


def _header_index(rows: list[list[Any]]) -> int | None:
    for index, row in enumerate(rows[:10]):
        if {plain(cell) for cell in row} >= _LABELS:
            return index
    return None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _vintage(rows: list[list[Any]]) -> str:
    for cell in (cell for row in rows for cell in row):
        found = _DATED.search(unicodedata.normalize("NFKC", str(cell)))
        if found:
            year = 1 if found[1] == "元" else int(found[1])
            return f"{calendar_year_label(2018 + year)}{int(found[2])}月{int(found[3])}日現在"
    return "時点の記載なし"
