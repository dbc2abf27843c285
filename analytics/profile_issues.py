"""The issues that one municipality named in the survey."""

from __future__ import annotations

import duckdb

from data.catalogue import load_catalogue

_NAMED = """
with final as (
    select string_split(value, ';') as issue_keys
    from survey_answer
    where
        survey_id = 'municipal_form'
        and question_id = 'issue'
        and status = 'observed'
        and area_code = $area_code
        and fiscal_year = $fiscal_year
)

select * from final
"""


def named_issues(
    con: duckdb.DuckDBPyConnection, *, area_code: str, fiscal_year: int
) -> list[str] | None:
    """Return the labels of the issues named in a year; nothing at all where nobody answered."""
    bound = {"area_code": area_code, "fiscal_year": fiscal_year}
    found = con.execute(_NAMED, bound).fetchone()
    if found is None:
        return None
    issues = load_catalogue().programme.issues
    return [issue.label for key, issue in issues.items() if key in found[0]]
