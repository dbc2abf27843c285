"""The tables of a sheet in whatever layout: rows or columns of municipalities, or a form."""

from __future__ import annotations

from collections.abc import Callable

from data.catalogue.survey import SurveyDefinition
from surveys.choice_columns import join_choices
from surveys.content import SheetContent
from surveys.forms import find_form
from surveys.grid import SheetGrid
from surveys.matching import QuestionMatcher
from surveys.places import Places
from surveys.tables import SurveyTable, TableRow, tables_in
from surveys.turned_tables import find_turned

_TITLES = 3


def tables_of(
    sheet: SheetContent,
    *,
    places: Places,
    matcher: QuestionMatcher,
    definition: SurveyDefinition,
    is_respondent: Callable[[TableRow], bool],
) -> list[SurveyTable]:
    """Return the tables of a sheet, with one column for each question."""
    broken = {*sheet.errors, *sheet.uncached}
    grid = SheetGrid(sheet, places, is_header=matcher.is_header)
    found = find_turned(grid, places=places, matcher=matcher)
    found = found or tables_in(grid)
    if not any(is_respondent(row) for table in found for row in table.rows):
        form = find_form(grid, matcher=matcher, definition=definition, broken=broken)
        if form:
            form.titles += form.notes[:_TITLES]
            found = [form]
    for table in found:
        join_choices(table, matcher=matcher, definition=definition, broken=broken)
    return found
