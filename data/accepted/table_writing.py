"""Writing an accepted table into a draft, and settling what is in force once one comes or goes."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.accepted.in_force import create_import_tables
from data.accepted.measures_in_force import UPLOAD, settle_measures
from data.accepted.memberships_in_force import settle_memberships
from data.accepted.record import NewImport
from data.accepted.sources_of_uploads import name_upload_sources
from data.accepted.table_record import NewTable
from data.accepted.zone_layers import redraw_zones, remember_sets
from data.catalogue import load_catalogue
from data.derive.changed_areas import remember
from data.derive.measures_again import compute_measure_indicators
from data.derive.memberships_again import derive_changed
from data.tables import insert_frame

_MEASURES_OF = """
select distinct measure_id from measure where source_id = $source
union
select distinct measure_id from measure_aside where source_id = $source
"""


def write_table(con: duckdb.DuckDBPyConnection, new: NewTable) -> None:
    """Add a table to the draft behind `con` and make it count, in one transaction."""
    base = new.base
    con.execute("begin")
    create_import_tables(con)
    measures = new.measures.assign(source_id=UPLOAD + base.import_id)
    if len(new.measures):
        insert_frame(con, "measure_aside", measures)
    for table, frame in (
        ("survey_import", _import_row(new)),
        ("import_file", base.files),
        ("import_event", _event(base)),
        ("import_cited", pd.DataFrame([new.cited | {"vintage": new.cited.get("vintage", "")}])),
        ("uploaded_membership", new.memberships.assign(in_force=False)),
    ):
        if len(frame):
            insert_frame(con, table, frame.assign(import_id=base.import_id))
    settle_table(con, import_id=base.import_id, kind=base.survey_id)
    con.execute("commit")


def settle_table(con: duckdb.DuckDBPyConnection, *, import_id: str, kind: str) -> None:
    """Put a table in force or aside as its last event says, and compute what follows from it."""
    catalogue = load_catalogue()
    if kind == "area_membership":
        before = remember(con)
        remember_sets(con)
        settle_memberships(con)
        derive_changed(con, catalogue=catalogue, before=before)
        redraw_zones(con)
    else:
        settle_measures(con)
        rows = con.execute(_MEASURES_OF, {"source": UPLOAD + import_id}).fetchall()
        touched = {measure for (measure,) in rows}
        compute_measure_indicators(con, catalogue=catalogue, measures=touched)
    row = con.execute("select value from meta where key = 'dataset'").fetchone()
    name_upload_sources(con, dataset=str(row[0]) if row else "official")


def _event(base: NewImport) -> pd.DataFrame:
    row = {
        "event": "accepted",
        "happened_at": base.accepted_at,
        "subject": base.subject,
        "name": base.name,
        "reasons": base.reasons,
    }
    return pd.DataFrame([row])


def _import_row(new: NewTable) -> pd.DataFrame:
    base = new.base
    row = {
        "survey_id": base.survey_id,
        "fiscal_year": base.fiscal_year,
        "file_name": base.file_label,
        "sha256": base.files["sha256"].iloc[0],
        "accepted_by": base.subject,
        "accepted_at": base.accepted_at,
        "row_count": new.areas,
    }
    return pd.DataFrame([row])
