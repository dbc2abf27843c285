"""An answer as it is printed in a sheet of ours: in words that are read back as the same answer."""

from __future__ import annotations

from functools import lru_cache

from data.catalogue.survey import Question
from surveys.values import SEPARATOR, ColumnReader

GAP_SIGNS = {"not_applicable": "－", "suppressed": "***", "missing": "…"}


def printed_answer(question: Question, value: str | None, status: str) -> str:
    """Return the cell of an answer; blank where it was not answered."""
    if status != "observed" or value is None:
        return GAP_SIGNS.get(status, "")
    if not question.allowed:
        return value
    codes = value.split(SEPARATOR) if question.type == "multi" else [value]
    return SEPARATOR.join(_words(question)[code] for code in codes)


def choices(question: Question) -> list[str]:
    """Return the words to choose from, in the order of the form."""
    return list(_words(question).values())


def _words(question: Question) -> dict[str, str]:
    return _words_of(question.model_dump_json())


@lru_cache(maxsize=1_000)
def _words_of(question_json: str) -> dict[str, str]:
    """Return a word for each code: its label, but the code where a label is read otherwise."""
    question = Question.model_validate_json(question_json)
    reader = ColumnReader(question, [], survey_year=0)
    pairs = {}
    for code, label in question.allowed.items():
        alone = reader.read(label).value == code
        joined = f"{label}{SEPARATOR}{label}"
        listed = question.type != "multi" or reader.read(joined).value == code
        pairs[code] = label if alone and listed else code
    return pairs
