"""What was imported, by whom, what counts, and what was decided before."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.accepted.table_record import TABLE_LABELS

_IMPORTS = """
with last_event as (
    select
        import_id,
        arg_max(event, happened_at) as event,
        arg_min(name, happened_at) as accepted_name
    from import_event
    group by import_id
),
standing as (
    select
        import_id,
        count(*) as answers
    from survey_answer
    group by import_id
),
aside as (
    select
        import_id,
        count(*) as answers
    from survey_answer_aside
    group by import_id
),
final as (
    select
        survey_import.import_id,
        survey_import.survey_id,
        survey_import.fiscal_year,
        survey_import.file_name,
        survey_import.row_count as respondents,
        coalesce(standing.answers, 0) + coalesce(aside.answers, 0) as answers,
        survey_import.accepted_by,
        coalesce(last_event.accepted_name, '') as accepted_name,
        survey_import.accepted_at,
        case
            when last_event.event = 'undone' then 'undone'
            when standing.answers is null then 'superseded'
            when aside.answers is null then 'in_force'
            else 'partly'
        end as state
    from survey_import
    left join last_event using (import_id)
    left join standing using (import_id)
    left join aside using (import_id)
    where $survey_id in ('', survey_import.survey_id)
        and $fiscal_year in (0, survey_import.fiscal_year)
        and survey_import.survey_id not in (select unnest($tables))
    order by
        survey_import.accepted_at desc,
        survey_import.import_id
)
select * from final
"""

_HISTORY = """
with pool as (
    select
        *,
        true as in_force
    from survey_answer
    where survey_id = $survey_id and area_code = $area_code
    union all by name
    select
        *,
        false as in_force
    from survey_answer_aside
    where survey_id = $survey_id and area_code = $area_code
),
who as (
    select
        import_id,
        arg_min(name, happened_at) as accepted_name
    from import_event
    group by import_id
),
final as (
    select
        pool.fiscal_year,
        pool.question_id,
        pool.value,
        pool.status,
        pool.import_id,
        survey_import.file_name,
        pool.source_ref as cell,
        coalesce(who.accepted_name, '') as accepted_name,
        survey_import.accepted_at,
        pool.in_force
    from pool
    inner join survey_import using (import_id)
    left join who using (import_id)
    where $question_id in ('', pool.question_id)
    order by
        pool.fiscal_year desc,
        pool.question_id,
        survey_import.accepted_at desc
)
select * from final
"""

_DECISIONS = """
with last_event as (
    select
        import_id,
        arg_max(event, happened_at) as event,
        min(happened_at) as accepted_at
    from import_event
    group by import_id
),
final as (
    select
        import_decision.kind,
        import_decision.question_id,
        import_decision.printed,
        arg_max(import_decision.chosen, last_event.accepted_at) as chosen
    from import_decision
    inner join last_event using (import_id)
    where import_decision.survey_id = $survey_id and last_event.event <> 'undone'
    group by all
)
select * from final
"""

_COLUMNS = """
with last_import as (
    select max_by(survey_import.import_id, survey_import.accepted_at) as import_id
    from survey_import
    inner join import_column using (import_id)
    where survey_import.survey_id = $survey_id
        and survey_import.fiscal_year < $before
),
final as (
    select
        import_column.question_id,
        import_column.header
    from import_column
    inner join last_import using (import_id)
    order by import_column.position
)
select * from final
"""

_FILES = """
with last_event as (
    select
        import_id,
        arg_max(event, happened_at) as event
    from import_event
    group by import_id
),
final as (
    select
        import_file.import_id,
        import_file.file_name,
        import_file.sha256,
        survey_import.survey_id,
        survey_import.fiscal_year,
        last_event.event <> 'undone' as counts
    from import_file
    inner join survey_import using (import_id)
    inner join last_event using (import_id)
)
select * from final
"""


_IMPORT_COLUMNS = [
    "import_id", "survey_id", "fiscal_year", "file_name", "respondents", "answers",
    "accepted_by", "accepted_name", "accepted_at", "state",
]  # fmt: skip
_HISTORY_COLUMNS = [
    "fiscal_year", "question_id", "value", "status", "import_id", "file_name", "cell",
    "accepted_name", "accepted_at", "in_force",
]  # fmt: skip


def has_uploads(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether a generation has the tables of accepted uploads."""
    row = con.execute(
        "select count(*) from duckdb_tables() where table_name = 'import_event'"
    ).fetchone()
    return row is not None and row[0] > 0


def _asked(
    con: duckdb.DuckDBPyConnection, query: str, bound: dict[str, object], columns: list[str]
) -> pd.DataFrame:
    if not has_uploads(con):
        return pd.DataFrame(columns=columns)
    frame: pd.DataFrame = con.execute(query, bound).df()
    return frame


def imports(
    con: duckdb.DuckDBPyConnection, *, survey_id: str = "", fiscal_year: int = 0
) -> pd.DataFrame:
    """Return the imports, newest first; state is in_force, partly, superseded or undone.

    Those that came with the raw folder are listed once a generation has had its first upload.
    """
    bound: dict[str, object] = {
        "survey_id": survey_id,
        "fiscal_year": fiscal_year,
        "tables": list(TABLE_LABELS),
    }
    return _asked(con, _IMPORTS, bound, _IMPORT_COLUMNS)


def history(
    con: duckdb.DuckDBPyConnection, *, survey_id: str, area_code: str, question_id: str = ""
) -> pd.DataFrame:
    """Return every answer that a respondent ever had, with the import and the cell."""
    bound: dict[str, object] = {
        "survey_id": survey_id,
        "area_code": area_code,
        "question_id": question_id,
    }
    return _asked(con, _HISTORY, bound, _HISTORY_COLUMNS)


def remembered_decisions(con: duckdb.DuckDBPyConnection, *, survey_id: str) -> pd.DataFrame:
    """Return what was confirmed in imports that count: kind, question_id, printed, chosen."""
    columns = ["kind", "question_id", "printed", "chosen"]
    return _asked(con, _DECISIONS, {"survey_id": survey_id}, columns)


def last_columns(con: duckdb.DuckDBPyConnection, *, survey_id: str, before: int) -> pd.DataFrame:
    """Return question_id and header of the columns of the last import before a fiscal year."""
    bound: dict[str, object] = {"survey_id": survey_id, "before": before}
    return _asked(con, _COLUMNS, bound, ["question_id", "header"])


def uploaded_files(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return every original with its import, survey and year, and whether the import counts."""
    columns = ["import_id", "file_name", "sha256", "survey_id", "fiscal_year", "counts"]
    return _asked(con, _FILES, {}, columns)
