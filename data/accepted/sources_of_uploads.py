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


def name_upload_sources(con: duckdb.DuckDBPyConnection, *, dataset: str) -> None:
    """Cite every upload that has answers in force, with the prefectures that it covers."""
    con.execute("delete from source_coverage where starts_with(source_id, $p)", {"p": _PREFIX})
    con.execute("delete from source where starts_with(source_id, $p)", {"p": _PREFIX})
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
