"""The values of a sheet as they look: letters struck out or raised, formats that print more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from surveys.cells import column_number
from surveys.number_formats import HIDDEN, is_dash, shown_number, shown_text, year_words
from surveys.part_scan import PartNotes
from surveys.struck_text import joined, looking
from surveys.style_scan import CellStyle

_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_SHOWN = re.compile(r"(.*)（値は(.*)）", re.DOTALL)
_BEFORE_SERIALS = date(1899, 12, 30)
_LAST_SERIAL = 2_958_465
_PLAIN_STYLE = CellStyle()
_FISCAL_START = 4


class Unseen(NamedTuple):
    """Cells that nobody sees for what they are.

    The letters of faint ones have the colour behind them; dashed are zeros printed as a line, and
    percentages are printed a hundred times as large.
    """

    faint: list[str]
    dashed: list[str]
    percentages: list[str]


def shown_of(text: str) -> tuple[str, str] | None:
    """Return what a cell prints and what its value is, where a text says that they differ."""
    found = _SHOWN.fullmatch(text)
    return (found[1], found[2]) if found else None


def show_looks(
    rows: Sequence[list[object]], notes: PartNotes, styles: Mapping[str, CellStyle]
) -> Unseen:
    """Put what is to be seen into the rows of a sheet, as far as it is not the value alone."""
    unseen = Unseen([], [], [])
    for cell in {**notes.styled, **notes.runs}:
        row, column = _place(cell)
        if row >= len(rows) or column >= len(rows[row]) or cell in notes.errors:
            continue
        value = rows[row][column]
        style = styles.get(notes.styled.get(cell, ""), _PLAIN_STYLE)
        if value in ("", None):
            continue
        if cell in notes.runs:
            rows[row][column] = joined(notes.runs[cell], of_cell=style.look)
        else:
            rows[row][column] = _looking(value, style)
        if style.is_faint:
            unseen.faint.append(cell)
        if _is_dashed(value, style.format):
            unseen.dashed.append(cell)
        if style.is_percentage and isinstance(value, (int, float)):
            unseen.percentages.append(cell)
    return unseen


def _is_dashed(value: object, code: str) -> bool:
    return value == 0 and not isinstance(value, bool) and is_dash(shown_number(0.0, code) or "")


def _looking(value: object, style: CellStyle) -> object:
    shown = _shown(value, style.format) if style.format else None
    if not style.look:
        return value if shown is None else shown
    return looking(_text(value) if shown is None else str(shown), style.look)


def _shown(value: object, code: str) -> object:
    """Return a value with what its format prints; none where that is the value."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        printed = shown_text(value, code)
        return None if printed is None else _both(printed, value)
    words = year_words(code)
    if words is not None:
        return _year(value, words)
    if isinstance(value, (int, float)):
        printed = None if _is_dashed(value, code) else shown_number(float(value), code)
        return None if printed is None else _both(printed, _text(value))
    return None


def _both(printed: str, value: str) -> str:
    return f"{printed or HIDDEN}（値は{value}）"


def _year(value: object, words: str) -> object:
    """Return a day of which the year alone is printed; both where it lies in another fiscal year.

    Formats of era years alone are not known as dates to the reader, which tells the serial number.
    """
    if isinstance(value, (int, float)) and 0 < value <= _LAST_SERIAL:
        value = _BEFORE_SERIALS + timedelta(days=int(value))
    if not isinstance(value, date):
        return None
    day = date(value.year, value.month, value.day)
    if day.month >= _FISCAL_START:
        return day.isoformat()
    return _both(f"{day.year}{words}", day.isoformat())


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return date(value.year, value.month, value.day).isoformat()
    return str(value).upper() if isinstance(value, bool) else str(value)


def _place(cell: str) -> tuple[int, int]:
    found = _CELL.fullmatch(cell)
    return (int(found[2]) - 1, column_number(found[1]) - 1) if found else (0, 0)
