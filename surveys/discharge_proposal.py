"""Foreign care managers' forms of an upload: what was taken for what, and what is to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.survey_status import survey_years
from data.catalogue import load_catalogue
from data.extract import discharge_workbook
from surveys.checked import Decisions
from surveys.checked_table import CheckedTable
from surveys.discharge_check import CheckedDischarge, DischargeFormCheck
from surveys.health_centres import HealthCentres
from surveys.proposal import with_remembered
from surveys.proposal_tables import Checked, column_table, name_table, total_table, value_table
from surveys.table_kinds import KINDS, TableKind, find_table
from surveys.target import Target
from surveys.uploads import ReadFile

DISCHARGE = next(kind for kind in KINDS if kind.key == discharge_workbook.SURVEY_ID)


@dataclass(frozen=True)
class Said:
    """What a person said about foreign forms: headers, words, names, and the year (0: nothing)."""

    given: Decisions = field(default_factory=Decisions)
    fiscal_year: int = 0


@dataclass
class ForeignForms:
    """The tables that ask and show how foreign files were read."""

    target: Target
    given: Decisions
    columns: pd.DataFrame
    values: pd.DataFrame
    names: pd.DataFrame
    totals: pd.DataFrame
    centres: dict[str, str]
    asks_year: bool


def is_foreign(file: ReadFile) -> bool:
    """Tell whether a file holds the form's counts in another layout than ours."""
    if not file.is_discharge:
        return False
    questions = len(load_catalogue().surveys[DISCHARGE.key].questions)
    whole = len(discharge_workbook.RESPONDENT) + questions
    for sheet in file.sheets:
        found = find_table(sheet)
        if found and found.kind == DISCHARGE:
            named = found.table.head.get("様式") == DISCHARGE.key
            if named or len(found.columns) == whole:
                return False
    return True


class ForeignReading:
    """The check of an upload's foreign forms, file by file."""

    def __init__(
        self, con: DuckDBPyConnection, said: Said, names: Mapping[str, str], prefecture: str
    ) -> None:
        self._said = said
        self._target = Target(DISCHARGE.key, _newest_year(con), prefecture)
        self._decisions = with_remembered(con, self._target, said.given)
        self._centres = HealthCentres(names, prefecture=prefecture, decisions=self._decisions)
        self._checked: list[tuple[ReadFile, CheckedDischarge]] = []

    def run(self, file: ReadFile) -> CheckedTable:
        """Return the answers and problems of one file, as of any other table."""
        check = DischargeFormCheck(
            load_catalogue().surveys[DISCHARGE.key],
            centres=self._centres,
            decisions=self._decisions,
            said_year=self._said.fiscal_year,
        )
        found = check.run(file.sheets, file=file.name)
        self._checked.append((file, found))
        return CheckedTable(
            answers=found.frame, fiscal_year=found.fiscal_year, problems=found.problems
        )

    def forms(self) -> ForeignForms | None:
        """Return what is to be shown and asked, nothing where no file was foreign."""
        if not self._checked:
            return None
        years = {found.fiscal_year for _, found in self._checked} - {0}
        target = replace(self._target, fiscal_year=max(years)) if years else self._target
        checked: Checked = self._checked
        questions = {q.id: q for q in load_catalogue().surveys[DISCHARGE.key].questions}
        return ForeignForms(
            target=target,
            given=self._said.given,
            columns=column_table(checked, target),
            values=value_table(checked, target),
            names=name_table(checked, self._centres),
            totals=total_table(checked, questions),
            centres=dict(self._centres.names),
            asks_year=any(_asks_year(found) for _, found in self._checked),
        )


def holds_foreign(read: Iterable[ReadFile]) -> TableKind | None:
    """Return the form's kind where one of the files is foreign."""
    return DISCHARGE if any(map(is_foreign, read)) else None


def _asks_year(found: CheckedDischarge) -> bool:
    return any(p.level == "asked" and p.rule == "年度" for p in found.problems)


def _newest_year(con: DuckDBPyConnection) -> int:
    """Return the newest year of the form, in whose framework its questions are named."""
    years = survey_years(con, survey_id=DISCHARGE.key)["fiscal_year"].tolist()
    return int(max(years, default=discharge_workbook.FIRST_YEAR))
