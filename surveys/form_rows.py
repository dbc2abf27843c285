"""The rows of a sheet whose questions stand below each other, as the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from data.extract.delimited import plain
from surveys.cells import address
from surveys.choice_cells import QUESTION_HEADS
from surveys.grid import SheetGrid
from surveys.header_asides import is_scaled
from surveys.header_remarks import scaled_units
from surveys.named_years import relative_year
from surveys.tables import NUMBERING, PrintedCell, TableColumn
from surveys.year_choice import is_year_heading

_SECTION = re.compile(r"^[((【■●◆◇□Ⅰ-Ⅹ第]|^[0-9]{1,2}[^0-9]|について$")


def labelled_rows(
    grid: SheetGrid,
    answers: Sequence[int],
    *,
    rows: range,
    heads: Collection[int],
    beside: Sequence[int] = (),
) -> list[TableColumn]:
    """Return a column for each row with a label; a group's label holds until the next.

    Labels stand left of the columns of answers. heads are the rows that name respondents or years,
    over which no group reaches; beside are the columns of units and explanations.
    """
    start = answers[0]
    found = []
    group = [""] * start
    for row in rows:
        texts = grid.filled[row]
        labels = [
            "" if column in beside or NUMBERING.fullmatch(plain(text)) else text
            for column, text in enumerate(texts[:start])
        ]
        last = max((c for c, text in enumerate(labels) if text), default=-1)
        if row in heads:
            group = [""] * start
        if last < 0 or row in heads:
            continue
        first = next(c for c, text in enumerate(labels) if text)
        group = [*group[:first], *labels[first:]]
        levels = tuple(dict.fromkeys(text for text in group[: last + 1] if text))
        behind = tuple(texts[column] for column in beside if texts[column])
        scales = tuple(filter(is_scaled, behind))
        found.append(TableColumn(row, levels, address(row, last), scales, behind))
        if all(text == texts[0] for text in texts[: start + 1]):
            group = [""] * start
        elif any(texts[column] for column in answers):
            group = [text if column < last else "" for column, text in enumerate(group)]
    return found


def with_units(
    columns: Sequence[TableColumn], grid: SheetGrid, *, rows: range
) -> list[TableColumn]:
    """Return columns with the scaled units that rows without a question name for all of them."""
    asked = {column.position for column in columns}
    units = scaled_units(text for row in rows if row not in asked for text in grid.printed[row])
    return [
        replace(column, remarks=tuple(dict.fromkeys((*column.remarks, *units))))
        for column in columns
    ]


def year_headings(
    grid: SheetGrid, start: int, *, rows: range, is_asked: Callable[[Iterable[str]], bool]
) -> dict[int, dict[int, str]]:
    """Return the years over the columns of answers, by row; a row with a question heads nothing.

    is_asked tells whether labels are a question's.
    """
    found = {}
    for row in rows:
        texts = grid.filled[row]
        years = {c: texts[c] for c in range(start, grid.width) if is_year_heading(texts[c])}
        if len(set(years.values())) < 2:
            continue
        labels = {plain(text) for text in grid.printed[row][:start] if text}
        full = all(relative_year(text) or "年度" in text for text in years.values())
        section = full and all(map(_SECTION.search, labels)) and not is_asked(labels)
        if labels <= QUESTION_HEADS or section:
            found[row] = years
    return found


def printed_at(grid: SheetGrid, place: tuple[int, int] | None) -> PrintedCell:
    """Return the text of a cell, blank where there is none."""
    if place is None:
        return PrintedCell("", address(0, 0))
    return PrintedCell(grid.printed[place[0]][place[1]], address(*place))
