"""Which question of the care managers' form a header means: surely, or proposed to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from data.catalogue.survey import Framework, SurveyDefinition
from surveys.discharge_titles import narrowing
from surveys.discharge_wording import CARE, FLOWS, Wording, read_wording, retold
from surveys.matching import ColumnMatch, QuestionMatcher, key_of
from surveys.tables import TableColumn

_LIKELY = 0.9
_OPEN_CARE = 0.6


class DischargeMatcher:
    """The headers of the form's ten counts, by the parts that their words name.

    decisions holds folded headers with the question that a person chose (blank: not used),
    fiscal_year that of the file (0: not known).
    """

    def __init__(
        self,
        definition: SurveyDefinition,
        *,
        framework: Framework,
        decisions: Mapping[str, str],
        fiscal_year: int = 0,
    ) -> None:
        self._year = fiscal_year
        self._known = {question.id for question in definition.questions}
        self._whole = QuestionMatcher(definition, framework=framework, decisions=decisions)

    def match(self, columns: Iterable[TableColumn]) -> dict[str, ColumnMatch]:
        """Return a match for each different header of one table, doubles not sure, by its key."""
        found: dict[str, ColumnMatch] = {}
        for column in columns:
            if column.levels and key_of(column) not in found:
                found[key_of(column)] = self._match(column)
        taken = [match.question_id for match in found.values() if match.question_id]
        return {
            key: replace(match, how="proposed", question_id="", candidates=(match.question_id,))
            if match.question_id and match.how != "decision" and taken.count(match.question_id) > 1
            else match
            for key, match in found.items()
        }

    def _match(self, column: TableColumn) -> ColumnMatch:
        whole = self._whole.match([column])[0]
        if whole.sure:
            return whole
        found = self._by_words(column, whole)
        if found.question_id and (doubt := narrowing(column, fiscal_year=self._year)):
            return ColumnMatch(column, "proposed", _LIKELY, "", (found.question_id,), doubt)
        return found

    def _by_words(self, column: TableColumn, whole: ColumnMatch) -> ColumnMatch:
        wording = read_wording(column.levels)
        question = wording.question_id
        if wording.is_ratio or retold(column.levels):
            return ColumnMatch(column, "ignored", 1.0)
        if question in self._known:
            return ColumnMatch(column, "label", 1.0, question)
        if wording.is_part:
            return ColumnMatch(column, "none", 0.0)
        near = self._near(wording)
        if near:
            confidence = _LIKELY if wording.care else _OPEN_CARE
            return ColumnMatch(column, "proposed", confidence, "", near)
        return whole

    def _near(self, wording: Wording) -> tuple[str, ...]:
        """Return the questions that have every part which the words do name, discharges first."""
        if not wording.kind and wording.flow and wording.care:
            return (f"{wording.flow}_known_{wording.care}",)
        if not wording.kind or (not wording.care and not wording.flow and wording.kind == "known"):
            return ()
        flows = [wording.flow] if wording.flow else sorted(FLOWS, reverse=True)
        cares = [wording.care] if wording.care else list(CARE)
        made = [f"{flow}_{wording.kind}_{care}" for flow in flows for care in cares]
        return tuple(one for one in made if one in self._known)
