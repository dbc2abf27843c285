"""The problems of one file as they are found, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterable

from data.catalogue.survey import SurveyDefinition
from surveys.problems import Level, Problem
from surveys.tables import PrintedCell, Said


class Notes:
    """The problems of one file; where names the sheet that is being read."""

    def __init__(self, definition: SurveyDefinition, *, file: str) -> None:
        self._labels = {question.id: question.label for question in definition.questions}
        self._file = file
        self.where = ""
        self.problems: list[Problem] = []

    def say(
        self,
        level: Level,
        rule: str,
        message: str,
        action: str = "",
        printed: PrintedCell | None = None,
        *,
        cell: str = "",
    ) -> None:
        """Add a problem of the sheet that is being read."""
        place, value = (printed.cell, printed.text) if printed else (cell, "")
        self.problems.append(
            Problem(level, rule, message, action, self._file, self.where, place, value)
        )

    def found(self, said: Iterable[Said]) -> None:
        """Add what is said of the way in which a table was found."""
        for one in said:
            self.say(one.level, one.rule, one.message, one.action, one.at)
