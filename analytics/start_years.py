"""In which fiscal year each municipality began the programme, and how many began in each."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.activities_answers import answers_to

QUESTION = "start_fy"
NOT_BEGUN = "not_applicable"
LATER = "later"


def start_years(con: DuckDBPyConnection, *, area_code: str, fiscal_year: int) -> pd.DataFrame:
    """Return area_code, area_name, kind and start_year of every municipality asked in a year.

    `kind` is year where a fiscal year was answered, later where that lies after the survey and so
    cannot be true, else why there is none; start_year is null unless kind is year.
    """
    answers = answers_to(
        con, area_code=area_code, fiscal_year=fiscal_year, question_ids=(QUESTION,)
    )
    years = pd.to_numeric(answers["value"], errors="coerce")
    kind = answers["status"].where(years.isna(), "year").where(~(years > fiscal_year), LATER)
    return pd.DataFrame(
        {
            "area_code": answers["area_code"],
            "area_name": answers["area_name"],
            "kind": kind,
            "start_year": years.where(kind == "year").astype("Int64"),
        }
    )


def starts_by_group(starts: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return group_code, group_name, start_year, kind and municipalities.

    `groups` has area_code, group_code and group_name; one row for each start year, and one for
    each kind of no year.
    """
    return (
        groups.merge(starts.drop(columns="area_name"), on="area_code")
        .groupby(["group_code", "group_name", "start_year", "kind"], dropna=False, sort=True)
        .size()
        .rename("municipalities")
        .reset_index()
    )
