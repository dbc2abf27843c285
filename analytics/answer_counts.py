"""How often each answer was given to each question of a form, and what the numbers add up to."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.survey_status import CATEGORIES
from data.catalogue import load_catalogue
from data.catalogue.survey import Question

NUMBERS = ("count", "number")
_GAPS = {category.key: category.label for category in CATEGORIES if not category.answering}

_COUNTS = """
with answer as (
    select
        question_id,
        status,
        value
    from survey_answer
    where
        survey_id = $survey_id
        and fiscal_year = $fiscal_year
        and starts_with(area_code, $prefecture)
),
choice as (
    select
        question_id,
        status,
        unnest(string_split(coalesce(value, ''), ';')) as value
    from answer
    where not list_contains($numbers, question_id)
),
chosen as (
    select
        question_id,
        status,
        value,
        count(*) as respondents,
        null::double as total
    from choice
    group by all
),
added as (
    select
        question_id,
        status,
        '' as value,
        count(*) as respondents,
        sum(try_cast(value as double)) as total
    from answer
    where list_contains($numbers, question_id)
    group by all
),
final as (
    select * from chosen
    union all
    select * from added
)
select * from final
"""


def answer_counts(
    con: DuckDBPyConnection, *, survey_id: str, fiscal_year: int, prefecture: str = ""
) -> pd.DataFrame:
    """Return question_id, question, answer, respondents and total, in the order of the form.

    respondents counts those who gave the answer (of several, each); total adds up a question of
    numbers over those who answered it and is missing for all others. Gaps are rows of their own.
    """
    questions = load_catalogue().surveys[survey_id].questions
    numbers = [question.id for question in questions if question.type in NUMBERS]
    values = {
        "survey_id": survey_id,
        "fiscal_year": fiscal_year,
        "prefecture": prefecture,
        "numbers": numbers or [""],
    }
    found = con.execute(_COUNTS, values).df()
    order = {question.id: place for place, question in enumerate(questions)}
    known = {question.id: question for question in questions}
    found = found[found["question_id"].isin(list(known))]
    answers = [
        _words(known[str(row.question_id)], str(row.status), str(row.value))
        for row in found.itertuples()
    ]
    labelled = found.assign(
        question=found["question_id"].map({key: q.label for key, q in known.items()}),
        answer=[words for words, _ in answers],
        place=[order[key] for key in found["question_id"]],
        rank=[rank for _, rank in answers],
    )
    columns = ["question_id", "question", "answer", "respondents", "total"]
    return labelled.sort_values(["place", "rank", "answer"])[columns].reset_index(drop=True)


def _words(question: Question, status: str, value: str) -> tuple[str, int]:
    """Return an answer in words and its place among the answers of its question."""
    if status != "observed":
        return _GAPS[status], len(question.allowed) + 1 + list(_GAPS).index(status)
    if question.type in NUMBERS:
        return "数の回答", 0
    codes = list(question.allowed)
    return question.allowed.get(value, value), codes.index(value) if value in codes else len(codes)
