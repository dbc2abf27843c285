"""圏域と市区町村の対応表: our own plain layout for areas that no publisher offers as a table."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.extract import Extract, RawFile
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows
from data.extract.text_table import header_of, read_text_table

NAME = "圏域と市区町村の対応表"
COLUMNS = ("団体コード", "市区町村名", "圏域種別", "圏域コード", "圏域名", "適用開始", "適用終了")
NEEDED = {"memberships": COLUMNS}
_ZONE_DIGITS = 4


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its header, in a CSV or on the first sheet of a workbook."""
    if head.startswith(WORKBOOK_MARK):
        sheets = sheet_names(file.path)
        first = sheet_rows(file.path, sheets[0], limit=1) if sheets else []
        return bool(first) and {str(cell).strip() for cell in first[0]} >= set(COLUMNS)
    return set(header_of(head)) >= set(COLUMNS)


def read(file: RawFile) -> Extract:
    """Read all rows as text."""
    with file.path.open("rb") as stream:
        is_book = stream.read(len(WORKBOOK_MARK)) == WORKBOOK_MARK
    frame = _sheet(file) if is_book else read_text_table(file)
    return Extract(NAME, "area_membership", "", {"memberships": frame}, len(frame))


def _sheet(file: RawFile) -> pd.DataFrame:
    sheet = sheet_names(file.path)[0]
    rows = sheet_rows(file.path, sheet)
    header = [str(cell).strip() for cell in rows[0]]
    at = [header.index(name) for name in COLUMNS]
    records = [
        [*(_text(row[column]) for column in at), f"{sheet}!{number}行"]
        for number, row in enumerate(rows[1:], start=2)
        if any(cell != "" for cell in row)
    ]
    frame = pd.DataFrame(records, columns=[*COLUMNS, "source_ref"], dtype="str")
    digits = frame["圏域コード"].str.fullmatch(r"\d{3}")
    frame.loc[digits, "圏域コード"] = frame.loc[digits, "圏域コード"].str.zfill(_ZONE_DIGITS)
    pairs = zip(frame["団体コード"], frame["圏域コード"], strict=True)
    frame["団体コード"] = [_with_zero(code, zone) for code, zone in pairs]
    return frame


def _with_zero(code: str, zone: str) -> str:
    """Give a code that Excel took for a number its zero back, by the prefecture of its zone.

    12025 in zone 0104 is 012025 of Hokkaido, not 12025 of Chiba.
    """
    is_six = len(code) == 5 and zone[:2] != code[:2] and zone[:2] == f"0{code[0]}"
    return f"0{code}" if is_six and code.isdecimal() else code


def _text(cell: object) -> str:
    """Return a cell as text: a day as 2024-04-01, a whole number without .0."""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
