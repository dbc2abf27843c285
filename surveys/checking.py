"""From the sheets of one file to answers by municipality, and every problem by its cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from data.catalogue.survey import Framework, SurveyDefinition
from surveys.checked import Answer, CheckedFile, Decisions, NameRead
from surveys.content import SheetContent
from surveys.deciding import decided_code
from surveys.forms import find_form
from surveys.marks import is_definitions
from surveys.matching import ColumnMatch, QuestionMatcher
from surveys.personal_marks import may_be_personal
from surveys.places import Places, Respondent
from surveys.problems import Level, Problem
from surveys.readings import Reading
from surveys.rules import check_answers, read_totals, total_problems
from surveys.signs import legend_of
from surveys.tables import PrintedCell, SurveyTable, TableRow, find_tables, unread_names
from surveys.values import ColumnReader

_LEFT_OUT = {
    "total": "合計の行なので回答にしません。",
    "subset": "再掲・内訳の行なので足しません。",
    "union": "広域連合・組合の行なので市町村の回答にしません。",
    "note": "注記の行なので回答にしません。",
}
_COLUMN_ACTION = "列名を確認してください。"


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
            fiscal_year=fiscal_year,
        )
        self._checked = CheckedFile()
        self._file = self._sheet = ""

    def run(self, sheets: list[SheetContent], *, file: str) -> CheckedFile:
        """Return the answers and problems of a file's sheets."""
        self._checked, self._file = CheckedFile(), file
        sheets = [sheet for sheet in sheets if not is_definitions(sheet)]
        tables = [self._tables(sheet) for sheet in sheets]
        for sheet, found in zip(sheets, tables, strict=True):
            self._sheet = sheet.name
            for table in found:
                self._check_table(table, sheet)
        self._sheet = ""
        if not any(tables):
            self._say("error", "表", "回答の表が見つかりません。", _COLUMN_ACTION)
        elif not any(table.rows for found in tables for table in found):
            self._say("error", "回答", "回答が0件です。", "回答を記入した表を選んでください。")
        else:
            self._check_whole()
        return self._checked

    def _tables(self, sheet: SheetContent) -> list[SurveyTable]:
        self._sheet = sheet.name
        found = find_tables(sheet, places=self._places)
        rows = [row for table in found for row in table.rows]
        if not any(self._who(row)[0].kind == "respondent" for row in rows):
            form = find_form(
                sheet,
                places=self._places,
                matcher=self._matcher,
                definition=self._definition,
            )
            found = [form] if form else found
        if not found and any(cell != "" for row in sheet.rows for cell in row):
            self._say("mended", "シート", "回答の表がないので読みませんでした。")
        if found:
            for cell in unread_names(sheet, found, places=self._places):
                message = "表の外にある市町村名です。"
                self._say("asked", "表", message, "表の行にするか、消してください。", printed=cell)
        if found and (sheet.hidden or sheet.hidden_rows or sheet.hidden_columns):
            self._say(
                "warning",
                "非表示",
                "非表示行があります。非表示の行・列・シートも読みました。",
                "表示して中身を確かめてください。",
            )
        return found

    def _check_table(self, table: SurveyTable, sheet: SheetContent) -> None:
        matches = self._matcher.match(table.columns)
        self._checked.matches += matches
        self._checked.sheets += [table.sheet] * len(matches)
        for match in matches:
            self._say_column(match)
        for cell in table.filled:
            self._say("mended", "結合", "結合されたセルの値を各行の回答としました。", cell=cell)
        rows = self._respondents(table)
        for match in matches:
            if match.sure and match.question_id:
                self._read_column(match, table, rows, sheet)
        totals = read_totals(table, matches, self._definition, self._places)
        self._checked.totals += totals
        self._checked.problems += [
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
            if who.kind == "respondent":
                found.append((row, who.code))
                if who.mended:
                    self._say("mended", "市町村名", who.mended, printed=printed)
            elif who.kind == "asked":
                named = "・".join(self._places.names[code] for code in who.candidates)
                action = f"候補：{named}" if named else "市町村名と団体コードを確かめてください。"
                self._say("asked", "市町村名", who.doubt, action, printed=printed)
            else:
                self._say("mended", "行", _LEFT_OUT[who.kind], printed=printed)
        counts = Counter(code for _, code in found)
        for row, code in found:
            if counts[code] > 1:
                message = f"IDが重複しています（{self._places.names[code]}）。"
                printed = row.code if row.code.text else row.name
                self._say("error", "重複", message, "1行にまとめてください。", printed=printed)
        return [(row, code) for row, code in found if counts[code] == 1]

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
            self._say(
                "mended", "個人情報", "自由記載の列なので取り込みません。", cell=match.column.cell
            )
            return
        cells = [(row.cells[match.column.position], code) for row, code in rows]
        reader = ColumnReader(
            question,
            [cell.text for cell, _ in cells],
            survey_year=self._year,
            decided=self._decisions.values.get(question.id),
            legend=legend_of([*(note.text for note in table.notes), *match.column.levels]),
        )
        for cell, code in cells:
            if cell.cell in sheet.errors or cell.cell in sheet.uncached:
                self._say_formula(cell, sheet)
                continue
            reading = reader.read(cell.text)
            self._checked.note_value(question.id, cell.text, reading)
            self._say_reading(reading, cell, question.label)
            if question.type == "text" and may_be_personal(cell.text):
                message = "個人情報らしい記述があります。"
                self._say(
                    "warning", "個人情報", message, "消すか、確かめてください。", printed=cell
                )
            if reading.status:
                ref = f"{table.sheet}!{cell.cell}"
                answer = Answer(code, question.id, reading.value, reading.status, ref)
                self._checked.answers.append(answer)

    def _say_formula(self, cell: PrintedCell, sheet: SheetContent) -> None:
        error = sheet.errors.get(cell.cell)
        message = f"{cell.cell}がエラー値です（{error}）。" if error else "計算結果のない数式です。"
        action = "値を書き直してください。" if error else "値として貼り付けてください。"
        self._say("error", "数式", message, action, cell=cell.cell)

    def _say_reading(self, reading: Reading, cell: PrintedCell, label: str) -> None:
        if reading.how == "mended":
            self._say("mended", label, reading.note, printed=cell)
        elif reading.how != "as_printed":
            level: Level = "asked" if reading.how == "asked" else "error"
            self._say(level, label, reading.note, reading.action, printed=cell)

    def _say_column(self, match: ColumnMatch) -> None:
        header = PrintedCell(" ".join(match.column.levels), match.column.cell)
        labels = "・".join(self._definition.question(key).label for key in match.candidates)
        if match.how == "ignored" and match.note:
            message = f"{match.note}の列なので使いません。"
            self._say("mended", "列名", message, printed=header)
        elif match.how == "proposed":
            message = "どの設問の列かを確かめてください。"
            if match.note:
                message = f"「{match.note}」が設問と同じ単位・時期・範囲かを確かめてください。"
            self._say("asked", "列名", message, f"候補：{labels}", printed=header)
        elif match.how == "other_framework":
            message = f"この枠組にない設問の列です（{labels}）。"
            self._say(
                "error", "列名", message, "調査年度と様式を確かめてください。", printed=header
            )
        elif match.how == "none":
            message = "この様式の設問に見当たらない列です。"
            self._say(
                "asked", "列名", message, "設問を選ぶか「使わない」にします。", printed=header
            )

    def _check_whole(self) -> None:
        known = {match.question_id for match in self._checked.matches if match.question_id}
        open_ones = {key for match in self._checked.matches for key in match.candidates}
        for question in self._definition.questions:
            asked = self._framework in question.frameworks and not question.personal
            if asked and question.id not in known | open_ones:
                message = f"「{question.label}」の列がありません。"
                self._say("warning", "列名", message, _COLUMN_ACTION)
        rules = self._definition.rules
        self._checked.problems += check_answers(
            self._checked.answers, rules=rules, places=self._places, file=self._file
        )

    def _say(
        self,
        level: Level,
        rule: str,
        message: str,
        action: str = "",
        *,
        cell: str = "",
        printed: PrintedCell | None = None,
    ) -> None:
        where = printed.cell if printed else cell
        value = printed.text if printed else ""
        self._checked.problems.append(
            Problem(level, rule, message, action, self._file, self._sheet, where, value)
        )
