"""Finding the tables of a sheet: header rows under titles, merged cells, several tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from data.extract.delimited import plain
from surveys.cells import address
from surveys.content import SheetContent
from surveys.grid import SheetGrid
from surveys.places import Places

_ASIDE = re.compile(r"^[((]?単位|^※|^[((]?注|現在[))]?$|時点[))]?$")
_NUMBERING = re.compile(r"[((]?[0-9]{1,3}[))]?|[①-⑳]|列[0-9]+|[QＱ問][0-9]{1,3}")


@dataclass(frozen=True)
class PrintedCell:
    """A value as printed, and where."""

    text: str
    cell: str


@dataclass(frozen=True)
class TableColumn:
    """One column, its header texts from the top down, and where the lowest of them stands."""

    position: int
    levels: tuple[str, ...]
    cell: str


@dataclass
class TableRow:
    """One row of a table: what it says of its respondent, and its cells by column."""

    code: PrintedCell
    name: PrintedCell
    cells: dict[int, PrintedCell]


@dataclass
class SurveyTable:
    """One table of a sheet."""

    sheet: str
    columns: list[TableColumn]
    rows: list[TableRow] = field(default_factory=list)
    notes: list[PrintedCell] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)


def find_tables(sheet: SheetContent, *, places: Places) -> list[SurveyTable]:
    """Return every table of a sheet in which rows are municipalities."""
    grid = SheetGrid(sheet, places)
    tables = []
    for left, right in grid.segments():
        tables += _stacked(grid, left, right)
    return tables


def _stacked(grid: SheetGrid, left: int, right: int) -> list[SurveyTable]:
    anchors = grid.anchors(left, right)
    if anchors is None:
        return []
    code, name = anchors
    tables: list[SurveyTable] = []
    row, last = 0, len(grid.printed)
    while row < last:
        first = next((r for r in range(row, last) if grid.is_place(r, code, name)), None)
        if first is None:
            heading = [r for r in range(row, last) if grid.is_header(r, code, name)]
            if heading and not tables:
                tables.append(_table(grid, (left, right), anchors, row, heading[-1] + 1, last))
            break
        end = next((r for r in range(first, last) if grid.is_header(r, code, name)), last)
        tables.append(_table(grid, (left, right), anchors, row, first, end))
        row = _body_end(grid, (left, right), anchors, first, end)
    return tables


def _body_end(
    grid: SheetGrid, bounds: tuple[int, int], anchors: tuple[int, int], first: int, end: int
) -> int:
    """Return the row after the last respondent before the next header."""
    places = [row for row in range(first, end) if grid.is_place(row, *anchors)]
    following = places[-1] + 1
    while following < end and _is_body(grid, bounds, anchors, following):
        following += 1
    return following


def _is_body(grid: SheetGrid, bounds: tuple[int, int], anchors: tuple[int, int], row: int) -> bool:
    """Tell whether a row without a known name has a name and answers all the same."""
    texts = grid.printed[row][slice(*bounds)]
    named = any(column >= 0 and grid.printed[row][column] for column in anchors)
    return named and sum(map(bool, texts)) > 1


def _table(
    grid: SheetGrid,
    bounds: tuple[int, int],
    anchors: tuple[int, int],
    start: int,
    first: int,
    end: int,
) -> SurveyTable:
    headers = _header_rows(grid, bounds, anchors, start, first)
    columns = _columns(grid, bounds, anchors, headers)
    table = SurveyTable(grid.sheet.name, columns)
    body = _body_end(grid, bounds, anchors, first, end) if first < end else first
    if not any(grid.is_place(row, *anchors) for row in range(first, end)):
        body = first
    for row in range(first, body):
        _add_row(table, grid, bounds, anchors, row)
    aside = [r for r in [*range(start, first), *range(body, end)] if r not in headers]
    for row in aside:
        for column in range(*bounds):
            if grid.printed[row][column]:
                table.notes.append(PrintedCell(grid.printed[row][column], address(row, column)))
    return table


def _add_row(
    table: SurveyTable, grid: SheetGrid, bounds: tuple[int, int], anchors: tuple[int, int], row: int
) -> None:
    texts = grid.printed[row]
    if not any(texts[slice(*bounds)]):
        return
    code, name = (_printed(grid, row, column) for column in anchors)
    if not (code.text or name.text) or not _is_body(grid, bounds, anchors, row):
        alone = [c for c in range(*bounds) if texts[c]]
        if not grid.is_place(row, *anchors):
            table.notes += [PrintedCell(texts[c], address(row, c)) for c in alone]
            return
    cells = {}
    for column in table.columns:
        cells[column.position] = PrintedCell(
            grid.filled[row][column.position]
            if (row, column.position) in grid.vertical
            else texts[column.position],
            address(row, column.position),
        )
        if (row, column.position) in grid.vertical:
            table.filled.append(address(row, column.position))
    table.rows.append(TableRow(code, name, cells))


def _printed(grid: SheetGrid, row: int, column: int) -> PrintedCell:
    if column < 0:
        return PrintedCell("", address(row, 0))
    return PrintedCell(grid.printed[row][column], address(row, column))


def _header_rows(
    grid: SheetGrid, bounds: tuple[int, int], anchors: tuple[int, int], start: int, first: int
) -> list[int]:
    """Return the rows above the first respondent that are neither blank nor a title."""
    found: list[int] = []
    for row in range(first - 1, start - 1, -1):
        texts = _header_texts(grid, bounds, row)
        distinct = set(filter(None, texts))
        covers = any(column >= 0 and texts[column - bounds[0]] for column in anchors)
        if not distinct:
            if found and not any(grid.printed[row]):
                break
            continue
        if len(distinct) == 1 and (covers or texts[0]):
            break
        found.insert(0, row)
    return found


def _header_texts(grid: SheetGrid, bounds: tuple[int, int], row: int) -> list[str]:
    texts = grid.filled[row][slice(*bounds)]
    return ["" if _ASIDE.search(plain(text)) else text for text in texts]


def _columns(
    grid: SheetGrid, bounds: tuple[int, int], anchors: tuple[int, int], headers: list[int]
) -> list[TableColumn]:
    rows = [_header_texts(grid, bounds, row) for row in headers]
    for upper, row in enumerate(rows[:-1]):
        _spread(row, rows[upper + 1])
    found = []
    for column in range(*bounds):
        levels = [row[column - bounds[0]] for row in rows]
        kept = tuple(dict.fromkeys(t for t in levels if t and not _NUMBERING.fullmatch(plain(t))))
        lowest = (
            max((r for r, text in zip(headers, levels, strict=True) if text), default=headers[-1])
            if headers
            else 0
        )
        if column not in anchors:
            found.append(TableColumn(column, kept, address(lowest, column)))
    return found


def _spread(row: list[str], below: list[str]) -> None:
    """Carry a group's label to the right over columns that have a label of their own below."""
    group = ""
    for column, text in enumerate(row):
        if text:
            group = text if below[column] and below[column] != text else ""
        elif below[column]:
            row[column] = group
