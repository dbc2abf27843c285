"""指標の表（共通様式）: our own plain layout for any quantity by area and period, CSV or XLSX.

First come lines of a name and a value (様式, 資料名, 公表者, 利用条件, URL, 時点), then the header
and the rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas as pd

from data.errors import UnreadableFile
from data.extract import Extract, RawFile
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows
from data.extract.text_table import decoded, header_of

NAME = "指標の表（共通様式）"
COLUMNS = ("地域コード", "地域名", "時点", "項目", "数値")
CITED = {"資料名": "title", "公表者": "publisher", "利用条件": "licence", "URL": "url"}
_HEAD_ROWS = 20


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by its first line, 様式 and its name."""
    if head.startswith(WORKBOOK_MARK):
        sheets = sheet_names(file.path)
        first = sheet_rows(file.path, sheets[0], limit=1) if sheets else []
        return bool(first) and _text(first[0][:2]) == ["様式", NAME]
    return header_of(head)[:2] == ["様式", NAME]


def read(file: RawFile) -> Extract:
    """Read who publishes what, and the rows as text."""
    rows, place = _rows(file)
    at = next((n for n, row in enumerate(rows[:_HEAD_ROWS]) if set(row) >= set(COLUMNS)), None)
    if at is None:
        raise UnreadableFile(
            f"見出しの行がありません（{'、'.join(COLUMNS)}）。",
            action=f"様式の行から{_HEAD_ROWS}行までのところに、見出しの行を置いてください。",
            file=file.name,
        )
    head = {row[0]: row[1] for row in rows[:at] if len(row) > 1 and row[0]}
    columns = [rows[at].index(name) for name in COLUMNS]
    table = pd.DataFrame(
        [
            [*(row[c] if c < len(row) else "" for c in columns), place.format(at + 2 + n)]
            for n, row in enumerate(rows[at + 1 :])
            if any(row)
        ],
        columns=[*COLUMNS, "source_ref"],
        dtype="str",
    )
    cited = {field: head[label] for label, field in CITED.items() if head.get(label)}
    extract = Extract(NAME, "common_table", head.get("時点", ""), {"values": table}, len(table))
    extract.cited = cited
    return extract


def _rows(file: RawFile) -> tuple[list[list[str]], str]:
    """Return all rows as text, and how the place of one is printed."""
    with file.path.open("rb") as stream:
        is_book = stream.read(len(WORKBOOK_MARK)) == WORKBOOK_MARK
    if is_book:
        sheet = sheet_names(file.path)[0]
        return [_text(row) for row in sheet_rows(file.path, sheet)], sheet + " {}行"
    return [_text(row) for row in csv.reader(io.StringIO(decoded(file)))], "行 {}"


def _text(row: Sequence[object]) -> list[str]:
    """Return cells as text; a whole number of a workbook loses its .0."""
    return [
        str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
        for cell in row
    ]
