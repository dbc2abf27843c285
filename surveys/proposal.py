"""From files that were read to what would be accepted: tables to correct, problems, comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd
from duckdb import DuckDBPyConnection

from access.roles import Action, Actor, require
from analytics.survey_intake import changes_until, places_in_year, published_answers
from data.accepted.reading import remembered_decisions, uploaded_files
from data.catalogue import load_catalogue
from data.generations import Store, open_generation
from surveys.checked import CheckedFile, Decisions
from surveys.checking import FileCheck
from surveys.comparison import Comparison, changes_of, jumps_of, missing_of
from surveys.courtesy import short_turns
from surveys.places import Places
from surveys.problems import Problem, warnings_of
from surveys.proposal_problems import problems_between
from surveys.proposal_tables import (
    answer_table,
    column_table,
    file_table,
    name_table,
    total_table,
    value_table,
)
from surveys.responding_centres import RespondingCentres
from surveys.struck_text import is_struck
from surveys.target import Target
from surveys.uploads import ReadFile

_NOTHING = Decisions()


class Proposable(Protocol):
    """What acceptance has to know of a proposal."""

    generation: str

    @property
    def acceptable(self) -> bool:
        """Tell whether nothing is left to mend or to ask."""
        ...

    @property
    def warnings(self) -> dict[str, list[Problem]]:
        """The warnings by rule."""
        ...


class Asking(Protocol):
    """What the steps have to know that ask about columns, words and names."""

    target: Target
    columns: pd.DataFrame
    values: pd.DataFrame
    names: pd.DataFrame


@dataclass
class Proposal:
    """What an upload was taken for, everything that is to be said about it, and what it changes."""

    target: Target
    generation: str
    decisions: Decisions
    given: Decisions
    read: list[ReadFile]
    files: pd.DataFrame
    columns: pd.DataFrame
    values: pd.DataFrame
    names: pd.DataFrame
    answers: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    comparison: Comparison = field(default_factory=Comparison)

    @property
    def acceptable(self) -> bool:
        """Tell whether nothing is left to mend or to ask."""
        return not self.answers.empty and not any(problem.stops for problem in self.problems)

    @property
    def warnings(self) -> dict[str, list[Problem]]:
        """The warnings by rule; each rule needs a tick with a reason."""
        return warnings_of(self.problems)


@short_turns()
def propose(
    store: Store,
    *,
    actor: Actor,
    target: Target,
    read: Sequence[ReadFile],
    decisions: Decisions = _NOTHING,
) -> Proposal:
    """Check files against a form and compare them with the generation that is served."""
    require(actor, Action.UPLOAD)
    current = store.current()
    with open_generation(current) as con:
        return _propose(con, current.stem, target, list(read), decisions)


def _propose(
    con: DuckDBPyConnection,
    generation: str,
    target: Target,
    read: list[ReadFile],
    given: Decisions,
) -> Proposal:
    places = places_of(con, target)
    known = uploaded_files(con)
    own = (known["survey_id"] == target.survey_id) & (known["fiscal_year"] == target.fiscal_year)
    decisions = with_remembered(con, target, given)
    checked = _check(read, target, places, decisions)
    answers = answer_table(checked)
    if target.only:
        answers = answers[answers["area_code"] == target.only].reset_index(drop=True)
    proposal = Proposal(
        target,
        generation,
        decisions,
        given,
        read,
        file_table(read, known[own]),
        column_table(checked, target),
        value_table(checked, target),
        name_table(checked, places),
        answers,
    )
    proposal.comparison = _compare(con, target, answers, places, checked)
    proposal.problems = [
        *(problem for _, file in checked for problem in file.problems),
        *problems_between(read, proposal.files, answers, proposal.comparison, target, places),
    ]
    if answers.empty and not any(problem.stops for problem in proposal.problems):
        action = "回答を記入した表を選んでください。"
        proposal.problems.append(Problem("error", "回答", "回答が0件です。", action))
    return proposal


def places_of(con: DuckDBPyConnection, target: Target) -> Places:
    """Return those who may answer a form in its year, to be found by code or name."""
    areas = places_in_year(con, fiscal_year=target.fiscal_year)
    changes = changes_until(con, fiscal_year=target.fiscal_year)
    respondent = target.definition.respondent
    if respondent == "health_center_area":
        return RespondingCentres(areas, changes, prefecture=target.prefecture)
    return Places(areas, changes, prefecture=target.prefecture, respondent=respondent)


def with_remembered(con: DuckDBPyConnection, target: Target, given: Decisions) -> Decisions:
    """Return what was confirmed now over what earlier imports of the form had confirmed."""
    questions = load_catalogue().surveys[target.survey_id].questions
    columns: dict[str, str] = {}
    remembered: dict[str, str] = {}
    values: dict[str, dict[str, str]] = defaultdict(dict)
    asked = {q.id for q in questions if target.framework in q.frameworks and not q.personal}
    rows = remembered_decisions(con, survey_id=target.survey_id)
    for kind, question, printed, chosen in rows.itertuples(index=False):
        if kind == "column" and (chosen in asked or chosen == ""):
            columns[printed] = chosen
        elif kind == "value" and question in asked and not is_struck(printed):
            values[question][printed] = chosen
        elif kind == "respondent" and target.prefecture:
            # in all Japan a name may be another place's too
            remembered[printed] = chosen
    for question, chosen_values in given.values.items():
        values[question] |= chosen_values
    return Decisions(
        columns={**columns, **given.columns},
        values=dict(values),
        respondents=given.respondents,
        remembered=remembered,
        remembered_columns=frozenset(columns.keys() - given.columns.keys()),
    )


def _check(
    read: list[ReadFile], target: Target, places: Places, decisions: Decisions
) -> list[tuple[ReadFile, CheckedFile]]:
    check = FileCheck(
        target.definition,
        framework=target.framework,
        fiscal_year=target.fiscal_year,
        places=places,
        decisions=decisions,
    )
    return [(file, check.run(file.sheets, file=file.name)) for file in read if not file.refusal]


def _compare(
    con: DuckDBPyConnection,
    target: Target,
    answers: pd.DataFrame,
    places: Places,
    checked: list[tuple[ReadFile, CheckedFile]],
) -> Comparison:
    questions = {question.id: question for question in target.questions()}
    year = target.fiscal_year
    published = published_answers(con, survey_id=target.survey_id, fiscal_year=year)
    last_year = published_answers(con, survey_id=target.survey_id, fiscal_year=year - 1)
    return Comparison(
        changes=changes_of(answers, published, questions=questions, names=places.names),
        jumps=jumps_of(answers, last_year, questions=questions, names=places.names),
        totals=total_table(checked, questions),
        missing=missing_of(answers, published, names=places.names, prefecture=target.prefecture),
    )
