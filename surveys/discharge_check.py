"""A foreign care managers' form on its way in: from its sheets to counts, and every problem."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from data.catalogue.survey import SurveyDefinition
from surveys.checked import CheckedFile, Decisions, NameRead, ValueRead
from surveys.content import SheetContent
from surveys.discharge_cells import CountCell, CountSheet, count_cells
from surveys.discharge_counts import Count, CountSettling
from surveys.discharge_matching import DischargeMatcher
from surveys.discharge_notes import DischargeNotes
from surveys.discharge_sums import TO_MONTHS, LeftOut, PrintedSums
from surveys.discharge_titles import discharge_title_problems
from surveys.discharge_years import fiscal_year_of_file
from surveys.health_centres import HealthCentres
from surveys.matching import ColumnMatch, key_of
from surveys.month_labels import is_total
from surveys.places import Respondent
from surveys.problems import Level, Problem
from surveys.readings import Reading
from surveys.rules import total_problems
from surveys.tables import PrintedCell
from surveys.values import ColumnReader
from surveys.wording import normal

_LEFT_OUT = {
    "total": "合計の行・列なので件数にしません。",
    "subset": "再掲・内訳なので足しません。",
    "note": "注記の行なので件数にしません。",
}
_HOW_TO_HEAD = (
    "月（4月・R6.4・2024/04 など）と、要支援・要介護の別を見出しに書くか、"
    "「ひな型・書き出し」のひな型に書いて、選び直してください。"
)
_NO_MONTH = "月が書かれていない表です。この調査は月ごとの件数で取り込みます。"
_SUMMARY = re.compile(r"合計|集計|まとめ|総括|年計|全体")


@dataclass
class CheckedDischarge(CheckedFile):
    """What a foreign form holds: answers by month as a frame, and its fiscal year."""

    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    fiscal_year: int = 0


class DischargeFormCheck:
    """The check of one foreign file against the form and the health centres of a prefecture."""

    def __init__(
        self,
        definition: SurveyDefinition,
        *,
        centres: HealthCentres,
        decisions: Decisions,
        said_year: int = 0,
    ) -> None:
        self._definition, self._centres = definition, centres
        self._decisions, self._said_year = decisions, said_year
        self._matcher = self._of_year(0)
        self._checked = CheckedDischarge()
        self._notes = DischargeNotes(definition, file="")
        self._readers: dict[str, ColumnReader] = {}
        self._sums = PrintedSums(definition, centres, self._notes)
        self._named: set[tuple[str, str]] = set()
        self._open_blocks: set[str] = set()
        self._has_months = False
        self._file = self._sheet = ""

    def _of_year(self, year: int) -> DischargeMatcher:
        columns = self._decisions.columns
        return DischargeMatcher(
            self._definition, framework="r3", decisions=columns, fiscal_year=year
        )

    def run(self, sheets: Sequence[SheetContent], *, file: str) -> CheckedDischarge:
        """Return the counts that are sure, and every problem of a file's sheets."""
        self._checked = CheckedDischarge()
        self._named, self._open_blocks = set(), set()
        self._notes = DischargeNotes(self._definition, file=file)
        self._sums = PrintedSums(self._definition, self._centres, self._notes)
        self._file = file
        unfolded = [count_cells(sheet, file=file, centres=self._centres) for sheet in sheets]
        if not any(found.cells for found in unfolded):
            message = "件数の表が見つかりません。"
            self._notes.say("error", "表", message, _HOW_TO_HEAD)
            self._checked.problems = self._notes.problems
            return self._checked
        year, problems = fiscal_year_of_file(unfolded, file=file, said=self._said_year)
        self._checked.fiscal_year = year
        self._matcher = self._of_year(year)
        counts = [
            count
            for sheet, found in zip(sheets, unfolded, strict=True)
            for count in self._of_sheet(sheet, found, is_summary=_adds_up(found, unfolded))
        ]
        counts += self._of_lone_sums(sheets, counts)
        self._sums.tell(counts, is_open=bool(self._open_blocks))
        settling = CountSettling(self._definition, file=file, names=self._centres.names)
        self._checked.frame = settling.settle(counts)
        self._checked.problems = [*problems, *self._notes.problems, *settling.problems]
        self._checked.problems += self._of_titles(unfolded)
        surveyed = settling.surveyed(counts)
        self._checked.totals += self._sums.compare(surveyed, open_blocks=self._open_blocks)
        self._checked.problems += [
            replace(problem, file=file)
            for problem in total_problems(self._checked.totals, self._definition)
        ]
        return self._checked

    def _of_lone_sums(self, sheets: Sequence[SheetContent], counts: Sequence[Count]) -> list[Count]:
        """Return the sums of a health centre that stand for its counts once a person said so."""
        by_name = {sheet.name: sheet for sheet in sheets}
        found: list[Count] = []
        for one in self._sums.of_centres(counts):
            self._sheet = self._notes.where = one.sheet
            named = replace(one.cell, zone=PrintedCell(one.cell.total, one.cell.printed.cell))
            question_id = one.match.question_id if one.match else ""
            found += self._count(named, question_id, by_name[one.sheet])
        return found

    def _of_titles(self, unfolded: Sequence[CountSheet]) -> list[Problem]:
        if not self._checked.fiscal_year:
            return []
        places = {name.respondent.code[3:5] for name in self._checked.names} - {""}
        own = self._centres.prefecture or (places.pop() if len(places) == 1 else "")
        return discharge_title_problems(
            unfolded,
            file=self._file,
            fiscal_year=self._checked.fiscal_year,
            names=self._centres.prefectures,
            own=own,
        )

    def _of_sheet(self, sheet: SheetContent, found: CountSheet, *, is_summary: bool) -> list[Count]:
        self._sheet = self._notes.where = sheet.name
        self._notes.sheet(sheet, found)
        by_block: dict[str, list[CountCell]] = defaultdict(list)
        for cell in found.cells:
            by_block[cell.block].append(cell)
        counts: list[Count] = []
        for cells in by_block.values():
            matches = self._match(cells)
            self._has_months = any(cell.month for cell in cells)
            for cell in cells:
                match = matches.get(key_of(cell.header))
                if is_summary or cell.total or cell.is_part:
                    self._sums.add(LeftOut(cell, match, sheet.name, is_summary))
                elif match and match.question_id:
                    counts += self._count(cell, match.question_id, sheet)
                elif cell.printed.text and not cell.header.levels:
                    message = "見出しのない列の数です。"
                    self._notes.say(
                        "error", "列名", message, "見出しを書いてください。", cell.printed
                    )
        return counts

    def _match(self, cells: Sequence[CountCell]) -> dict[str, ColumnMatch]:
        counted = [cell for cell in cells if not (cell.total or cell.is_part)]
        named = [c for c in cells if self._centres.find_sum(c.total)[0].kind != "total"]
        headers = [cell.header for cell in counted or named]
        filled = {key_of(one.header) for one in cells if one.printed.text}
        matches = self._matcher.match(headers)
        for key, match in matches.items():
            if key not in filled and not match.sure:
                continue
            self._checked.matches.append(match)
            self._checked.sheets.append(self._sheet)
            self._notes.column(match)
        return matches

    def _count(self, cell: CountCell, question_id: str, sheet: SheetContent) -> list[Count]:
        """Return the count of a cell where its health centre and month are sure."""
        who = self._who(cell)
        if who.kind in _LEFT_OUT:
            self._notes.once("mended", "行", _LEFT_OUT[who.kind], printed=cell.zone)
            return []
        if cell.month is None:
            message = "何月の件数か分かりません。" if self._has_months else _NO_MONTH
            action = "月の列か見出しに 4月 のように書いてください。"
            key = (cell.block, str(cell.row) if self._has_months else "")
            if not self._has_months:
                action += f"年間の件数なら、{TO_MONTHS}"
            self._notes.once("error", "月", message, action, cell.printed, key=key)
            return []
        if who.kind != "respondent":
            self._open_blocks |= {"", cell.block}
            return []
        return [self._read(cell, (who.code, cell.month.month, question_id), sheet)]

    def _read(self, cell: CountCell, place: tuple[str, int, str], sheet: SheetContent) -> Count:
        printed, question = cell.printed, self._definition.question(place[2])
        if printed.cell in sheet.errors or printed.cell in sheet.uncached:
            shown = sheet.errors.get(printed.cell, "計算結果のない数式")
            self._notes.say("error", "数式", f"{printed.cell}を読めません（{shown}）。",
                      "値を書き直してください。", printed)  # fmt: skip
            return Count(place, cell, self._sheet, Reading("wrong"))
        if question.id not in self._readers:
            decided = self._decisions.values.get(question.id)
            self._readers[question.id] = ColumnReader(question, [], survey_year=0, decided=decided)
        reading = self._readers[question.id].read(printed.text)
        seen = self._checked.values.setdefault((question.id, printed.text), ValueRead(reading))
        seen.cells += 1
        if reading.how == "mended":
            self._notes.say("mended", question.label, reading.note, printed=printed)
        elif reading.how != "as_printed":
            level: Level = "asked" if reading.how == "asked" else "error"
            self._notes.say(level, question.label, reading.note, reading.action, printed)
        return Count(place, cell, self._sheet, reading)

    def _who(self, cell: CountCell) -> Respondent:
        who, is_decided = self._centres.find(cell.code.text, cell.zone.text)
        if cell.total:
            who, is_decided = self._centres.find_sum(cell.zone.text)
        printed = cell.zone if cell.zone.text else cell.code
        if not printed.text:
            unnamed = PrintedCell(f"{self._file}：{self._sheet}", cell.zone.cell)
            who, is_decided = self._centres.find("", unnamed.text)
            printed = unnamed
        key = (self._sheet, printed.text)
        if key not in self._named and who.kind in ("respondent", "asked"):
            self._named.add(key)
            self._checked.names.append(
                NameRead(self._sheet, printed.cell, printed.text, who, is_decided)
            )
            if who.kind == "asked":
                named = "・".join(self._centres.names[code] for code in who.candidates)
                action = f"候補：{named}" if named else "保健所名を確かめてください。"
                self._notes.say("asked", "保健所名", who.doubt, action, printed)
            elif who.mended:
                self._notes.say("mended", "保健所名", who.mended, printed=printed)
        return who


def _adds_up(found: CountSheet, every: Sequence[CountSheet]) -> bool:
    """Tell whether a sheet only adds up the months of the others."""
    name = normal(found.name)
    named = bool(_SUMMARY.search(name)) or is_total(name)
    own = any(cell.month for cell in found.cells)
    others = any(cell.month for other in every if other is not found for cell in other.cells)
    return named and others and not own
