"""What an upload is meant for: a form, a fiscal year, a prefecture, or one respondent alone."""

from __future__ import annotations

from dataclasses import dataclass

from data.catalogue import load_catalogue
from data.catalogue.survey import Framework, Question, SurveyDefinition
from data.errors import UserError
from data.extract import discharge_workbook

# A form by month is read as a table (table_discharge.py): an answer here has no month.
_BY_MONTH = (discharge_workbook.SURVEY_ID,)


class SurveyError(UserError):
    """An upload cannot be checked or accepted as asked."""


@dataclass(frozen=True)
class Target:
    """A form and its fiscal year; prefecture blank means all Japan, only names one respondent."""

    survey_id: str
    fiscal_year: int
    prefecture: str = ""
    only: str = ""

    @property
    def definition(self) -> SurveyDefinition:
        """The form; SurveyError when there is none of that key."""
        found = load_catalogue().surveys.get(self.survey_id)
        if found is None or self.survey_id in _BY_MONTH:
            raise SurveyError("この様式はありません。", "様式を選び直してください。")
        return found

    @property
    def framework(self) -> Framework:
        """The framework in force in that year; SurveyError before the first one."""
        try:
            return load_catalogue().programme.framework_of(self.fiscal_year).key
        except KeyError as error:
            action = "年度を選び直してください。"
            raise SurveyError("この年度には事業の枠組がありません。", action) from error

    def questions(self) -> list[Question]:
        """Return the questions asked that year whose answers are taken over, in their order."""
        return [
            question
            for question in self.definition.questions
            if self.framework in question.frameworks and not question.personal
        ]


def surveys_offered() -> dict[str, str]:
    """Return the labels of the forms that an upload can bring, by their keys."""
    return {
        key: definition.label
        for key, definition in load_catalogue().surveys.items()
        if key not in _BY_MONTH
    }
