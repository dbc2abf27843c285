"""Definitions of the survey forms: questions, their types and the codes they allow."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from data.catalogue.records import Key, Record, Text

QuestionType = Literal["year", "bool", "enum", "multi", "count", "number", "text"]
Framework = Literal["h27r2", "r3"]
AnswerCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z<+_]+$")]


class Question(Record):
    """One question; only enum, multi and bool questions have allowed codes."""

    id: Key
    label: Text
    type: QuestionType
    allowed: dict[AnswerCode, Text] = Field(default_factory=dict)
    frameworks: list[Framework] = Field(min_length=1)
    personal: bool = False
    proposed: bool = False
    minimum: float | None = None


class SurveyDefinition(Record):
    """One form, and who answers it."""

    key: Key
    label: Text
    respondent: Literal["municipality", "prefecture", "health_center_area"]
    questions: list[Question] = Field(min_length=1)

    def question(self, question_id: str) -> Question:
        """Return the question of that identifier, or raise KeyError."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)
