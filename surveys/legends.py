"""The legends of a file: on its sheets without answers, and around the tables of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from data.catalogue.survey import Question
from surveys.content import SheetContent, text_of
from surveys.matching import ColumnMatch
from surveys.signs import Legend, legend_of, legends_of
from surveys.tables import SurveyTable
from surveys.wording import bare_headers_of, headers_of


def legends_in(
    sheets: Iterable[SheetContent],
    tables: Iterable[Sequence[SurveyTable]],
    questions: Sequence[Question],
) -> dict[str, list[Legend]]:
    """Return, by question, the legends of a file that name it, and those that name none."""
    found: list[Legend] = []
    for sheet, own in zip(sheets, tables, strict=True):
        rows: Iterable[Sequence[str]] = ([text_of(cell) for cell in row] for row in sheet.rows)
        if own:
            rows = [row for table in own for row in _rows_around(table)]
        found += legends_of(sheet.name, rows)
    if not found:
        return {}
    headers = {one.id: headers_of(one) | bare_headers_of(one) for one in questions}
    named = [{key for key, known in headers.items() if one.names(known)} for one in found]
    return {
        key: [
            replace(legend, is_own=key in ids)
            for legend, ids in zip(found, named, strict=True)
            if not ids or key in ids
        ]
        for key in headers
    }


def legend_at(table: SurveyTable, match: ColumnMatch) -> Mapping[str, tuple[str, ...]]:
    """Return what the notes of a table and the header of a column say of signs."""
    notes = (note.text for note in table.notes)
    return legend_of([*notes, *match.column.levels, *match.column.beside])


def _rows_around(table: SurveyTable) -> list[list[str]]:
    rows: dict[str, list[str]] = defaultdict(list)
    for note in table.notes:
        rows[note.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")].append(note.text)
    return list(rows.values())
