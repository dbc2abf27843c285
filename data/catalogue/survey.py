"""Definitions of the survey forms: questions, the codes they allow, and rules between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from data.catalogue.records import Key, Record, Text

QuestionType = Literal["year", "bool", "enum", "multi", "count", "number", "text"]
Framework = Literal["h27r2", "r3"]
RuleKind = Literal["forbids", "requires", "at_least_one", "part_of_whole"]
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


class Rule(Record):
    """One rule between answers of a respondent; what breaks it is a warning with this message.

    Where the question when has one of the answers, forbids wants then blank, requires wants it
    filled in, and at_least_one wants one of then to have a wanted answer once all have one.
    part_of_whole wants no number of then to be over that of when.
    """

    kind: RuleKind
    when: Key
    answers: list[AnswerCode] = Field(default_factory=list)
    then: list[Key] = Field(min_length=1)
    wanted: list[AnswerCode] = Field(default_factory=list)
    message: Text


class SurveyDefinition(Record):
    """One form, who answers it, and the rules between its questions."""

    key: Key
    label: Text
    respondent: Literal["municipality", "prefecture", "health_center_area"]
    questions: list[Question] = Field(min_length=1)
    rules: list[Rule] = Field(default_factory=list)

    def question(self, question_id: str) -> Question:
        """Return the question of that identifier, or raise KeyError."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)
