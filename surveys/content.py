"""A workbook as it was read: the printed values of its sheets and what else is to be said."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

Cell = str | float | bool
_ROWS_A_LINE = 100


@dataclass
class SheetContent:
    """The cells of one sheet from A1 on; blanks are empty text, dates ISO text.

    faint are the cells whose letters have the colour behind them, dashed zeros printed as a line,
    percentages numbers printed a hundred times as large.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    uncached: list[str] = field(default_factory=list)
    faint: list[str] = field(default_factory=list)
    dashed: list[str] = field(default_factory=list)
    percentages: list[str] = field(default_factory=list)
    hides_zeros: bool = False


def text_of(cell: Cell) -> str:
    """Return a cell as text; whole numbers have no point."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def to_json(sheets: list[SheetContent]) -> bytes:
    """Return the sheets as lines of ASCII JSON; a lone surrogate survives as an escape.

    The first line has everything but rows; each of the others a sheet's number and some rows, so
    that reading never holds up a whole server for long.
    """
    heads = [vars(sheet) | {"rows": []} for sheet in sheets]
    parts = [
        (number, sheet.rows[start : start + _ROWS_A_LINE])
        for number, sheet in enumerate(sheets)
        for start in range(0, len(sheet.rows), _ROWS_A_LINE)
    ]
    return "\n".join(map(json.dumps, (heads, *parts))).encode("ascii")


def from_json(content: bytes) -> list[SheetContent]:
    """Return the sheets of to_json."""
    first, *rest = content.splitlines()
    sheets = [SheetContent(**record) for record in json.loads(first)]
    for sheet in sheets:
        sheet.merged = [(top, left, bottom, right) for top, left, bottom, right in sheet.merged]
    for line in rest:
        number, rows = json.loads(line)
        sheets[number].rows += rows
    return sheets
