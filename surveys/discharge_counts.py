"""Counts of a form that were read one by one: what is there twice, blank, or against its whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data.catalogue.survey import SurveyDefinition
from data.extract import RowIssue
from data.harmonise.discharge import set_contradictions_aside
from data.harmonise.discharge_months import month_answers
from surveys.discharge_cells import CountCell
from surveys.discharge_totals import Place
from surveys.problems import Level, Problem
from surveys.readings import GAPS, Reading

_ACTION = "直して入れ直してください。"


@dataclass(frozen=True)
class Count:
    """One count with its health-centre area, month and question, and what was read in its cell."""

    place: Place
    cell: CountCell
    sheet: str
    reading: Reading

    @property
    def ref(self) -> str:
        """Where it stands."""
        return f"{self.sheet}!{self.cell.printed.cell}"

    @property
    def words(self) -> str:
        """What was read, as it may be printed beside another."""
        return self.reading.value or GAPS.get(self.reading.status, "")


class CountSettling:
    """The counts of one file put together; problems say what was left out or contradicts."""

    def __init__(
        self, definition: SurveyDefinition, *, file: str, names: Mapping[str, str]
    ) -> None:
        self._labels = {question.id: question.label for question in definition.questions}
        self._file, self._names = file, names
        self.problems: list[Problem] = []

    def settle(self, counts: Sequence[Count]) -> pd.DataFrame:
        """Return the answers by month of the counts that stand, each place once."""
        kept = [count for count in self._once(self.surveyed(counts)) if count.reading.status]
        frame = pd.DataFrame(
            [
                (*count.place, _number(count.reading), count.reading.status, count.ref)
                for count in kept
            ],
            columns=["area_code", "month", "question_id", "number", "status", "source_ref"],
        ).astype({"number": "float64"})
        if frame.empty:
            return pd.DataFrame()
        self.problems += [self._contradiction(issue) for issue in set_contradictions_aside(frame)]
        return month_answers(frame).assign(file=self._file)

    def surveyed(self, counts: Sequence[Count]) -> list[Count]:
        """Leave out the months of an area in which no count at all is printed."""
        printed = {count.place[:2] for count in counts if count.cell.printed.text}
        blank = {count.place[:2] for count in counts} - printed
        if blank and not self.problems:
            message = f"件数のない月（{len(blank)}）は、調べていない月として取り込みません。"
            self.problems.append(Problem("mended", "月", message, "", self._file))
        return [count for count in counts if count.place[:2] in printed]

    def _once(self, counts: Sequence[Count]) -> list[Count]:
        """Return each place once; the same number in another table is one, another is asked."""
        found: dict[Place, list[Count]] = defaultdict(list)
        for count in counts:
            found[count.place].append(count)
        once = []
        for same in found.values():
            first, *others = same
            wrong = [other for other in others if not _agree(first, other)]
            for other in wrong:
                twice = f"{first.ref} にもあります（{first.words}）。"
                message = f"{self._where(other)}の件数が {twice}"
                self._say("error", "重複", message, _ACTION, other)
            for other in others:
                if other not in wrong:
                    message = f"{first.ref} と同じ件数なので、一つにしました。"
                    self._say("mended", "重複", message, "", other)
            if not wrong:
                once.append(first)
        return once

    def _where(self, count: Count) -> str:
        area, month, question = count.place
        return f"{self._names.get(area, area)}・{month}月の「{self._labels[question]}」"

    def _contradiction(self, issue: RowIssue) -> Problem:
        sheet, _, cell = issue.source_ref.rpartition("!")
        label = self._labels.get(issue.field, issue.field)
        message = f"「{label}」が、その全体の件数より多くなっています（{issue.found}）。"
        return Problem("error", "件数", message, _ACTION, self._file, sheet, cell, issue.found)

    def _say(self, level: Level, rule: str, message: str, action: str, count: Count) -> None:
        printed = count.cell.printed
        self.problems.append(
            Problem(
                level, rule, message, action, self._file, count.sheet, printed.cell, printed.text
            )
        )


def _agree(first: Count, other: Count) -> bool:
    """Tell whether two cells say the same; in one table a place may stand only once."""
    if (first.sheet, first.cell.block) == (other.sheet, other.cell.block):
        return False
    is_read = bool(first.reading.status and other.reading.status)
    return is_read and first.words == other.words


def _number(reading: Reading) -> float | None:
    return float(reading.value) if reading.value is not None else None
