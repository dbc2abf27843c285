"""The rows of source and source_coverage that accepted uploads have while they count."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import duckdb
import pandas as pd

from data.catalogue import load_catalogue
from data.era import fiscal_year_label
from data.harmonise.facility_areas import covered_areas
from data.tables import insert_frame

_PREFIX = "upload:"

_STANDING = """
with standing as (
    select
        survey_answer.import_id,
        survey_answer.survey_id,
        survey_answer.fiscal_year,
        list(distinct regexp_extract(survey_answer.area_code, '[0-9]{2}')) as prefectures
    from survey_answer
    where survey_answer.import_id in (select import_id from import_event)
    group by all
),
final as (
    select
        standing.*,
        survey_import.file_name,
        survey_import.sha256,
        survey_import.accepted_at::date as accepted_on
    from standing
    inner join survey_import using (import_id)
)
select * from final
"""


_TABLES = """
with standing as (
    select source_id
    from measure
    where starts_with(source_id, $prefix)
    union
    select $prefix || import_id from uploaded_membership where in_force
),
final as (
    select
        standing.source_id,
        survey_import.survey_id as kind,
        survey_import.file_name,
        survey_import.sha256,
        survey_import.accepted_at::date as accepted_on,
        import_cited.title,
        import_cited.publisher,
        import_cited.licence,
        import_cited.url,
        import_cited.vintage
    from survey_import
    inner join standing on standing.source_id = $prefix || survey_import.import_id
    inner join import_cited using (import_id)
)
select * from final
"""

_TABLE_COVERAGE = """
insert into source_coverage by name
select distinct
    source_id,
    measure_id as subject,
    area_code
from measure
where starts_with(source_id, $prefix)
"""


def name_upload_sources(con: duckdb.DuckDBPyConnection, *, dataset: str) -> None:
    """Cite every upload that has answers or rows in force, with what it covers."""
    con.execute("delete from source_coverage where starts_with(source_id, $p)", {"p": _PREFIX})
    con.execute("delete from source where starts_with(source_id, $p)", {"p": _PREFIX})
    _name_surveys(con, dataset)
    tables = con.execute(_TABLES, {"prefix": _PREFIX}).df().astype(object)
    if len(tables):
        known = tables.where(tables.notna(), None).to_dict("records")
        rows = [_table_source(record, is_demo=dataset == "demo") for record in known]
        insert_frame(con, "source", pd.DataFrame(rows))
    con.execute(_TABLE_COVERAGE, {"prefix": _PREFIX})


def _name_surveys(con: duckdb.DuckDBPyConnection, dataset: str) -> None:
    standing = con.execute(_STANDING).df()
    if standing.empty:
        return
    rows = [_source(record, is_demo=dataset == "demo") for record in standing.to_dict("records")]
    insert_frame(con, "source", pd.DataFrame(rows))
    covered = [
        (_PREFIX + str(r["import_id"]), f"survey:{r['survey_id']}:{r['fiscal_year']}", area)
        for r in standing.to_dict("records")
        for area in covered_areas(list(r["prefectures"]))
    ]
    coverage = pd.DataFrame(covered, columns=["source_id", "subject", "area_code"])
    insert_frame(con, "source_coverage", coverage)


def _source(record: Mapping[Hashable, object], *, is_demo: bool) -> dict[str, object]:
    catalogue = load_catalogue()
    survey_id = str(record["survey_id"])
    entry = catalogue.sources["survey_municipal"]
    label = catalogue.surveys[survey_id].label if survey_id in catalogue.surveys else survey_id
    title = f"取込：{label}"
    return {
        "source_id": _PREFIX + str(record["import_id"]),
        "title": f"演習データ（架空）：{title}" if is_demo else title,
        "publisher": (catalogue.sources["demo"] if is_demo else entry).publisher,
        "licence": entry.licence,
        "url": None,
        "vintage": f"{fiscal_year_label(int(str(record['fiscal_year'])))}調査",
        "file_name": record["file_name"],
        "sha256": record["sha256"],
        "retrieved_on": record["accepted_on"],
    }


def _table_source(record: Mapping[Hashable, object], *, is_demo: bool) -> dict[str, object]:
    catalogue = load_catalogue()
    entry = catalogue.sources[str(record["kind"])]
    title = f"取込：{record['title'] or entry.title}"
    return {
        "source_id": record["source_id"],
        "title": f"演習データ（架空）：{title}" if is_demo else title,
        "publisher": catalogue.sources["demo"].publisher
        if is_demo
        else record["publisher"] or entry.publisher,
        "licence": record["licence"] or entry.licence,
        "url": record["url"],
        "vintage": record["vintage"] or "",
        "file_name": record["file_name"],
        "sha256": record["sha256"],
        "retrieved_on": record["accepted_on"],
    }
