"""What a sheet says outside the rows of its tables: names, and answers of nobody."""

from __future__ import annotations

import re
from collections import defaultdict

from data.extract.delimited import plain
from surveys.cells import address, column_number
from surveys.content import SheetContent
from surveys.header_remarks import is_aside
from surveys.places import Places
from surveys.tables import PrintedCell, SurveyTable

_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_AMOUNT = re.compile(r"約?[+\-△▲]?[0-9][0-9,.]*\D{0,2}")
_SHORT = 3


def unread_names(
    sheet: SheetContent, tables: list[SurveyTable], *, places: Places
) -> list[PrintedCell]:
    """Return the cells that name a municipality but stand in no row of a table."""
    texts = {cell for row in sheet.rows for cell in row if isinstance(cell, str)}
    names = set(filter(places.is_municipality, texts))
    named = {
        address(number, column): str(cell)
        for number, row in enumerate(sheet.rows)
        for column, cell in enumerate(row)
        if cell in names
    }
    for table in tables:
        for row in table.rows:
            for cell in (row.code, row.name, *row.cells.values()):
                named.pop(cell.cell, None)
    return [PrintedCell(text, place) for place, text in named.items()]


def unnamed_rows(table: SurveyTable) -> tuple[list[PrintedCell], list[PrintedCell]]:
    """Return the first answers of rows that name nobody, and texts that interrupt the table."""
    if not table.rows:
        return [], []
    places = [_place(row.name.cell) for row in table.rows]
    first, last = places[0][1], places[-1][1]
    names = max(_place(cell.cell)[0] for cell in (table.rows[0].code, table.rows[0].name))
    asked = {column.position for column in table.columns if column.levels}
    answers = {
        position: {row.cells[position].text for row in table.rows} - {""} for position in asked
    }
    by_row: dict[int, list[tuple[int, PrintedCell]]] = defaultdict(list)
    for note in table.notes:
        column, row = _place(note.cell)
        if row > first and column > names and column - 1 in asked and not is_aside(note.text):
            by_row[row].append((column - 1, note))
    unnamed, interrupting = [], []
    for row, notes in by_row.items():
        inside = row < last
        given = [note for column, note in notes if _is_answer(note.text, answers[column], inside)]
        if given:
            unnamed.append(given[0])
        elif inside:
            interrupting.append(notes[0][1])
    return unnamed, interrupting


def _is_answer(text: str, others: set[str], inside: bool) -> bool:
    """Tell whether a text reads like an answer of its column rather than a header or a note."""
    bare = plain(text)
    return text in others or bool(_AMOUNT.fullmatch(bare)) or (inside and len(bare) <= _SHORT)


def _place(cell: str) -> tuple[int, int]:
    found = _CELL.fullmatch(cell)
    return (column_number(found[1]), int(found[2])) if found else (0, 0)
