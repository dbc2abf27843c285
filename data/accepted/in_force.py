"""Which answers are in force: of every respondent and question, those of the last import."""

from __future__ import annotations

from pathlib import Path

import duckdb

_SCHEMA = Path(__file__).with_name("schema.sql")

# the last table of the schema; another generation may be attached
_HAS_NEWEST = """
select count(*)
from duckdb_tables()
where table_name = 'built_zone' and database_name = current_database()
"""

_RANKED = """
create or replace temp table ranked_import as
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
        survey_import.import_id,
        last_event.event is not null as is_upload,
        coalesce(last_event.event, 'accepted') <> 'undone' as counts,
        row_number() over (
            order by
                last_event.event is not null,
                coalesce(last_event.accepted_at, survey_import.accepted_at),
                survey_import.import_id
        ) as place
    from survey_import
    left join last_event using (import_id)
)
select * from final
"""

# of every respondent and question the last that counts is in force; only rows move that are
# not where they belong
_MISPLACED = """
create or replace temp table misplaced_answer as
with pool as (
    select
        true as stands,
        rowid as row_number,
        area_code,
        question_id,
        import_id
    from survey_answer
    where survey_id = $survey_id and fiscal_year = $fiscal_year
    union all
    select
        false as stands,
        rowid as row_number,
        area_code,
        question_id,
        import_id
    from survey_answer_aside
    where survey_id = $survey_id and fiscal_year = $fiscal_year
),
placed as (
    select
        pool.stands,
        pool.row_number,
        pool.area_code,
        pool.question_id,
        2 * pool.row_number + pool.stands::bigint as answer,
        coalesce(ranked_import.counts, true) as counts,
        coalesce(ranked_import.place, 0) as place
    from pool
    left join ranked_import using (import_id)
),
newest as (
    select arg_max(answer, place) as answer
    from placed
    where counts and area_code in (select area_code from area)
    group by area_code, question_id
),
final as (
    select
        placed.stands,
        placed.row_number
    from placed
    left join newest using (answer)
    where placed.stands <> (newest.answer is not null)
)
select * from final
"""

_MOVED = (
    """
insert into survey_answer_aside by name
select * from survey_answer
where rowid in (select row_number from misplaced_answer where stands)
""",
    """
delete from survey_answer
where rowid in (select row_number from misplaced_answer where stands)
""",
    """
insert into survey_answer by name
select * from survey_answer_aside
where rowid in (select row_number from misplaced_answer where not stands)
""",
    """
delete from survey_answer_aside
where rowid in (select row_number from misplaced_answer where not stands)
""",
    "drop table misplaced_answer",
)

_SUPERSEDED = """
update survey_import set superseded_by = newer.import_id
from (
    with standing as (
        select distinct import_id from survey_answer
        where survey_id = $survey_id and fiscal_year = $fiscal_year
    ),
    newest as (
        select max_by(import_id, place) as import_id
        from ranked_import
        inner join standing using (import_id)
    ),
    final as (
        select
            ranked_import.import_id as old_id,
            case when standing.import_id is null and ranked_import.counts
                then newest.import_id
            end as import_id
        from ranked_import
        left join standing using (import_id)
        cross join newest
    )
    select * from final
) as newer
where survey_import.import_id = newer.old_id
    and survey_import.survey_id = $survey_id
    and survey_import.fiscal_year = $fiscal_year
"""


def create_import_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of accepted uploads where a generation has none yet."""
    known = con.execute(_HAS_NEWEST)
    if known.fetchone() != (0,):
        return
    con.execute(_SCHEMA.read_text(encoding="utf-8"))


def rank_imports(con: duckdb.DuckDBPyConnection) -> None:
    """Create the temporary table ranked_import: whether an import counts, and its place."""
    con.execute(_RANKED)


def settle_answers(con: duckdb.DuckDBPyConnection, *, survey_id: str, fiscal_year: int) -> None:
    """Put the answers of a form and year in force or aside, and say which imports are replaced.

    Of every respondent and question the last import counts that is not undone; what came with
    the raw folder is older than any upload.
    """
    scope = {"survey_id": survey_id, "fiscal_year": fiscal_year}
    rank_imports(con)
    con.execute(_MISPLACED, scope)
    for statement in _MOVED:
        con.execute(statement)
    con.execute(_SUPERSEDED, scope)
