"""Respondents that answered a form more than once in a year."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from data.harmonise.survey_repeats import EMPTY_REASON, REASON

SAME_CODE = "団体コードが重複のため除きました。"

_REPEATS = """
with final as (
    select count(distinct row_issue.found) as respondents
    from row_issue
    inner join survey_import using (file_name)
    where
        survey_import.survey_id = $survey_id
        and survey_import.fiscal_year = $fiscal_year
        and row_issue.reason in (select unnest($reasons::varchar[]))
)
select * from final
"""


def survey_repeats(con: DuckDBPyConnection, *, survey_id: str, fiscal_year: int) -> int:
    """Return of how many respondents a second form was left out when the store was built."""
    values = {
        "survey_id": survey_id,
        "fiscal_year": fiscal_year,
        "reasons": [REASON, EMPTY_REASON, SAME_CODE],
    }
    row = con.execute(_REPEATS, values).fetchone()
    return int(row[0]) if row else 0
