"""From the sheets of one file to answers by municipality, and every problem by its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.catalogue.survey import Framework, SurveyDefinition
from surveys.checked import Answer, CheckedFile, Decisions, NameRead
from surveys.content import SheetContent
from surveys.deciding import decided_code
from surveys.file_notes import COLUMN_ACTION, FileNotes
from surveys.layouts import tables_of
from surveys.legends import legend_at, legends_in
from surveys.marks import is_definitions, without_mark
from surveys.matching import ColumnMatch, QuestionMatcher
from surveys.places import Places, Respondent
from surveys.rules import check_answers, read_totals, total_problems
from surveys.sheet_titles import by_name_alone, title_problems, years_in_one_book
from surveys.signs import Legend
from surveys.tables import SurveyTable, TableRow
from surveys.unnamed_rows import unread_names
from surveys.values import ColumnReader
from surveys.year_notes import choices_of, year_note


class FileCheck:
    """The check of one file against a form, its framework and its year."""

    def __init__(
        self,
        definition: SurveyDefinition,
        *,
        framework: Framework,
        fiscal_year: int,
        places: Places,
        decisions: Decisions | None = None,
    ) -> None:
        self._definition = definition
        self._framework = framework
        self._year = fiscal_year
        self._places = places
        self._decisions = decisions or Decisions()
        self._matcher = QuestionMatcher(
            definition,
            framework=framework,
            decisions=self._decisions.columns,
            remembered=self._decisions.remembered_columns,
            fiscal_year=fiscal_year,
        )
        self._checked = CheckedFile()
        self._notes = FileNotes(definition, file="")
        self._by_name: set[str] = set()
        self._legends: Mapping[str, Sequence[Legend]] = {}
        self._file = ""

    def run(self, sheets: list[SheetContent], *, file: str) -> CheckedFile:
        """Return the answers and problems of a file's sheets."""
        self._checked, self._file, self._by_name = CheckedFile(), file, set()
        self._notes = FileNotes(self._definition, file=file)
        sheets = [without_mark(sheet) for sheet in sheets if not is_definitions(sheet)]
        tables = [self._tables(sheet) for sheet in sheets]
        self._legends = legends_in(sheets, tables, self._definition.questions)
        for sheet, found in zip(sheets, tables, strict=True):
            self._notes.where = sheet.name
            for table in found:
                self._check_table(table, sheet)
        self._notes.where = ""
        stops = any(problem.stops for problem in self._notes.problems)
        if not any(tables):
            self._notes.say("error", "表", "回答の表が見つかりません。", COLUMN_ACTION)
        elif not self._checked.answers and not stops:
            action = "回答を記入した表を選んでください。"
            self._notes.say("error", "回答", "回答が0件です。", action)
        else:
            self._check_whole([table for found in tables for table in found])
        has = bool(self._checked.answers)
        self._checked.problems = [p for p in self._notes.problems if has or p.rule != "空欄の行"]
        return self._checked

    def _tables(self, sheet: SheetContent) -> list[SurveyTable]:
        self._notes.where = sheet.name
        found = tables_of(
            sheet,
            places=self._places,
            matcher=self._matcher,
            definition=self._definition,
            is_respondent=lambda row: self._who(row)[0].kind == "respondent",
        )
        if found:
            for cell in unread_names(sheet, found, places=self._places):
                message = "表の外にある市町村名です。"
                action = "表の行にするか、消してください。"
                self._notes.say("asked", "表", message, action, printed=cell)
        self._notes.sheet(sheet, is_read=bool(found))
        return found

    def _check_table(self, table: SurveyTable, sheet: SheetContent) -> None:
        matches = self._matcher.match(table.columns)
        self._checked.matches += matches
        self._checked.sheets += [table.sheet] * len(matches)
        counts = set()
        for match in matches:
            question = self._definition.question(match.question_id) if match.question_id else None
            self._notes.column(match, question)
            if question and question.type in ("count", "number"):
                counts.add(match.column.position)
        self._notes.table(table, counts=counts)
        self._notes.unseen(table, sheet)
        years = choices_of(table, matches)
        self._checked.years += [(table.sheet, choice) for choice in years]
        self._notes.found(table.said)
        self._notes.found(year_note(choice, fiscal_year=self._year) for choice in years)
        if table.years and not table.years.chosen:
            return
        rows = self._answering(self._respondents(table), matches, sheet)
        for match in matches:
            if match.sure and match.question_id:
                self._read_column(match, table, rows, sheet)
        totals = read_totals(table, matches, self._definition, self._places)
        self._checked.totals += totals
        self._notes.problems += [
            replace(problem, file=self._file)
            for problem in total_problems(totals, self._definition)
        ]

    def _respondents(self, table: SurveyTable) -> list[tuple[TableRow, str]]:
        """Return the rows whose respondent is sure, none twice."""
        found = []
        for row in table.rows:
            printed = row.name if row.name.text else row.code
            who, is_decided = self._who(row)
            self._checked.names.append(
                NameRead(table.sheet, printed.cell, printed.text, who, is_decided)
            )
            named = [self._places.names[code] for code in who.candidates]
            self._notes.respondent(who, named, printed)
            if who.kind == "respondent":
                found.append((row, who.code))
                self._by_name |= set() if row.code.text else {who.code}
        counts = Counter(code for _, code in found)
        for row, code in found:
            if counts[code] > 1:
                message = f"IDが重複しています（{self._places.names[code]}）。"
                printed = row.code if row.code.text else row.name
                action = "1行にまとめてください。"
                self._notes.say("error", "重複", message, action, printed=printed)
        return [(row, code) for row, code in found if counts[code] == 1]

    def _answering(
        self,
        rows: list[tuple[TableRow, str]],
        matches: list[ColumnMatch],
        sheet: SheetContent,
    ) -> list[tuple[TableRow, str]]:
        """Return the rows that answer something; one that is wholly blank replaces nothing."""
        personal = {question.id for question in self._definition.questions if question.personal}
        asked = [
            match.column.position
            for match in matches
            if match.how != "ignored" and match.question_id not in personal
        ]
        formulas = {*sheet.errors, *sheet.uncached}
        given: list[tuple[TableRow, str]] = []
        blank: list[tuple[TableRow, str]] = []
        for row, code in rows:
            cells = [row.cells[position] for position in asked]
            said = any(cell.text or cell.cell in formulas for cell in cells)
            (given if said else blank).append((row, code))
        if blank:
            names = [self._places.names[code] for _, code in blank]
            self._notes.blank_rows(names, blank[0][0].name.cell)
        return given

    def _who(self, row: TableRow) -> tuple[Respondent, bool]:
        """Return whom a row is about, and whether that is what a person chose."""
        found = self._places.find(row.code.text, row.name.text)
        chosen = decided_code(row, found, places=self._places, decisions=self._decisions)
        return (Respondent("respondent", chosen), True) if chosen else (found, False)

    def _read_column(
        self,
        match: ColumnMatch,
        table: SurveyTable,
        rows: list[tuple[TableRow, str]],
        sheet: SheetContent,
    ) -> None:
        question = self._definition.question(match.question_id)
        if question.personal:
            self._notes.free_text(match.column.cell)
            return
        place = match.column.position
        cells = [(row.cells[place], code) for row, code in rows]
        reader = ColumnReader(
            question,
            [cell.text for cell, _ in cells],
            survey_year=self._year,
            decided=self._decisions.values.get(question.id),
            legend=legend_at(table, match),
            elsewhere=self._legends.get(question.id, ()),
        )
        formulas = {*sheet.errors, *sheet.uncached}
        is_text, read = question.type == "text", Counter[str]()
        for cell, code in cells:
            if cell.cell in formulas:
                self._notes.formula(cell, sheet)
                continue
            read[cell.text] += 1
            reading = reader.read(cell.text)
            if reading.how != "as_printed":
                self._notes.reading(reading, cell, question.label)
            if is_text:
                self._notes.personal(cell)
            if reading.status:
                ref = f"{table.sheet}!{cell.cell}"
                answer = Answer(code, question.id, reading.value, reading.status, ref)
                self._checked.answers.append(answer)
        for text, count in read.items():
            self._checked.note_value(question.id, text, reader.read(text), cells=count)

    def _check_whole(self, tables: list[SurveyTable]) -> None:
        rules, answers = self._definition.rules, self._checked.answers
        year, places = self._year, self._places
        own = places.prefectures.get(places.prefecture, "")
        self._notes.problems += [
            *years_in_one_book(answers, file=self._file, fiscal_year=year),
            *title_problems(
                tables,
                file=self._file,
                fiscal_year=year,
                prefectures=places.prefectures.values(),
                own=own,
            ),
            *([] if own else by_name_alone(self._by_name, places.prefectures, file=self._file)),
            *check_answers(answers, rules=rules, places=places, file=self._file),
        ]
        known = {match.question_id for match in self._checked.matches if match.question_id}
        known |= {key for match in self._checked.matches for key in match.candidates}
        asked = [
            question
            for question in self._definition.questions
            if self._framework in question.frameworks and not question.personal
        ]
        self._notes.missing(
            [question.label for question in asked if question.id not in known],
            [question.label for question in asked if question.id in known],
        )
