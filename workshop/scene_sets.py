"""Sets of scenes: two that are ready made, and those that staff have saved on the server."""

from __future__ import annotations

import json
import secrets
import sqlite3
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from access.roles import Action, Actor, require
from data.errors import UserError
from workshop.file import directory_reading, directory_writing
from workshop.scene_files import from_json, from_tables, to_json
from workshop.scenes import TO_PREDICT, SceneSet

READY = Path(__file__).parent / "ready"
MOST_SETS = 100
_TABLES = """
create table if not exists scene_set (
    set_key text primary key,
    subject text not null,
    version integer not null,
    content text not null,
    changed_at text not null
) strict;
create index if not exists scene_set_by_subject on scene_set (subject);
"""


class StaleSet(UserError):
    """The set was saved from elsewhere since it was read."""


@dataclass(frozen=True)
class SavedSet:
    """A set as it is kept; `problem` says why it cannot be read any more."""

    key: str
    version: int
    changed_at: str
    scene_set: SceneSet
    problem: str = ""


@cache
def ready_sets() -> dict[str, SceneSet]:
    """Return the sets that come with the product; they wait for an area (`scenes.placed`).

    Their questions wait for the picture that they are made from (`scenes.TO_PREDICT`).
    """
    return {path.stem: _ready(path) for path in sorted(READY.glob("*.toml"))}


def _ready(path: Path) -> SceneSet:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    predicted = [table.pop("predict", "") for table in raw["scenes"]]
    notes = [table["note"].strip() for table in raw["scenes"]]
    read = from_tables(raw)
    scenes = [
        replace(scene, note=note, question=TO_PREDICT[predict] if predict else None)
        for scene, predict, note in zip(read.scenes, predicted, notes, strict=True)
    ]
    return replace(read, scenes=tuple(scenes))


def saved_sets(root: Path, *, actor: Actor) -> tuple[SavedSet, ...]:
    """Return the sets that the actor has saved, the newest first."""
    require(actor, Action.HOLD_WORKSHOP)
    query = """
        select set_key, version, content, changed_at
        from scene_set where subject = :subject order by changed_at desc, set_key
    """
    with directory_reading(root, tables=_TABLES) as con:
        return tuple(_saved(row) for row in con.execute(query, {"subject": actor.subject}))


def save_set(
    root: Path, *, actor: Actor, key: str | None, scene_set: SceneSet, version: int | None
) -> SavedSet:
    """Save a set anew (`key` None), or in place of the version that was read."""
    require(actor, Action.HOLD_WORKSHOP)
    content = to_json(scene_set).decode()
    from_json(content.encode())  # what could not be read again is refused now
    saved = {
        "set_key": key or secrets.token_hex(8),
        "subject": actor.subject,
        "version": (version or 0) + 1 if key else 1,
        "content": content,
        "changed_at": datetime.now().astimezone().isoformat(timespec="milliseconds"),
    }
    with directory_writing(root, tables=_TABLES) as con:
        if key:
            _expect(con, actor, key, version)
        else:
            _refuse_too_many(con, actor)
        con.execute(
            """
            insert or replace into scene_set
            values (:set_key, :subject, :version, :content, :changed_at)
            """,
            saved,
        )
        row = con.execute(
            "select * from scene_set where set_key = :set_key", {"set_key": saved["set_key"]}
        ).fetchone()
        return _saved(row)


def remove_set(root: Path, *, actor: Actor, key: str, version: int) -> None:
    """Remove a set that the actor has saved."""
    require(actor, Action.HOLD_WORKSHOP)
    with directory_writing(root, tables=_TABLES) as con:
        _expect(con, actor, key, version)
        con.execute("delete from scene_set where set_key = :key", {"key": key})


def _expect(con: sqlite3.Connection, actor: Actor, key: str, version: int | None) -> None:
    query = "select version from scene_set where set_key = :key and subject = :subject"
    row = con.execute(query, {"key": key, "subject": actor.subject}).fetchone()
    if row is None:
        raise StaleSet(
            "そのセットは、保存された一覧にもうありません。",
            "手元のシーンは残っています。「新しいセットとして保存」を押してください。",
        )
    if row["version"] != version:
        raise StaleSet(
            "ほかの画面で、このセットが先に保存されています。",
            "手元のシーンは残っています。「新しいセットとして保存」を押すか、"
            "一覧から読み込み直してください。",
        )


def _refuse_too_many(con: sqlite3.Connection, actor: Actor) -> None:
    query = "select count(*) from scene_set where subject = :subject"
    if con.execute(query, {"subject": actor.subject}).fetchone()[0] >= MOST_SETS:
        raise UserError(
            f"保存できるのは{MOST_SETS}セットまでです。",
            "使わないセットを消すか、ファイルに保存してください。",
        )


def _saved(row: sqlite3.Row) -> SavedSet:
    key, version, changed_at = row["set_key"], row["version"], row["changed_at"]
    try:
        return SavedSet(key, version, changed_at, from_json(row["content"].encode()))
    except UserError as error:  # saved by another version: the others of the list still open
        title = str(json.loads(row["content"]).get("title", ""))
        return SavedSet(key, version, changed_at, SceneSet(title, ()), problem=str(error))
