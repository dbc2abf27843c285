"""Published tables that are wider than any survey, and how much of them is read.

The process that opens a workbook asks this, so nothing heavy is imported here.
"""

from __future__ import annotations

import unicodedata

from surveys.content import Cell

WIDEST = 2_000
_GRANT = "全国集計(市町村)"
_LAST_COLUMN = "支援合計"
_LABEL_ROWS = 8


def is_wide(name: str) -> bool:
    """Tell by its name a sheet that may be wider: that of the incentive grant."""
    return _folded(name).startswith(_GRANT)


def narrowed(rows: list[list[Cell]], *, columns: int) -> list[list[Cell]]:
    """Return the columns up to the last that is used, or as many as any sheet may have."""
    last = next(
        (
            place
            for row in rows[:_LABEL_ROWS]
            for place, cell in enumerate(row)
            if isinstance(cell, str) and _folded(cell) == _LAST_COLUMN
        ),
        columns - 1,
    )
    return [row[: last + 1] for row in rows]


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
