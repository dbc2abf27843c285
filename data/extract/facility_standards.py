"""Notified facility standards of a prefecture (地方厚生局 届出受理医療機関名簿)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pandas as pd

from data.era import calendar_year_label
from data.errors import UnreadableFile
from data.extract import Extract, RawFile, RowIssue
from data.extract.delimited import plain
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows
from data.extract.zipped_books import Rows, is_zip_of_books, zipped_sheets

NAME = "施設基準の届出受理医療機関名簿"
SOURCE_KEY = "facility_standards"

NEEDED = {
    "notifications": (
        "都道府県コード",
        "区分",
        "医療機関番号",
        "医療機関名称",
        "医療機関所在地（住所）",
        "受理届出名称",
        "受理記号",
    )
}
_LABELS = {"都道府県コード", "区分", "医療機関番号", "医療機関名称", "受理届出名称", "受理記号"}
_DATED = re.compile(r"令和\s*(元|\d+)\s*年\s*(\d+)\s*月\s*(\d+)\s*日\s*現在")
_PERSONAL = ["電話番号", "FAX番号"]
_TOP_ROWS = 10
_FIRST_SHEETS = 10
_UNDATED = "時点の記載なし"
_NO_HEADER = "名簿の見出しの行がないため、読みません。"


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by the header row of a sheet, in a workbook or in a zip of workbooks."""
    if not head.startswith(WORKBOOK_MARK):
        return False
    sheets = islice(sheets_of(file, limit=_TOP_ROWS), _FIRST_SHEETS)
    return any(_header_index(rows) is not None for _, rows in sheets)


def read(file: RawFile) -> Extract:
    """Read one row for each notification and remark, as printed, from every sheet that has them."""
    frames: list[pd.DataFrame] = []
    issues: list[RowIssue] = []
    vintage = ""
    for place, rows in sheets_of(file):
        index = _header_index(rows)
        if index is None:
            if any(cell != "" for row in rows for cell in row) or place.endswith("・"):
                reason = _NO_HEADER + _lacking(rows)
                issues.append(RowIssue(place.rstrip("・"), "", "", reason, set_aside=False))
            continue
        frames.append(_table(rows, index, place))
        vintage = max(vintage, _vintage(rows[:index]), key=_sortable)
    if not frames:
        raise UnreadableFile("見出しの行がありません。", file=file.name)
    frame = pd.concat(frames, ignore_index=True).fillna("")
    tables = {"notifications": frame.drop(columns=_PERSONAL, errors="ignore")}
    return Extract(NAME, SOURCE_KEY, vintage or _UNDATED, tables, len(frame), issues)


def sheets_of(file: RawFile, *, limit: int | None = None) -> Iterator[tuple[str, Rows]]:
    """Yield where each sheet stands, as printed in source_ref, and its rows."""
    if is_zip_of_books(file.path):
        for member, sheet, rows in zipped_sheets(file.path, limit=limit):
            yield f"{member}・{sheet}", rows
        return
    for sheet in sheet_names(file.path):
        yield sheet, sheet_rows(file.path, sheet, limit=limit)


def _table(rows: Rows, index: int, place: str) -> pd.DataFrame:
    header = [plain(cell) for cell in rows[index]]
    records = [
        [*(_text(cell) for cell in row), f"{place}!A{number}"]
        for number, row in enumerate(rows[index + 1 :], start=index + 2)
        if any(cell != "" for cell in row)
    ]
    return pd.DataFrame(records, columns=[*header, "source_ref"], dtype="str")


def _header_index(rows: list[list[Any]]) -> int | None:
    for index, row in enumerate(rows[:_TOP_ROWS]):
        if {plain(cell) for cell in row} >= _LABELS:
            return index
    return None


def _lacking(rows: Rows) -> str:
    """Name the columns that the row most like a header lacks; nothing when none is like it."""
    nearest = max(
        ({plain(cell) for cell in row} for row in rows[:_TOP_ROWS]),
        key=lambda labels: len(labels & _LABELS),
        default=set(),
    )
    missing = [label for label in NEEDED["notifications"] if plain(label) in _LABELS - nearest]
    return f"必要な列がありません：{'、'.join(missing)}。" if nearest & _LABELS else ""


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
    return ""


def _sortable(vintage: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", vintage.partition("(")[2]))
