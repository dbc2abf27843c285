"""Answers to chosen questions of the municipal form, one row for every municipality asked."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.survey_status import EXPECTED
from data.derive.parts import WITHOUT_RESIDENTS

_MUNICIPALITIES = "with" + EXPECTED
_ANSWERS = (
    _MUNICIPALITIES
    + """
asked as (
    select
        unnest($question_ids::varchar[]) as question_id,
        unnest(range(len($question_ids::varchar[]))) as place
),
answer as materialized (
    select
        area_code,
        question_id,
        value,
        status
    from survey_answer
    semi join asked using (question_id)
    where
        survey_id = 'municipal_form'
        and fiscal_year = $fiscal_year
),
given as (
    select
        question_id
    from answer
    group by question_id
),
final as (
    select
        expected.area_code,
        area.name as area_name,
        asked.question_id,
        answer.value,
        coalesce(answer.status, 'absent') as status
    from expected
    cross join asked
    semi join given using (question_id)
    inner join area using (area_code)
    left join answer
        on answer.area_code = expected.area_code
        and answer.question_id = asked.question_id
    order by
        expected.area_code,
        asked.place
)
select * from final
"""
)


def answers_to(
    con: DuckDBPyConnection, *, area_code: str, fiscal_year: int, question_ids: tuple[str, ...]
) -> pd.DataFrame:
    """Return area_code, area_name, question_id, value and status of every municipality expected.

    The status of one without a form is absent; a question that nobody was asked in the year has
    no rows.
    """
    values = {
        "area_code": area_code,
        "fiscal_year": fiscal_year,
        "question_ids": list(question_ids),
        "without_office": list(WITHOUT_RESIDENTS),
    }
    answers: pd.DataFrame = con.execute(_ANSWERS, values).df()
    return answers
