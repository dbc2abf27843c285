"""A form of one municipality: a question in each row, its answer beside it."""

from __future__ import annotations

from data.catalogue.survey import SurveyDefinition
from data.era import LAST_YEAR
from data.extract.delimited import plain
from surveys.cells import address
from surveys.content import SheetContent
from surveys.grid import CODE_HEADERS, NAME_HEADERS, SheetGrid
from surveys.header_asides import is_scaled
from surveys.matching import ColumnMatch, QuestionMatcher
from surveys.places import Places
from surveys.sheet_titles import speaks_of_extent
from surveys.tables import NUMBERING, PrintedCell, SurveyTable, TableColumn, TableRow
from surveys.values import ColumnReader

# A municipality's form may name its prefecture first.
_WHOLE = frozenset(["都道府県名", "都道府県"])


def find_form(
    sheet: SheetContent,
    *,
    places: Places,
    matcher: QuestionMatcher,
    definition: SurveyDefinition,
) -> SurveyTable | None:
    """Return the form as a table of one row.

    None where it holds no question, names nobody, or has a second column of answers.
    """
    grid = SheetGrid(sheet, places)
    name = _beside(grid, NAME_HEADERS - _WHOLE) or _beside(grid, NAME_HEADERS)
    code = _beside(grid, CODE_HEADERS)
    anchor = name or code
    if anchor is None:
        return None
    heads = {place[0] for place in (name, code) if place}
    answers = anchor[1]
    table = SurveyTable(sheet.name, [], titles=_over_answers(grid, answers, heads))
    cells, known = {}, False
    for column in _labelled(grid, answers):
        printed = PrintedCell(
            grid.printed[column.position][answers], address(column.position, answers)
        )
        (match,) = matcher.match([column])
        if match.question_id and _answered_again(grid, column.position, answers, match, definition):
            return None
        known = known or bool(match.question_id)
        if column.position in heads:
            continue
        if printed.text or match.sure:
            table.columns.append(column)
            cells[column.position] = printed
        else:
            table.notes.append(PrintedCell(" ".join(column.levels), column.cell))
    table.rows = [TableRow(_printed(grid, code), _printed(grid, name), cells)]
    return table if known else None


def _answered_again(
    grid: SheetGrid, row: int, answers: int, match: ColumnMatch, definition: SurveyDefinition
) -> bool:
    """Tell whether a text to the right of an answer would be an answer too."""
    question = definition.question(match.question_id)
    if question.type == "text":
        return False
    reader = ColumnReader(question, [], survey_year=LAST_YEAR)
    return any(reader.read(t).value for t in grid.printed[row][answers + 1 :] if t)


def _beside(grid: SheetGrid, labels: frozenset[str]) -> tuple[int, int] | None:
    """Return row and column of the first text to the right of one of the labels."""
    for row, texts in enumerate(grid.printed):
        for column, text in enumerate(texts):
            if plain(text).rstrip(":").lower() in labels:
                filled = (c for c in range(column + 1, grid.width) if texts[c])
                found = next(filled, None)
                return None if found is None else (row, found)
    return None


def _labelled(grid: SheetGrid, answers: int) -> list[TableColumn]:
    """Return a column for each row with a label; a group's label holds until the next."""
    found = []
    group = [""] * answers
    for row, texts in enumerate(grid.filled):
        labels = ["" if NUMBERING.fullmatch(plain(text)) else text for text in texts[:answers]]
        last = max((c for c, text in enumerate(labels) if text), default=-1)
        if last < 0:
            continue
        first = next(c for c, text in enumerate(labels) if text)
        group = [*group[:first], *labels[first:]]
        levels = tuple(dict.fromkeys(text for text in group[: last + 1] if text))
        beside = tuple(text for text in texts[answers + 1 :] if text)
        scales = tuple(filter(is_scaled, beside))
        found.append(TableColumn(row, levels, address(row, last), scales, beside))
        if texts[answers]:
            group = [text if column < last else "" for column, text in enumerate(group)]
    return found


def _over_answers(grid: SheetGrid, answers: int, heads: set[int]) -> list[PrintedCell]:
    """Return the texts in the column of answers that may head it: those without a number."""
    return [
        PrintedCell(texts[answers], address(row, answers))
        for row, texts in enumerate(grid.printed)
        if row not in heads and (not any(texts[:answers]) or speaks_of_extent(texts[answers]))
        if texts[answers]
    ]


def _printed(grid: SheetGrid, place: tuple[int, int] | None) -> PrintedCell:
    if place is None:
        return PrintedCell("", address(0, 0))
    return PrintedCell(grid.printed[place[0]][place[1]], address(*place))
