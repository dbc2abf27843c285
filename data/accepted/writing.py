"""Writing an accepted upload into a draft, and taking it back."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pandas as pd

from data.accepted.discharge_in_force import settle_discharge
from data.accepted.in_force import create_import_tables, settle_answers
from data.accepted.measures_in_force import settle_measures
from data.accepted.record import NewImport
from data.accepted.sources_of_uploads import name_upload_sources
from data.accepted.survey_indicators import compute_survey_indicators
from data.accepted.table_record import TABLE_LABELS
from data.accepted.table_writing import settle_table
from data.catalogue import load_catalogue
from data.derive.measures_again import compute_measure_indicators
from data.extract import discharge_workbook
from data.harmonise.discharge import measure_ids
from data.tables import insert_frame


def write_import(con: duckdb.DuckDBPyConnection, new: NewImport) -> None:
    """Add an upload to the draft behind `con` and make its answers count, in one transaction."""
    con.execute("begin")
    create_import_tables(con)
    answers = new.answers.assign(
        survey_id=new.survey_id,
        framework=new.framework,
        fiscal_year=new.fiscal_year,
        import_id=new.import_id,
        note=None,
    )
    insert_frame(con, "survey_answer_aside", answers)
    insert_frame(con, "survey_import", _import_row(new))
    for table, frame in (
        ("import_file", new.files),
        ("import_column", new.columns.assign(position=range(len(new.columns)))),
        ("import_decision", new.decisions.assign(survey_id=new.survey_id)),
    ):
        insert_frame(con, table, frame.assign(import_id=new.import_id))
    _add_event(
        con, new.import_id, "accepted", new.accepted_at, (new.subject, new.name), new.reasons
    )
    _settle(con, survey_id=new.survey_id, fiscal_year=new.fiscal_year)
    con.execute("commit")


def write_event(
    con: duckdb.DuckDBPyConnection,
    *,
    import_id: str,
    event: str,
    happened_at: datetime,
    subject: str,
    name: str,
) -> None:
    """Undo or redo an upload in the draft behind `con`, in one transaction."""
    con.execute("begin")
    create_import_tables(con)
    row = con.execute(
        "select survey_id, fiscal_year from survey_import where import_id = $import_id",
        {"import_id": import_id},
    ).fetchone()
    if row is None:
        raise KeyError(import_id)
    _add_event(con, import_id, event, happened_at, (subject, name), "{}")
    if row[0] in TABLE_LABELS:
        settle_table(con, import_id=import_id, kind=row[0])
    else:
        _settle(con, survey_id=row[0], fiscal_year=row[1])
    con.execute("commit")


def _settle(con: duckdb.DuckDBPyConnection, *, survey_id: str, fiscal_year: int) -> None:
    settle_answers(con, survey_id=survey_id, fiscal_year=fiscal_year)
    if survey_id == discharge_workbook.SURVEY_ID:
        settle_discharge(con, fiscal_year=fiscal_year)
        settle_measures(con)
        measures = set(measure_ids())
        compute_measure_indicators(con, catalogue=load_catalogue(), measures=measures)
    row = con.execute("select value from meta where key = 'dataset'").fetchone()
    name_upload_sources(con, dataset=str(row[0]) if row else "official")
    compute_survey_indicators(con, catalogue=load_catalogue(), fiscal_year=fiscal_year)


def _import_row(new: NewImport) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "import_id": [new.import_id],
            "survey_id": [new.survey_id],
            "fiscal_year": [new.fiscal_year],
            "file_name": [new.file_label],
            "sha256": [new.files["sha256"].iloc[0]],
            "accepted_by": [new.subject],
            "accepted_at": [new.accepted_at],
            "row_count": [new.answers["area_code"].nunique()],
        }
    )


def _add_event(
    con: duckdb.DuckDBPyConnection,
    import_id: str,
    event: str,
    happened_at: datetime,
    who: tuple[str, str],
    reasons: str,
) -> None:
    row = {
        "import_id": [import_id],
        "event": [event],
        "happened_at": [happened_at],
        "subject": [who[0]],
        "name": [who[1]],
        "reasons": [reasons],
    }
    insert_frame(con, "import_event", pd.DataFrame(row))
