"""Finding the tables of a sheet: header rows under titles, merged cells, several tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from data.extract.delimited import plain
from surveys.cells import address
from surveys.content import SheetContent
from surveys.grid import Anchors, SheetGrid
from surveys.header_remarks import is_aside, remarks_of
from surveys.places import Places
from surveys.problems import Level
from surveys.year_choice import YearChoice

NUMBERING = re.compile(
    r"[((]?[0-9]{1,3}[)).]?|[①-⑳]|列[0-9]+|"
    r"(設?問|第|No\.?|[QqＱ])?[0-9]{1,3}(([-‐ー－.]|の)[0-9]{1,2}|[((][0-9]{1,2}[))])?問?[.、:]?"
)


class PrintedCell(NamedTuple):
    """A value as printed, and where."""

    text: str
    cell: str


@dataclass(frozen=True)
class TableColumn:
    """One column, its header texts from the top down, and where the lowest of them stands.

    remarks are the units, dates and notes that stand at its header; beside is what a form prints
    behind the answer.
    """

    position: int
    levels: tuple[str, ...]
    cell: str
    remarks: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass
class TableRow:
    """One row of a table: what it says of its respondent, and its cells by column."""

    code: PrintedCell
    name: PrintedCell
    cells: dict[int, PrintedCell]


class Said(NamedTuple):
    """What is to be said of the way in which a table was found."""

    level: Level
    rule: str
    message: str
    action: str
    at: PrintedCell


@dataclass
class SurveyTable:
    """One table of a sheet.

    notes are the texts around its rows, titles those of them that stand above. years is the choice
    between columns of several years; while it is open, the rows are not read.
    """

    sheet: str
    columns: list[TableColumn]
    rows: list[TableRow] = field(default_factory=list)
    notes: list[PrintedCell] = field(default_factory=list)
    titles: list[PrintedCell] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    years: YearChoice | None = None


def find_tables(
    sheet: SheetContent,
    *,
    places: Places,
    is_header: Callable[[str], bool] = lambda text: False,
) -> list[SurveyTable]:
    """Return every table of a sheet in which rows are municipalities.

    is_header tells whether a text is the header of a question.
    """
    return tables_in(SheetGrid(sheet, places, is_header=is_header))


def tables_in(grid: SheetGrid) -> list[SurveyTable]:
    """Return every table of a sheet's grid in which rows are municipalities."""
    tables = []
    for left, right in grid.segments():
        tables += _stacked(grid, left, right)
    return tables


def _stacked(grid: SheetGrid, left: int, right: int) -> list[SurveyTable]:
    """Return the tables of a column range, one under the other."""
    headings = grid.headings(left, right) or [range(0)]
    ends = [heading.start for heading in headings[1:]] + [len(grid.printed)]
    tables: list[SurveyTable] = []
    start = 0
    for heading, end in zip(headings, ends, strict=True):
        anchors = grid.anchors(left, right, rows=range(heading.start, end))
        if anchors is None:
            continue
        block = _Block(grid, (left, right), anchors)
        first = block.first_row(heading, end)
        body = block.body_end(first, end)
        tables.append(_table(block, heading, range(start, first), range(first, body), end))
        start = body
    return tables


@dataclass(frozen=True)
class _Block:
    """One table's part of a sheet, and the columns of code and name in it."""

    grid: SheetGrid
    bounds: tuple[int, int]
    anchors: Anchors

    def is_place(self, row: int) -> bool:
        return self.grid.is_place(row, *self.anchors)

    def is_body(self, row: int) -> bool:
        """Tell whether a row names someone, known or not, and answers."""
        texts = [text for text in self.grid.printed[row][slice(*self.bounds)] if text]
        named = any(column >= 0 and self.grid.printed[row][column] for column in self.anchors)
        numbers = all(NUMBERING.fullmatch(plain(text)) for text in texts)
        return named and len(texts) > 1 and not numbers

    def first_row(self, heading: range, end: int) -> int:
        """Return the first row under the heading; without one, the first municipality."""
        below = range(heading.stop, end)
        wanted = self.is_body if heading else self.is_place
        return next((row for row in below if wanted(row) or self.is_place(row)), heading.stop)

    def body_end(self, first: int, end: int) -> int:
        rows = [row for row in range(first, end) if self.is_place(row) or self.is_body(row)]
        return rows[-1] + 1 if rows else first


def _table(block: _Block, heading: range, above: range, body: range, end: int) -> SurveyTable:
    grid = block.grid
    headers = _header_rows(block, heading, above)
    below = range(body.stop, end)
    remarks = remarks_of(grid, block.bounds, block.anchors, headers, above=above, below=below)
    columns = [
        replace(column, remarks=remarks.get(column.position, ()))
        for column in _columns(grid, block.bounds, block.anchors, headers)
    ]
    table = SurveyTable(grid.sheet.name, columns)
    for row in body:
        if block.is_place(row) or block.is_body(row):
            _add_row(table, grid, block.anchors, row)
    taken = {*headers, *(row for row in body if block.is_place(row) or block.is_body(row))}
    for row in [*above, *range(body.start, end)]:
        for column in range(*block.bounds):
            if row not in taken and grid.printed[row][column]:
                note = PrintedCell(grid.printed[row][column], address(row, column))
                table.notes.append(note)
                if row in above:
                    table.titles.append(note)
    return table


def _add_row(table: SurveyTable, grid: SheetGrid, anchors: Anchors, row: int) -> None:
    code, name = (_printed(grid, row, column) for column in anchors)
    printed, cells = grid.printed[row], {}
    for column in (column.position for column in table.columns):
        place = address(row, column)
        if grid.vertical and (row, column) in grid.vertical:
            cells[column] = PrintedCell(grid.filled[row][column], place)
            table.filled.append(place)
        else:
            cells[column] = PrintedCell(printed[column], place)
    table.rows.append(TableRow(code, name, cells))


def _printed(grid: SheetGrid, row: int, column: int) -> PrintedCell:
    if column < 0:
        return PrintedCell("", address(row, 0))
    return PrintedCell(grid.printed[row][column], address(row, column))


def _header_rows(block: _Block, heading: range, above: range) -> list[int]:
    """Return the rows above the first respondent that are neither blank, a title nor a section."""
    grid, bounds = block.grid, block.bounds
    found: list[int] = []
    for row in reversed(above):
        texts = _header_texts(grid, bounds, row)
        distinct = set(filter(None, texts))
        covers = any(column >= 0 and texts[column - bounds[0]] for column in block.anchors)
        if not distinct:
            if found and not any(grid.printed[row]):
                break
            continue
        if len(distinct) == 1 and (covers or texts[0]):
            if heading and row >= heading.stop:
                continue
            break
        found.insert(0, row)
    return found


def _header_texts(grid: SheetGrid, bounds: tuple[int, int], row: int) -> list[str]:
    texts = grid.filled[row][slice(*bounds)]
    return ["" if is_aside(text) else text for text in texts]


def _columns(
    grid: SheetGrid, bounds: tuple[int, int], anchors: Anchors, headers: list[int]
) -> list[TableColumn]:
    rows = [_header_texts(grid, bounds, row) for row in headers]
    for upper, row in enumerate(rows[:-1]):
        spread(row, rows[upper + 1])
    found = []
    for column in range(*bounds):
        levels = [row[column - bounds[0]] for row in rows]
        kept = tuple(dict.fromkeys(t for t in levels if t and not NUMBERING.fullmatch(plain(t))))
        lowest = (
            max((r for r, text in zip(headers, levels, strict=True) if text), default=headers[-1])
            if headers
            else 0
        )
        if column not in anchors:
            found.append(TableColumn(column, kept, address(lowest, column)))
    return found


def spread(row: list[str], below: list[str]) -> None:
    """Carry a group's label to the right over columns that have a label of their own below."""
    group = ""
    for column, text in enumerate(row):
        if text:
            group = text if below[column] and below[column] != text else ""
        elif below[column]:
            row[column] = group
