"""Accepting plain tables as a new generation, and looking at what that would change."""

from __future__ import annotations

import json
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd

from access.audit import note
from access.roles import Action, Actor, require
from data.accepted.record import NewImport
from data.accepted.table_record import NewTable
from data.accepted.table_writing import write_table
from data.accepted.writing import write_import
from data.catalogue import load_catalogue
from data.generations import Store, open_generation
from surveys.acceptance import (
    Accepted,
    changed_copy,
    column_rows,
    decision_rows,
    now,
    publish,
    require_ready,
    require_same_generation,
)
from surveys.checked import Decisions
from surveys.originals import keep_originals
from surveys.table_proposal import TableProposal
from surveys.uploads import UploadedFile


@contextmanager
def preview_tables(
    store: Store, *, actor: Actor, proposal: TableProposal
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a read-only connection to a throw-away copy in which the tables are accepted."""
    require(actor, Action.UPLOAD)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "preview.duckdb"
        changed_copy(
            store.current(),
            draft,
            lambda con: _write(con, proposal, actor, {}, "upload-preview"),
        )
        with open_generation(draft) as con:
            yield con


def accept_tables(
    store: Store, *, actor: Actor, proposal: TableProposal, reasons: Mapping[str, str]
) -> Accepted:
    """Publish a generation with the rows of tables that have nothing left to mend."""
    require(actor, Action.ACCEPT)
    require_ready(proposal, reasons)
    import_id = f"upload-{uuid.uuid4().hex[:12]}"
    files = [UploadedFile(file.name, file.content) for file in proposal.read]
    counts: dict[str, str | int] = {
        "import_id": import_id,
        "survey_id": proposal.kind.key,
        "fiscal_year": proposal.fiscal_year,
        "respondents": proposal.areas,
        "answers": proposal.rows,
        "files": len(files),
    }

    def apply(con: duckdb.DuckDBPyConnection) -> None:
        require_same_generation(store, proposal)
        keep_originals(store.root, files)
        note(store.root, actor=actor, action=Action.ACCEPT, result="begun", details=counts)
        _write(con, proposal, actor, reasons, import_id)

    generation = publish(store, apply)
    done = {**counts, "generation": generation}
    note(store.root, actor=actor, action=Action.ACCEPT, result="done", details=done)
    return Accepted(import_id, generation, proposal.areas, proposal.rows)


def _write(
    con: duckdb.DuckDBPyConnection,
    proposal: TableProposal,
    actor: Actor,
    reasons: Mapping[str, str],
    import_id: str,
) -> None:
    """Write answers by month as a survey's, and everything else as a table."""
    measures, memberships, answers = (
        _placed(frame, several=len(proposal.read) > 1)
        for frame in (proposal.measures, proposal.memberships, proposal.answers)
    )
    forms = proposal.forms
    base = NewImport(
        import_id=import_id,
        survey_id=proposal.kind.key,
        framework=load_catalogue().programme.framework_of(proposal.fiscal_year).key
        if len(answers)
        else "",
        fiscal_year=proposal.fiscal_year,
        subject=actor.subject,
        name=actor.name,
        accepted_at=now(),
        reasons=json.dumps(dict(reasons), ensure_ascii=False),
        files=pd.DataFrame(
            [(file.name, file.sha256) for file in proposal.read], columns=["file_name", "sha256"]
        ),
        answers=answers,
        decisions=decision_rows(forms.given if forms else Decisions()),
        columns=column_rows(forms.columns)
        if forms
        else pd.DataFrame(columns=["question_id", "header"]),
    )
    if len(answers):
        write_import(con, base)
    else:
        write_table(con, NewTable(base, proposal.cited, measures, memberships))


def _placed(frame: pd.DataFrame, *, several: bool) -> pd.DataFrame:
    """Put the file before the place of each row where there are several."""
    if len(frame) and several:
        frame = frame.assign(source_ref=frame["file"] + "：" + frame["source_ref"])
    return frame.drop(columns="file", errors="ignore")
