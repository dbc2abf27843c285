"""Our own plain layouts, CSV or XLSX: lines of a name and a value, then a header and rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.errors import UnreadableFile
from data.extract import RawFile
from data.extract.sheets import WORKBOOK_MARK, sheet_names, sheet_rows
from data.extract.text_table import decoded, header_of

HEAD_ROWS = 20
CITED = {"資料名": "title", "公表者": "publisher", "利用条件": "licence", "URL": "url"}


@dataclass(frozen=True)
class OwnTable:
    """The head by name, and the rows below the header with the place of each as printed.

    numbers are the rows, counted from 1, and positions the columns of the header, from 0.
    """

    head: dict[str, str]
    rows: list[list[str]]
    places: list[str]
    numbers: list[int]
    positions: list[int]

    @property
    def cited(self) -> dict[str, str]:
        """What the file says of its publisher, by the field of the source."""
        return {field: self.head[label] for label, field in CITED.items() if self.head.get(label)}


def first_cells(file: RawFile, head: bytes) -> list[str]:
    """Return the cells of the first line of a CSV, or of the first sheet."""
    if not head.startswith(WORKBOOK_MARK):
        return [cell.strip() for cell in header_of(head)]
    sheets = sheet_names(file.path)
    rows = sheet_rows(file.path, sheets[0], limit=1) if sheets else []
    return as_text(rows[0]) if rows else []


def read_own(file: RawFile, *, columns: Sequence[str]) -> OwnTable:
    """Return the named columns in this order; UnreadableFile when no line has them all."""
    lines, place = _lines(file)
    table = own_table(lines, columns=columns, place=place)
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
    at = next((n for n, row in enumerate(lines[:HEAD_ROWS]) if set(row) >= set(columns)), None)
    if at is None:
        return None
    chosen = [lines[at].index(name) for name in columns]
    numbered = [(at + 2 + n, row) for n, row in enumerate(lines[at + 1 :]) if any(row)]
    return OwnTable(
        head={row[0]: row[1] for row in lines[:at] if len(row) > 1 and row[0]},
        rows=[[row[c] if c < len(row) else "" for c in chosen] for _, row in numbered],
        places=[place.format(number) for number, _ in numbered],
        numbers=[number for number, _ in numbered],
        positions=chosen,
    )


def _lines(file: RawFile) -> tuple[list[list[str]], str]:
    """Return all lines as text, and how the place of one is printed."""
    with file.path.open("rb") as stream:
        is_book = stream.read(len(WORKBOOK_MARK)) == WORKBOOK_MARK
    if is_book:
        sheet = sheet_names(file.path)[0]
        return [as_text(row) for row in sheet_rows(file.path, sheet)], sheet + " {}行"
    lines = csv.reader(io.StringIO(decoded(file)))
    return [[cell.strip() for cell in row] for row in lines], "行 {}"


def as_text(row: Sequence[object]) -> list[str]:
    """Return cells as text: a day as 2024-04-01, a whole number without .0."""
    return [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
