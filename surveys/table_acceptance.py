"""Accepting plain tables as a new generation, and looking at what that would change."""

from __future__ import annotations

import json
import shutil
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd

from access.audit import note
from access.roles import Action, Actor, require
from data.accepted.table_record import NewTable
from data.accepted.table_writing import write_table
from data.generations import Store, open_generation
from surveys.acceptance import Accepted, now, publish, require_ready, require_same_generation
from surveys.originals import keep_originals
from surveys.table_proposal import TableProposal
from surveys.uploads import UploadedFile


@contextmanager
def preview_tables(
    store: Store, *, actor: Actor, proposal: TableProposal
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a read-only connection to a throw-away copy in which the tables are accepted."""
    require(actor, Action.UPLOAD)
    new = _new_table(proposal, actor, {})
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "preview.duckdb"
        shutil.copyfile(store.current(), draft)
        with duckdb.connect(str(draft)) as con:
            write_table(con, new)
        with open_generation(draft) as con:
            yield con


def accept_tables(
    store: Store, *, actor: Actor, proposal: TableProposal, reasons: Mapping[str, str]
) -> Accepted:
    """Publish a generation with the rows of tables that have nothing left to mend."""
    require(actor, Action.ACCEPT)
    require_ready(proposal, reasons)
    new = _new_table(proposal, actor, reasons)
    files = [UploadedFile(file.name, file.content) for file in proposal.read]
    counts: dict[str, str | int] = {
        "import_id": new.import_id,
        "survey_id": new.kind,
        "fiscal_year": new.fiscal_year,
        "respondents": new.areas,
        "answers": proposal.rows,
        "files": len(files),
    }

    def apply(con: duckdb.DuckDBPyConnection) -> None:
        require_same_generation(store, proposal)
        keep_originals(store.root, files)
        note(store.root, actor=actor, action=Action.ACCEPT, result="begun", details=counts)
        write_table(con, new)

    generation = publish(store, apply)
    done = {**counts, "generation": generation}
    note(store.root, actor=actor, action=Action.ACCEPT, result="done", details=done)
    return Accepted(new.import_id, generation, new.areas, proposal.rows)


def _new_table(proposal: TableProposal, actor: Actor, reasons: Mapping[str, str]) -> NewTable:
    frames = []
    for frame in (proposal.measures, proposal.memberships):
        named = frame
        if len(frame) and len(proposal.read) > 1:
            named = frame.assign(source_ref=frame["file"] + "：" + frame["source_ref"])
        frames.append(named.drop(columns="file", errors="ignore"))
    return NewTable(
        import_id=f"upload-{uuid.uuid4().hex[:12]}",
        kind=proposal.kind.key,
        fiscal_year=proposal.fiscal_year,
        subject=actor.subject,
        name=actor.name,
        accepted_at=now(),
        reasons=json.dumps(dict(reasons), ensure_ascii=False),
        files=pd.DataFrame(
            [(file.name, file.sha256) for file in proposal.read], columns=["file_name", "sha256"]
        ),
        cited=proposal.cited,
        measures=frames[0],
        memberships=frames[1],
    )
