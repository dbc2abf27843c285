"""Carrying accepted uploads from the published generation into the next build."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data.accepted.in_force import create_import_tables, settle_answers
from data.accepted.reading import has_uploads
from data.accepted.sources_of_uploads import name_upload_sources

_ANSWERS = """
insert into survey_answer_aside by name
with pool as (
    select * from published.survey_answer
    union all by name
    select * from published.survey_answer_aside
),
final as (
    select pool.*
    from pool
    where pool.import_id in (select import_id from published.import_event)
)
select * from final
"""

_IMPORTS = """
insert into survey_import by name
with final as (
    select * replace (null::varchar as superseded_by)
    from published.survey_import
    where import_id in (select import_id from published.import_event)
)
select * from final
"""

_REST = (
    "insert into import_event by name select * from published.import_event",
    "insert into import_file by name select * from published.import_file",
    "insert into import_decision by name select * from published.import_decision",
    "insert into import_column by name select * from published.import_column",
)


def carry_uploads(con: duckdb.DuckDBPyConnection, *, published: Path, dataset: str) -> bool:
    """Copy every upload of the published generation into a draft, before anything is derived.

    Answers of an area that the new generation does not have stay aside, and nothing is carried
    between exercise and official data. Returns whether there was anything to carry.
    """
    with duckdb.connect(str(published), read_only=True) as old:
        row = old.execute("select value from meta where key = 'dataset'").fetchone()
        if row is None or row[0] != dataset or not has_uploads(old):
            return False
    con.execute("attach $path as published (read_only)", {"path": str(published)})
    create_import_tables(con)
    for statement in (_ANSWERS, _IMPORTS, *_REST):
        con.execute(statement)
    con.execute("detach published")
    for survey_id, year in con.execute(
        "select distinct survey_id, fiscal_year from survey_answer_aside"
    ).fetchall():
        settle_answers(con, survey_id=survey_id, fiscal_year=year)
    name_upload_sources(con, dataset=dataset)
    return True
