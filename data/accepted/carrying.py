"""Carrying accepted uploads from the published generation into the next build."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data.accepted.discharge_in_force import settle_discharge
from data.accepted.in_force import create_import_tables, settle_answers
from data.accepted.measures_in_force import settle_measures
from data.accepted.memberships_in_force import settle_memberships
from data.accepted.reading import has_uploads
from data.accepted.sources_of_uploads import name_upload_sources
from data.accepted.table_reading import has_tables
from data.derive.parts import derive_descendants
from data.extract import discharge_workbook

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

_MEASURES = """
insert into measure_aside by name
with pool as (
    select * from published.measure
    union all by name
    select * from published.measure_aside
),
final as (
    select *
    from pool
    where starts_with(source_id, 'upload:')
)
select * from final
"""

_TABLES = (
    _MEASURES,
    "insert into import_cited by name select * from published.import_cited",
    "insert into uploaded_membership by name select * from published.uploaded_membership",
)

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
        with_tables = has_tables(old)
        row = old.execute("select value from meta where key = 'dataset'").fetchone()
        if row is None or row[0] != dataset or not has_uploads(old):
            return False
    con.execute("attach $path as published (read_only)", {"path": str(published)})
    create_import_tables(con)
    for statement in (_ANSWERS, _IMPORTS, *_REST, *(_TABLES if with_tables else ())):
        con.execute(statement)
    con.execute("detach published")
    if with_tables:
        _settle_memberships(con)
    for survey_id, year in con.execute(
        "select distinct survey_id, fiscal_year from survey_answer_aside"
    ).fetchall():
        settle_answers(con, survey_id=survey_id, fiscal_year=year)
        if survey_id == discharge_workbook.SURVEY_ID:
            settle_discharge(con, fiscal_year=year)
    settle_measures(con)
    name_upload_sources(con, dataset=dataset)
    return True


def _settle_memberships(con: duckdb.DuckDBPyConnection) -> None:
    """Put memberships in force before anyone answers, sums are made and maps are drawn."""
    if con.execute("select count(*) from uploaded_membership").fetchone() != (0,):
        settle_memberships(con)
        con.execute("delete from area_descendant")
        derive_descendants(con)
