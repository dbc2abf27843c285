"""Entries that staff write: read, saved with a check of the version, removed and brought back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from access.audit import note
from access.roles import Action, Actor, require
from records.fields import RefusedEntry, check_place, checked_fields
from records.file import reading, writing
from records.kinds import Value, kind_of
from records.versions import (
    CURRENT,
    VERSIONS,
    Entry,
    Place,
    append,
    entry_of,
    expected,
    refuse_second,
)

__all__ = ["Entry", "RefusedEntry", "entries", "history", "remove", "restore", "save"]

_HEAD = ["entry_id", "version", "area_code", "subject"]
_TAIL = ["created_at", "created_by", "changed_at", "changed_by"]


def entries(
    root: Path, *, kind: str, area_code: str | None = None, subject: str | None = None
) -> pd.DataFrame:
    """Return one row per entry as it stands: its place, its fields, who wrote it and when."""
    bound = {"kind": kind, "area_code": area_code, "subject": subject}
    columns = [*_HEAD, *(entry.key for entry in kind_of(kind).fields), *_TAIL]
    with reading(root) as con:
        rows = con.execute(CURRENT, bound).fetchall() if con is not None else []
    found = [{**dict(row), **json.loads(row["fields"])} for row in rows]
    return pd.DataFrame(found, columns=columns, dtype="object")


def history(root: Path, *, entry_id: str) -> pd.DataFrame:
    """Return every version of an entry, oldest first, with who made it; fields as one column."""
    with reading(root) as con:
        rows = con.execute(VERSIONS, {"entry_id": entry_id}).fetchall() if con else []
    columns = ["version", "fields", "is_removed", "changed_by", "changed_at"]
    found = [
        (
            row["version"],
            json.loads(row["fields"]),
            bool(row["is_removed"]),
            row["changed_name"],
            row["changed_at"],
        )
        for row in rows
    ]
    return pd.DataFrame(found, columns=columns)


def save(
    root: Path,
    *,
    actor: Actor,
    kind: str,
    area_code: str,
    subject: str,
    fields: Mapping[str, Value],
    entry_id: str | None = None,
    version: int | None = None,
) -> Entry:
    """Keep a new entry, or a new version of the one given, and return it.

    Raises NotAllowed for viewers, and RefusedEntry for a faulty field, or when somebody else has
    changed the entry since `version` was read.
    """
    require(actor, Action.WRITE_RECORD)
    entry = kind_of(kind)
    check_place(entry, area_code=area_code, subject=subject)
    kept = checked_fields(entry, fields)
    place = Place(kind, area_code, subject)
    with writing(root) as con:
        before = expected(con, entry_id, version) if entry_id is not None else None
        if before is not None and _spot(before.place) != _spot(place):
            raise RefusedEntry("ほかの地域の記録です。", "画面を読み込み直してください。")
        if entry.single and (before is None or before.is_removed or before.place != place):
            refuse_second(con, place)
        return _noted(root, actor, "save", append(con, actor, place, fields=kept, before=before))


def remove(root: Path, *, actor: Actor, entry_id: str, version: int) -> Entry:
    """Take an entry away; its versions stay, so that `restore` brings it back."""
    require(actor, Action.WRITE_RECORD)
    with writing(root) as con:
        now = expected(con, entry_id, version)
        made = append(con, actor, now.place, fields=now.fields, is_removed=True, before=now)
        return _noted(root, actor, "remove", made)


def restore(
    root: Path, *, actor: Actor, entry_id: str, version: int, to_version: int | None = None
) -> Entry:
    """Undo: make an older version (the one before, unless named) the newest again.

    Before its first version an entry was not there, so undoing that one removes it.
    """
    require(actor, Action.WRITE_RECORD)
    with writing(root) as con:
        now = expected(con, entry_id, version)
        wanted = now.version - 1 if to_version is None else to_version
        rows = con.execute(VERSIONS, {"entry_id": entry_id}).fetchall()
        older = next((entry_of(row) for row in rows if row["version"] == wanted), None)
        if older is None and to_version is not None:
            raise RefusedEntry("その版はありません。", "履歴から選び直してください。")
        target, is_removed = older or now, older is None or older.is_removed
        is_back = now.is_removed or target.place != now.place
        if kind_of(now.place.kind).single and is_back and not is_removed:
            refuse_second(con, target.place)
        made = append(
            con, actor, target.place, fields=target.fields, is_removed=is_removed, before=now
        )
        return _noted(root, actor, "restore", made)


def _noted(root: Path, actor: Actor, deed: str, made: Entry) -> Entry:
    """Write the audit line inside the transaction: without it nothing is kept."""
    details: dict[str, str | int] = {
        "deed": deed,
        "kind": made.place.kind,
        "area": made.place.area_code,
        "subject": made.place.subject,
        "entry": made.entry_id,
        "version": made.version,
    }
    note(root, actor=actor, action=Action.WRITE_RECORD, result="ok", details=details)
    return made


def _spot(place: Place) -> tuple[str, str]:
    return place.kind, place.area_code
