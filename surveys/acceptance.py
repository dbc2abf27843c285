"""Accepting an upload as a new generation, and taking it back."""

from __future__ import annotations

import json
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from access.audit import note
from access.roles import Action, Actor, NotAllowed, require
from data.accepted.reading import imports, uploaded_files
from data.accepted.record import NewImport
from data.accepted.table_reading import table_imports
from data.accepted.writing import write_event, write_import
from data.generations import Store, open_generation
from data.harmonise.survey import ACCEPTED_BY
from surveys.checked import Decisions
from surveys.courtesy import short_turns
from surveys.originals import keep_originals, original_bytes
from surveys.proposal import Proposable, Proposal
from surveys.target import SurveyError
from surveys.uploads import UploadedFile

_SHORTEST_REASON = 1


@dataclass(frozen=True)
class Accepted:
    """What an acceptance made: the import, the generation that serves it, and its size."""

    import_id: str
    generation: str
    respondents: int
    answers: int


@contextmanager
def preview(
    store: Store, *, actor: Actor, proposal: Proposal
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a read-only connection to a throw-away copy in which the upload is accepted."""
    require(actor, Action.UPLOAD)
    new = _new_import(proposal, actor, {})
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "preview.duckdb"
        changed_copy(store.current(), draft, lambda con: write_import(con, new))
        with open_generation(draft) as con:
            yield con


def accept(
    store: Store, *, actor: Actor, proposal: Proposal, reasons: Mapping[str, str]
) -> Accepted:
    """Publish a generation with the answers of a proposal that has nothing left to mend.

    reasons has a text for every rule that warns. Originals are kept before, so that no generation
    names a file that is not there.
    """
    require(actor, Action.ACCEPT)
    require_ready(proposal, reasons)
    new = _new_import(proposal, actor, reasons)
    files = [UploadedFile(file.name, file.content) for file in proposal.read]
    respondents = int(new.answers["area_code"].nunique())
    counts: dict[str, str | int] = {
        "import_id": new.import_id,
        "survey_id": new.survey_id,
        "fiscal_year": new.fiscal_year,
        "respondents": respondents,
        "answers": len(new.answers),
        "files": len(files),
    }

    def apply(con: duckdb.DuckDBPyConnection) -> None:
        require_same_generation(store, proposal)
        keep_originals(store.root, files)
        note(store.root, actor=actor, action=Action.ACCEPT, result="begun", details=counts)
        write_import(con, new)

    generation = publish(store, apply)
    done = {**counts, "generation": generation}
    note(store.root, actor=actor, action=Action.ACCEPT, result="done", details=done)
    return Accepted(new.import_id, generation, respondents, len(new.answers))


def undo(store: Store, *, actor: Actor, import_id: str) -> str:
    """Publish a generation in which an import no longer counts; what it replaced counts again."""
    return _turn(store, actor, import_id, event="undone")


def redo(store: Store, *, actor: Actor, import_id: str) -> str:
    """Publish a generation in which an undone import counts again, in its old place."""
    return _turn(store, actor, import_id, event="redone")


def originals(store: Store, *, actor: Actor, import_id: str) -> list[UploadedFile]:
    """Return the files of an import as they came."""
    require(actor, Action.UPLOAD)
    with open_generation(store.current()) as con:
        files = uploaded_files(con)
    own = files[files["import_id"] == import_id]
    return [
        UploadedFile(str(name), original_bytes(store.root, str(sha256)))
        for name, sha256 in own[["file_name", "sha256"]].itertuples(index=False)
    ]


def _turn(store: Store, actor: Actor, import_id: str, *, event: str) -> str:
    require(actor, Action.UNDO_OWN)
    action = Action.UNDO_OWN
    details = {"import_id": import_id, "event": event}

    def apply(con: duckdb.DuckDBPyConnection) -> None:
        nonlocal action
        action = _require_turnable(con, actor, import_id, event=event)
        note(store.root, actor=actor, action=action, result="begun", details=details)
        write_event(
            con,
            import_id=import_id,
            event=event,
            happened_at=now(),
            subject=actor.subject,
            name=actor.name,
        )

    generation = publish(store, apply)
    done = {**details, "generation": generation}
    note(store.root, actor=actor, action=action, result="done", details=done)
    return generation


def _require_turnable(
    con: duckdb.DuckDBPyConnection, actor: Actor, import_id: str, *, event: str
) -> Action:
    """Return the action that this is to the actor; refuse what is not theirs or already so."""
    found = pd.concat([imports(con), table_imports(con)])
    own = found[found["import_id"] == import_id]
    if own.empty or own["accepted_by"].iloc[0] == ACCEPTED_BY:
        raise SurveyError("この取込は取り消せません。", "一覧から選び直してください。")
    is_own = own["accepted_by"].iloc[0] == actor.subject
    action = Action.UNDO_OWN if is_own else Action.UNDO_ANY
    try:
        require(actor, action)
    except NotAllowed as error:
        name = own["accepted_name"].iloc[0]
        raise NotAllowed(
            f"この取込は{name}さんが確定したものです。", "取り消せるのは本人と管理者です。"
        ) from error
    if (own["state"].iloc[0] == "undone") == (event == "undone"):
        raise SurveyError("この取込はすでにその状態です。", "一覧を開き直してください。")
    return action


@short_turns()
def changed_copy(
    served: Path, draft: Path, apply: Callable[[duckdb.DuckDBPyConnection], None]
) -> None:
    """Copy a generation and do `apply` in the copy, on one core: viewers have the others."""
    shutil.copyfile(served, draft)
    with duckdb.connect(str(draft), config={"threads": 1}) as con:
        apply(con)


def publish(store: Store, apply: Callable[[duckdb.DuckDBPyConnection], None]) -> str:
    """Publish a copy of what is served in which `apply` has been done, and return its number."""
    with store.writing() as draft:
        changed_copy(store.current(), draft, apply)
    return store.current().stem


def require_ready(proposal: Proposable, reasons: Mapping[str, str]) -> None:
    """Raise SurveyError while anything is left to mend or a warning has no reason."""
    if not proposal.acceptable:
        raise SurveyError(
            "直すところが残っているため確定できません。", "一覧の誤りと確認を済ませてください。"
        )
    open_rules = [
        rule for rule in proposal.warnings if len(reasons.get(rule, "").strip()) < _SHORTEST_REASON
    ]
    if open_rules:
        action = "注意ごとに、確かめた内容か理由を書いてください。"
        raise SurveyError(f"理由のない注意があります：{'・'.join(open_rules)}", action)


def require_same_generation(store: Store, proposal: Proposable) -> None:
    """Raise SurveyError when the data moved on since the proposal was made."""
    if store.current().stem != proposal.generation:
        raise SurveyError(
            "確かめている間にデータが更新されました。",
            "もう一度比較し、内容を確かめてから確定してください。",
        )


def now() -> datetime:
    """Return the present moment in UTC, as generations keep it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _new_import(proposal: Proposal, actor: Actor, reasons: Mapping[str, str]) -> NewImport:
    target = proposal.target
    answers = proposal.answers
    if len(proposal.read) > 1:
        answers = answers.assign(source_ref=answers["file"] + "：" + answers["source_ref"])
    return NewImport(
        import_id=f"upload-{uuid.uuid4().hex[:12]}",
        survey_id=target.survey_id,
        framework=target.framework,
        fiscal_year=target.fiscal_year,
        subject=actor.subject,
        name=actor.name,
        accepted_at=now(),
        reasons=json.dumps(dict(reasons), ensure_ascii=False),
        files=pd.DataFrame(
            [(file.name, file.sha256) for file in proposal.read], columns=["file_name", "sha256"]
        ),
        answers=answers.drop(columns="file"),
        decisions=decision_rows(proposal.given),
        columns=column_rows(proposal.columns),
    )


def decision_rows(given: Decisions) -> pd.DataFrame:
    """Return what a person confirmed in this upload, to be remembered."""
    rows = [("column", "", printed, chosen) for printed, chosen in given.columns.items()]
    rows += [("respondent", "", printed, code) for printed, code in given.respondents.items()]
    rows += [
        ("value", question, printed, code)
        for question, chosen in given.values.items()
        for printed, code in chosen.items()
    ]
    return pd.DataFrame(rows, columns=["kind", "question_id", "printed", "chosen"])


def column_rows(own: pd.DataFrame) -> pd.DataFrame:
    """Return the columns in the order of the first file, for the next template and export."""
    kept = own[(own["question_id"] != "") & own["how"].isin(["code", "label", "decision"])]
    return kept[["question_id", "header"]].drop_duplicates("question_id").reset_index(drop=True)
