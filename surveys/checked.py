"""The outcome of checking a file, and what a person has confirmed about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from surveys.matching import ColumnMatch
from surveys.places import Respondent
from surveys.problems import Problem
from surveys.readings import Reading
from surveys.year_choice import YearChoice


class Answer(NamedTuple):
    """One answer, as a row of survey_answer."""

    area_code: str
    question_id: str
    value: str | None
    status: str
    source_ref: str


@dataclass(frozen=True)
class Decisions:
    """What a person confirmed: headers, answers by question, and respondents by printed name.

    remembered holds respondents that were confirmed in earlier imports, remembered_columns those
    of the headers that were.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    respondents: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    remembered_columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NameRead:
    """Whom one row was taken to be about, and where it says so."""

    sheet: str
    cell: str
    printed: str
    respondent: Respondent
    is_decided: bool = False


@dataclass(frozen=True)
class TotalRead:
    """A printed total beside the sum of its rows."""

    sheet: str
    cell: str
    question_id: str
    printed: float
    added: float

    @property
    def agrees(self) -> bool:
        """Tell whether the sheet's total is the sum of its rows."""
        return abs(self.added - self.printed) <= 1e-6


@dataclass
class ValueRead:
    """What a text under one question was taken for, and in how many cells."""

    reading: Reading
    cells: int = 0

    def add(self, reading: Reading, cells: int) -> None:
        """Count cells with the same text; where one of them is asked about, all are."""
        self.cells += cells
        if reading.how == "asked":
            self.reading = reading


@dataclass
class CheckedFile:
    """The answers of a file that are sure, what its columns were taken for, and its problems.

    years are the choices between columns of several years, each with its sheet.
    """

    answers: list[Answer] = field(default_factory=list)
    matches: list[ColumnMatch] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    names: list[NameRead] = field(default_factory=list)
    values: dict[tuple[str, ...], ValueRead] = field(default_factory=dict)
    totals: list[TotalRead] = field(default_factory=list)
    years: list[tuple[str, YearChoice]] = field(default_factory=list)

    def note_value(self, question_id: str, text: str, reading: Reading, *, cells: int) -> None:
        """Count cells by their text; what a legend makes another question of is counted apart."""
        key = (question_id, text, reading.key)
        self.values.setdefault(key, ValueRead(reading)).add(reading, cells)

    @property
    def acceptable(self) -> bool:
        """Tell whether nothing is left to mend or to ask."""
        return bool(self.answers) and not any(problem.stops for problem in self.problems)
