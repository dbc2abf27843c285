"""Our own plain layouts, CSV or XLSX: lines of a name and a value, then a header and rows."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from data.errors import UnreadableFile
from data.extract import RawFile, RowIssue
from data.extract.delimited import plain
from data.extract.doubtful_cells import as_seen
from data.extract.sheets import WORKBOOK_MARK, hidden_sheets, sheet_names, sheet_rows
from data.extract.text_table import decoded, header_of

HEAD_ROWS = 20
CITED = {"資料名": "title", "公表者": "publisher", "利用条件": "licence", "URL": "url"}
_FIRST_SHEETS = 5
_HIDDEN = "非表示のシートなので読みません。使う表なら、表示してから入れてください。"
_OTHER = "この表の見出しがないシートなので、読みません。"
_BRACES = str.maketrans("{}", "()")
_WIDE_TEXT = (BOM_UTF16_LE, BOM_UTF16_BE)


@dataclass(frozen=True)
class OwnTable:
    """The head by name, and the rows below the header with the place of each as printed.

    numbers are the rows, counted from 1, and positions the columns of the header, from 0; unread
    are the sheets beside the table, each with the reason.
    """

    head: dict[str, str]
    rows: list[list[str]]
    places: list[str]
    numbers: list[int]
    positions: list[int]
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def cited(self) -> dict[str, str]:
        """What the file says of its publisher, by the field of the source."""
        return {field: self.head[label] for label, field in CITED.items() if self.head.get(label)}

    @property
    def issues(self) -> list[RowIssue]:
        """What is to be said of the sheets that were not read."""
        return [
            RowIssue(sheet, "シート", sheet, reason, set_aside=False)
            for sheet, reason in self.unread
        ]


def is_own(file: RawFile, head: bytes, *, name: str, header: Sequence[str] = ()) -> bool:
    """Tell a layout by a line 様式 and its name near the top, or by a header if one is given."""
    for lines in _tops(file, head):
        for line in lines:
            if _named(line)[:2] == ["様式", plain(name)]:
                return True
            if header and {plain(cell) for cell in line} >= set(header):
                return True
    return False


def read_own(file: RawFile, *, columns: Sequence[str]) -> OwnTable:
    """Return the named columns in this order; UnreadableFile when no line has them all."""
    with file.path.open("rb") as stream:
        is_book = stream.read(len(WORKBOOK_MARK)) == WORKBOOK_MARK
    table = _of_book(file, columns) if is_book else own_table(_split(_text(file)), columns=columns)
    if table is None:
        raise UnreadableFile(
            f"見出しの行がありません（{'、'.join(columns)}）。",
            action=f"様式の行から{HEAD_ROWS}行までのところに、見出しの行を置いてください。",
            file=file.name,
        )
    return table


def own_table(
    lines: list[list[str]], *, columns: Sequence[str], place: str = "行 {}"
) -> OwnTable | None:
    """Return the table under the first line that has all columns, nothing where none has."""
    labels = [[plain(cell) for cell in line] for line in lines[:HEAD_ROWS]]
    wanted = [plain(name) for name in columns]
    at = next((n for n, row in enumerate(labels) if set(row) >= set(wanted)), None)
    if at is None:
        return None
    chosen = [labels[at].index(name) for name in wanted]
    numbered = [(at + 2 + n, row) for n, row in enumerate(lines[at + 1 :]) if any(row)]
    return OwnTable(
        head={row[0]: row[1] for row in map(_named, lines[:at]) if len(row) > 1},
        rows=[[row[c] if c < len(row) else "" for c in chosen] for _, row in numbered],
        places=[place.format(number) for number, _ in numbered],
        numbers=[number for number, _ in numbered],
        positions=chosen,
    )


def _named(line: Sequence[str]) -> list[str]:
    """Return a line of the head from its first filled cell on, which names the second."""
    first = next((n for n, cell in enumerate(line) if cell), len(line))
    name, *rest = [*line[first:], ""]
    value = plain(rest[0]) if rest and plain(name).rstrip(":") == "様式" else "".join(rest[:1])
    return [plain(name).rstrip(":"), value] if name else []


def _tops(file: RawFile, head: bytes) -> list[list[list[str]]]:
    """Return the first lines of a CSV, or of each of the first sheets that are seen."""
    if not head.startswith(WORKBOOK_MARK):
        return [_top_lines(head)]
    return _book_tops(file.path, file.path.stat().st_mtime)


@lru_cache(maxsize=1)
def _book_tops(path: Path, modified: float) -> list[list[list[str]]]:
    unseen = hidden_sheets(path)
    seen = [name for name in sheet_names(path) if name not in unseen][:_FIRST_SHEETS]
    rows = (sheet_rows(path, sheet, limit=HEAD_ROWS) for sheet in reversed(seen))
    return [[as_text(row) for row in top] for top in rows][::-1]


def _top_lines(head: bytes) -> list[list[str]]:
    if head.startswith(_WIDE_TEXT):
        return _split(head[: len(head) // 2 * 2].decode("utf-16", errors="ignore"))[:HEAD_ROWS]
    lines = [header_of(line) for line in head.split(b"\n", HEAD_ROWS)[:HEAD_ROWS]]
    own = [line[0].split("\t") if len(line) == 1 else line for line in lines]
    return [[cell.strip() for cell in line] for line in own]


def _text(file: RawFile) -> str:
    with file.path.open("rb") as stream:
        is_wide = stream.read(2) in _WIDE_TEXT
    if not is_wide:
        return decoded(file)
    try:
        return file.path.read_text(encoding="utf-16")
    except UnicodeError as error:
        action = "UTF-8で保存し直してください。"
        raise UnreadableFile("文字が途中で切れています。", action, file=file.name) from error


def _split(text: str) -> list[list[str]]:
    """Return the cells of each line, parted by tabs where no comma parts the first lines."""
    top = text.split("\n", HEAD_ROWS)[:HEAD_ROWS]
    tabs, commas = ("".join(top).count(mark) for mark in "\t,")
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter="\t" if tabs > commas else ","))
    except csv.Error:
        return []
    return [[cell.strip() for cell in line] for line in lines]


def _of_book(file: RawFile, columns: Sequence[str]) -> OwnTable | None:
    """Return the tables of all sheets that are seen as one, nothing where none has the header."""
    tables: list[OwnTable] = []
    unread: list[tuple[str, str]] = []
    for sheet in sheet_names(file.path):
        if sheet in hidden_sheets(file.path):
            unread.append((sheet, _HIDDEN))
            continue
        rows = as_seen(file.path, sheet, sheet_rows(file.path, sheet))
        lines = [as_text(row) for row in rows]
        table = own_table(lines, columns=columns, place=sheet.translate(_BRACES) + " {}行")
        if table:
            tables.append(table)
        elif any(map(any, lines)):
            unread.append((sheet, _OTHER))
    if not tables:
        return None
    first = tables[0]
    if any(table.cited not in ({}, first.cited) for table in tables):
        message = "資料名・公表者などの違う表が、二つ以上のシートにあります。"
        raise UnreadableFile(message, "別のファイルに分けてください。", file=file.name)
    return replace(
        first,
        rows=[row for table in tables for row in table.rows],
        places=[place for table in tables for place in table.places],
        numbers=[number for table in tables for number in table.numbers],
        unread=tuple(unread),
    )


def as_text(row: Sequence[object]) -> list[str]:
    """Return cells as text: a day as 2024-04-01, a whole number without .0."""
    return [_cell(cell) for cell in row]


def _cell(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
