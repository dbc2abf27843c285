"""Units, dates and notes that stand at the header of a column and are no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.extract.delimited import plain
from surveys.grid import Anchors, SheetGrid

_SCALED = re.compile(r"単位[:は]?(?:十|百|千|万|億)[件回人名]?")
_ASIDE = re.compile(r"^[((]?単位|^※|^[((]?注|現在[))]?$|時点[))]?$")


def is_aside(text: str) -> bool:
    """Tell whether a text near a header is a unit, a date or a note."""
    return bool(_ASIDE.search(plain(text)))


def scaled_units(texts: Iterable[str]) -> list[str]:
    """Return the scaled units, as 単位：千件, that texts around a table name."""
    return [unit for text in texts for unit in _SCALED.findall(plain(text))]


def remarks_of(
    grid: SheetGrid,
    bounds: tuple[int, int],
    anchors: Anchors,
    headers: list[int],
    *,
    above: range,
    below: range,
) -> dict[int, tuple[str, ...]]:
    """Return the remarks of each column of a table between the rows above and below it.

    A scaled unit in a title, a note or over the respondents speaks of every column.
    """
    first = headers[0] if headers else above.stop
    found: dict[int, list[str]] = {column: [] for column in range(*bounds)}
    notes = [text for row in below for text in grid.printed[row][slice(*bounds)]]
    general = scaled_units(notes)
    for row in above:
        texts = grid.filled[row]
        over_names = {texts[column] for column in anchors if column >= 0}
        for column in range(*bounds):
            text = texts[column]
            if row < first or text in over_names or column == bounds[0]:
                general += _SCALED.findall(plain(text))
            elif not is_aside(text):
                continue
            elif row >= first and text not in over_names:
                found[column].append(text)
    return {
        column: tuple(dict.fromkeys([*texts, *general]))
        for column, texts in found.items()
        if texts or general
    }
