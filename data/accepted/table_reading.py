"""Which tables were imported, by whom, and what of them counts."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.accepted.table_record import TABLE_LABELS

_TABLES = """
with last_event as (
    select
        import_id,
        arg_max(event, happened_at) as event,
        arg_min(name, happened_at) as accepted_name
    from import_event
    group by import_id
),
standing as (
    select substring(source_id, 8) as import_id
    from measure
    where starts_with(source_id, 'upload:')
    union all
    select import_id from uploaded_membership where in_force
),
aside as (
    select substring(source_id, 8) as import_id
    from measure_aside
    union all
    select import_id from uploaded_membership where not in_force
),
standing_count as (
    select import_id, count(*) as answers from standing group by import_id
),
aside_count as (
    select import_id, count(*) as answers from aside group by import_id
),
final as (
    select
        survey_import.import_id,
        survey_import.survey_id,
        survey_import.fiscal_year,
        survey_import.file_name,
        survey_import.row_count as respondents,
        coalesce(standing_count.answers, 0) + coalesce(aside_count.answers, 0) as answers,
        survey_import.accepted_by,
        coalesce(last_event.accepted_name, '') as accepted_name,
        survey_import.accepted_at,
        case
            when last_event.event = 'undone' then 'undone'
            when standing_count.answers is null then 'superseded'
            when aside_count.answers is null then 'in_force'
            else 'partly'
        end as state
    from survey_import
    inner join last_event using (import_id)
    left join standing_count using (import_id)
    left join aside_count using (import_id)
    where survey_import.survey_id in (select unnest($kinds))
    order by
        survey_import.accepted_at desc,
        survey_import.import_id
)
select * from final
"""

_COLUMNS = [
    "import_id", "survey_id", "fiscal_year", "file_name", "respondents", "answers",
    "accepted_by", "accepted_name", "accepted_at", "state",
]  # fmt: skip


def has_tables(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether a generation has the tables of accepted tables."""
    row = con.execute(
        "select count(*) from duckdb_tables() where table_name = 'uploaded_membership'"
    ).fetchone()
    return row is not None and row[0] > 0


def table_imports(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return the imports of tables, newest first, as `imports` does those of surveys."""
    if not has_tables(con):
        return pd.DataFrame(columns=_COLUMNS)
    frame: pd.DataFrame = con.execute(_TABLES, {"kinds": list(TABLE_LABELS)}).df()
    return frame
