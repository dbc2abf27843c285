"""The year's measures of the care managers' survey, from the months that are in force."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.accepted.index_of import area_index
from data.accepted.measures_in_force import UPLOAD
from data.extract.discharge_workbook import SURVEY_ID
from data.harmonise.discharge import (
    measure_ids,
    set_contradictions_aside,
    year_measures,
)
from data.harmonise.discharge_months import counts_of
from data.tables import insert_frame

_ANSWERS = """
with final as (
    select
        survey_answer.area_code,
        survey_answer.question_id,
        survey_answer.value,
        survey_answer.status,
        survey_answer.source_ref,
        ranked_import.import_id,
        ranked_import.place
    from survey_answer
    left join ranked_import on ranked_import.import_id = survey_answer.import_id
        and ranked_import.is_upload
    where survey_answer.survey_id = $survey_id
        and survey_answer.fiscal_year = $fiscal_year
        and regexp_matches(survey_answer.question_id, '_m[0-9]{2}$')
)
select * from final
"""

_FORGET = (
    "delete from measure where period = $period and source_id in"
    " (select $upload || import_id from survey_import where survey_id = $survey_id)",
    "delete from measure_aside where period = $period and source_id in"
    " (select $upload || import_id from survey_import where survey_id = $survey_id)",
)

_BUILT = """
select area_code, measure_id
from (select * from measure union all by name select * from measure_aside)
where period = $period and measure_id in (select unnest($measures))
"""


def settle_discharge(con: duckdb.DuckDBPyConnection, *, fiscal_year: int) -> None:
    """Set the year's measures of every area that an upload answers for.

    A month counts where all counts of a rate are there, whichever import brought them. Afterwards
    settle_measures has to run.
    """
    bound = {"survey_id": SURVEY_ID, "upload": UPLOAD, "period": f"FY{fiscal_year}"}
    for statement in _FORGET:
        con.execute(statement, bound)
    answers = con.execute(_ANSWERS, {"survey_id": SURVEY_ID, "fiscal_year": fiscal_year}).df()
    sources = _newest(answers)
    if not sources:
        return
    counts = counts_of(answers)
    set_contradictions_aside(counts)
    made = year_measures(counts, fiscal_year, area_index(con))
    rows = made[made["area_code"].isin(list(sources))]
    rows = pd.concat([rows, _gone(con, rows, sources, bound["period"])], ignore_index=True)
    rows["source_id"] = UPLOAD + rows["area_code"].map(sources)
    insert_frame(con, "measure_aside", rows)


def _newest(answers: pd.DataFrame) -> dict[str, str]:
    """Return the newest upload that stands for each area, and for the prefecture it is in."""
    rows = answers[answers["import_id"].notna()].sort_values("place")
    own = dict(zip(rows["area_code"], rows["import_id"], strict=True))
    return own | dict(zip(rows["area_code"].str[3:5], rows["import_id"], strict=True))


def _gone(
    con: duckdb.DuckDBPyConnection, rows: pd.DataFrame, sources: dict[str, str], period: str
) -> pd.DataFrame:
    """Return as missing what the raw folder has a sum of and the months in force no longer give."""
    built = con.execute(_BUILT, {"period": period, "measures": measure_ids()}).df()
    built = built[built["area_code"].isin(list(sources))].drop_duplicates()
    both = built.merge(rows, on=["area_code", "measure_id"], how="left", indicator=True)
    lost = both[both["_merge"] == "left_only"][["area_code", "measure_id"]]
    return lost.assign(
        period=period, value=float("nan"), status="missing", source_ref="入退院（そろう月なし）"
    )
