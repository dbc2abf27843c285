"""What an upload is held against: places of that year, and the answers that are published."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from data.derive.parts import WITHOUT_RESIDENTS

_PLACES = """
with final as (
    select
        area_code,
        area_type,
        name,
        name_kana,
        case when valid_to < make_date($fiscal_year, 10, 1) then valid_to end as valid_to
    from area
    where area_type in (
            'prefecture',
            'municipality',
            'designated_city',
            'ward',
            'health_center_area'
        )
        and coalesce(valid_from, date '0001-01-01') <= make_date($fiscal_year, 10, 1)
        and area_code not in (select unnest($without_office::varchar[]))
    order by area_code
)
select * from final
"""

_CHANGES = """
with final as (
    select
        old_code,
        new_code,
        reason
    from area_change
    where changed_on <= make_date($fiscal_year, 10, 1)
    order by
        changed_on,
        old_code
)
select * from final
"""

_ANSWERS = """
with final as (
    select
        area_code,
        question_id,
        value,
        status
    from survey_answer
    where survey_id = $survey_id
        and fiscal_year = $fiscal_year
    order by
        area_code,
        question_id
)
select * from final
"""


def places_in_year(con: DuckDBPyConnection, *, fiscal_year: int) -> pd.DataFrame:
    """Return the areas that may answer, as of 1 October; valid_to is set where one had ended."""
    bound = {"fiscal_year": fiscal_year, "without_office": list(WITHOUT_RESIDENTS)}
    places: pd.DataFrame = con.execute(_PLACES, bound).df()
    return places


def changes_until(con: DuckDBPyConnection, *, fiscal_year: int) -> pd.DataFrame:
    """Return old_code, new_code and reason of the changes of areas up to 1 October of a year."""
    changes: pd.DataFrame = con.execute(_CHANGES, {"fiscal_year": fiscal_year}).df()
    return changes


def published_answers(con: DuckDBPyConnection, *, survey_id: str, fiscal_year: int) -> pd.DataFrame:
    """Return area_code, question_id, value and status of the answers in force."""
    bound = {"survey_id": survey_id, "fiscal_year": fiscal_year}
    answers: pd.DataFrame = con.execute(_ANSWERS, bound).df()
    return answers
