"""Units, dates and notes that stand at the header of a column and are no part of it."""

from __future__ import annotations

import re

from data.extract.delimited import plain
from surveys.grid import Anchors, SheetGrid
from surveys.header_asides import is_scaled

_UNIT = re.compile(r"^[((]?単位")
_ASIDE = re.compile(r"^[((]?単位|^※|^[((]?注|現在[))]?$|時点[))]?$")


def is_aside(text: str) -> bool:
    """Tell whether a text near a header is a unit, a date or a note."""
    return bool(_ASIDE.search(plain(text)))


def remarks_of(
    grid: SheetGrid,
    bounds: tuple[int, int],
    anchors: Anchors,
    headers: list[int],
    above: range,
) -> dict[int, tuple[str, ...]]:
    """Return the remarks of each column of a table whose first respondent stands under above.

    A scaled unit that stands above the headers, or over the respondents, speaks of every column.
    """
    first = headers[0] if headers else above.stop
    found: dict[int, list[str]] = {column: [] for column in range(*bounds)}
    for row in above:
        texts = grid.filled[row]
        over_names = {texts[column] for column in anchors if column >= 0}
        for column in range(*bounds):
            text = texts[column]
            if not text or not is_aside(text):
                continue
            scaled = bool(_UNIT.search(plain(text))) and is_scaled(text)
            if scaled and (row < first or text in over_names or column == bounds[0]):
                for remarks in found.values():
                    remarks.append(text)
            elif row >= first and text not in over_names:
                found[column].append(text)
    return {column: tuple(dict.fromkeys(texts)) for column, texts in found.items() if texts}
