"""A form of one municipality: a question in each row, its answer beside it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from data.catalogue.survey import SurveyDefinition
from data.era import LAST_YEAR
from data.extract.delimited import plain
from surveys.cells import address
from surveys.choice_cells import choice_in_row
from surveys.choice_columns import joined_note
from surveys.form_heads import contact_note, head_rows, is_contact
from surveys.form_rows import labelled_rows, printed_at, with_units, year_headings
from surveys.grid import CODE_HEADERS, NAME_HEADERS, SheetGrid
from surveys.matching import ColumnMatch, QuestionMatcher
from surveys.sheet_titles import speaks_of_extent
from surveys.signs import sign_of
from surveys.tables import PrintedCell, Said, SurveyTable, TableColumn, TableRow
from surveys.values import ColumnReader
from surveys.year_choice import YearChoice

# A municipality's form may name its prefecture first.
_WHOLE = frozenset(["都道府県名", "都道府県"])
_LABELS = 4
REARRANGE = "この年度の回答だけを1列に残すか、「ひな型・書き出し」のひな型に書き写してください。"


def find_form(
    grid: SheetGrid,
    *,
    matcher: QuestionMatcher,
    definition: SurveyDefinition,
    broken: Collection[str],
) -> SurveyTable | None:
    """Return the form as a table of one row; None where it holds no question or names nobody.

    broken are the cells without a value that can be read.
    """
    name = _beside(grid, NAME_HEADERS - _WHOLE) or _beside(grid, NAME_HEADERS)
    code = _beside(grid, CODE_HEADERS)
    anchor = name or code
    if anchor is None:
        return None
    heads = {place[0] for place in (name, code) if place} | head_rows(grid)
    start = _first_answers(grid, anchor[1], heads, matcher)
    if start < 0:
        return None
    form = _Form(grid, matcher, definition, start, heads, broken)
    table = form.table()
    table.rows = [TableRow(printed_at(grid, code), printed_at(grid, name), form.cells)]
    return table


@dataclass
class _Form:
    """A form whose first column of answers is known."""

    grid: SheetGrid
    matcher: QuestionMatcher
    definition: SurveyDefinition
    start: int
    heads: set[int]
    broken: Collection[str]
    cells: dict[int, PrintedCell] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)

    def table(self) -> SurveyTable:
        """Return the form's questions; its answers are in cells."""
        grid, rows = self.grid, range(len(self.grid.printed))
        headings = year_headings(grid, self.start, rows=rows, is_asked=self.matcher.is_asked)
        choice = self._choose(headings)
        own = next((c for c, text in self.years.items() if text == choice.chosen), self.start)
        heads = self.heads | headings.keys()
        table = SurveyTable(grid.sheet.name, [], titles=_over_answers(grid, own, heads))
        table.said, table.years = self.said, choice if choice.headings else None
        others = [c for c in range(self.start + 1, grid.width) if c not in self.years]
        labelled = labelled_rows(grid, [self.start], rows=rows, heads=heads, beside=others)
        for column in self._questions(labelled):
            over = any(row < column.position for row in headings)
            unheaded = [c for c in others if not any(grid.filled[row][c] for row in headings)]
            printed = self._answer(column, own if over else self.start, unheaded)
            if printed and (printed.text or self.matcher.is_known(column)):
                table.columns.append(column)
                self.cells[column.position] = printed
            else:
                table.notes.append(PrintedCell(" ".join(column.levels), column.cell))
        table.columns = with_units(table.columns, grid, rows=rows)
        return table

    def _questions(self, labelled: list[TableColumn]) -> list[TableColumn]:
        """Return the rows without those above the first question that say who filled it in."""
        contacts = [column for column in labelled if is_contact(column)]
        asked = (c.position for c in labelled if c not in contacts and self.matcher.is_known(c))
        first = next(asked, 0)
        left = [c for c in contacts if c.position < first and not self.matcher.is_known(c)]
        self.said += [contact_note(column) for column in left]
        return [column for column in labelled if column not in left]

    def _choose(self, headings: dict[int, dict[int, str]]) -> YearChoice:
        """Return the choice between the columns of years, if there are any."""
        if not headings:
            return YearChoice(())
        row, years = next(iter(headings.items()))
        self.years = years
        cell = address(row, min(years))
        choice = self.matcher.choose_year(list(years.values()), cell=cell)
        same = all(other == years for other in headings.values())
        if not same or len(set(years.values())) < len(years):
            self._refuse("年度の列が、設問によって違います。", PrintedCell("", cell))
        return choice

    def _answer(self, column: TableColumn, own: int, others: list[int]) -> PrintedCell | None:
        """Return an answer, in one cell or ticked in several; None where it is refused."""
        grid, row = self.grid, column.position
        printed = PrintedCell(grid.printed[row][own], address(row, own))
        (match,) = self.matcher.match([column])
        keys = [match.question_id] if match.question_id else list(match.candidates[:1])
        if not keys:
            return printed
        question = self.definition.question(keys[0])
        if self.years and own in self.years:
            merged = grid.filled[row][own]
            self._only_last_year(row, own, printed)
            printed = PrintedCell(merged, address(row, own))
        else:
            others = list(range(self.start + 1, grid.width))
            joined = choice_in_row(grid, row, self.start, question, broken=self.broken)
            if joined:
                header = PrintedCell(" ".join(column.levels), column.cell)
                self.said.append(joined_note(header))
                return joined
        again = self._again(row, others, match)
        if again:
            message = f"回答の欄が二つ以上あるようです（{again.cell}「{again.text}」）。"
            self._refuse(message, again)
        return None if again else printed

    def _again(self, row: int, others: list[int], match: ColumnMatch) -> PrintedCell | None:
        """Return a text beside an answer that would be an answer too."""
        question = self.definition.question(match.question_id) if match.question_id else None
        if question is None or question.type == "text":
            return None
        reader = ColumnReader(question, [], survey_year=LAST_YEAR)
        cells = [PrintedCell(self.grid.printed[row][c], address(row, c)) for c in others]
        return next((c for c in cells if c.text and reader.read(c.text).value), None)

    def _only_last_year(self, row: int, own: int, printed: PrintedCell) -> None:
        """Warn of a row that answers in the column of another year only."""
        given = [c for c in self.years if c != own and self.grid.filled[row][c]]
        if given and not self.grid.filled[row][own]:
            message = f"「{self.years[given[0]]}」の欄にだけ記入があります。"
            action = "この年度が未回答でよいかを確かめてください。"
            at = PrintedCell(self.grid.filled[row][given[0]], address(row, given[0]))
            self.said.append(Said("warning", "年度の列", message, action, at))

    def _refuse(self, message: str, at: PrintedCell) -> None:
        self.said.append(Said("error", "表", message, REARRANGE, at))


def _first_answers(grid: SheetGrid, first: int, heads: set[int], matcher: QuestionMatcher) -> int:
    """Return the column behind the labels of most questions, from the name's on; -1 for none."""
    rows = range(len(grid.printed))
    heads = heads | year_headings(grid, first, rows=rows, is_asked=matcher.is_asked).keys()
    known: dict[int, int] = {}
    for column in range(first, min(first + _LABELS, grid.width)):
        labels = labelled_rows(grid, [column], rows=rows, heads=heads)
        asked = [label.position for label in labels if matcher.is_known(label)]
        if asked:
            own = [row for row in asked if matcher.is_asked(grid.filled[row][:column])]
            split = [row for row in own if row + 1 not in heads and _is_split(grid, row, column)]
            known[column] = len(own) - len(split)
    return max(known, key=lambda column: (known[column], -column), default=-1)


def _is_split(grid: SheetGrid, row: int, column: int) -> bool:
    """Tell whether a column splits a question over several rows instead of answering it."""
    if row + 1 >= len(grid.printed) or any(grid.printed[row + 1][:column]):
        return False
    texts, below = grid.printed[row][column:], grid.printed[row + 1][column:]
    words = all(text and not sign_of(text) for text in (texts[0], below[0]))
    return words and (any(texts[1:]) or any(below[1:]))


def _beside(grid: SheetGrid, labels: frozenset[str]) -> tuple[int, int] | None:
    """Return row and column of the first text to the right of one of the labels."""
    for row, texts in enumerate(grid.printed):
        for column, text in enumerate(texts):
            if plain(text).rstrip(":").lower() in labels:
                filled = (c for c in range(column + 1, grid.width) if texts[c])
                found = next(filled, None)
                return None if found is None else (row, found)
    return None


def _over_answers(grid: SheetGrid, answers: int, heads: set[int]) -> list[PrintedCell]:
    """Return the texts in the column of answers that may head it: those without a number."""
    return [
        PrintedCell(texts[answers], address(row, answers))
        for row, texts in enumerate(grid.printed)
        if row not in heads and (not any(texts[:answers]) or speaks_of_extent(texts[answers]))
        if texts[answers]
    ]
