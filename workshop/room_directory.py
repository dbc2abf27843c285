"""The directory of rooms: which codes are given out, which rooms are open, which have ended."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from access.audit import note
from access.roles import Action, Actor, require
from data.errors import UserError
from workshop.codes import new_code, normal_code
from workshop.file import RoomGone, directory_reading, directory_writing, room_path

DAYS = 7
DIRECTORY = """
create table if not exists room (
    code text primary key,
    room_id text not null,
    title text not null,
    owner_name text not null,
    opened_at text not null,
    ended_at text
) strict
"""


class NoSuchRoom(UserError):
    """No room has, or ever had, this code."""


@dataclass(frozen=True)
class OpenRoom:
    """A room in the list of those that are open."""

    code: str
    room_id: str
    title: str
    owner_name: str
    opened_at: str


def room_id_of(root: Path, code: str) -> str:
    """Return the identifier of the room of a code; NoSuchRoom, or RoomGone if over."""
    with directory_reading(root, tables=DIRECTORY) as con:
        row = con.execute("select * from room where code = ?", (normal_code(code),)).fetchone()
    if row is None:
        raise NoSuchRoom(
            "そのコードのルームはありません。", "進行役の画面に出ている6文字を確かめてください。"
        )
    if row["ended_at"]:
        raise RoomGone("このルームは終了しました。", "進行役に、新しいコードを確かめてください。")
    return str(row["room_id"])


def rooms_of(root: Path, *, actor: Actor) -> tuple[OpenRoom, ...]:
    """Return the rooms that are open, the newest first, for those who may drive one."""
    require(actor, Action.HOLD_WORKSHOP)
    query = """
        select code, room_id, title, owner_name, opened_at
        from room where ended_at is null order by opened_at desc
    """
    with directory_reading(root, tables=DIRECTORY) as con:
        return tuple(OpenRoom(**dict(row)) for row in con.execute(query))


def free_code(con: sqlite3.Connection) -> str:
    """Return a code that no room has or had."""
    taken = {row["code"] for row in con.execute("select code from room")}
    return next(code for code in iter(new_code, None) if code not in taken)


def end(root: Path, *, actor: Actor, room_id: str) -> None:
    """Mark a room as ended, forget its names, and delete its file."""
    with directory_writing(root, tables=DIRECTORY) as con:
        con.execute(
            "update room set ended_at = ?, title = '', owner_name = '' where room_id = ?",
            (stamp_now(), room_id),
        )
        noted(root, actor, "ended", room_id)
    _delete(root, room_id)


def _delete(root: Path, room_id: str) -> None:
    for path in room_path(root, room_id).parent.glob(f"{room_id}.sqlite*"):
        with suppress(PermissionError):  # on Windows while somebody reads; swept up later
            path.unlink(missing_ok=True)


def end_forgotten(root: Path, *, actor: Actor) -> None:
    """End what nobody ended for a week, and delete what an ended room left behind."""
    eldest = (datetime.now(UTC) - timedelta(days=DAYS)).isoformat()
    with directory_reading(root, tables=DIRECTORY) as con:
        rows = con.execute("select room_id, opened_at, ended_at from room").fetchall()
    for row in rows:
        if row["ended_at"]:
            _delete(root, row["room_id"])
        elif row["opened_at"] < eldest:
            end(root, actor=actor, room_id=row["room_id"])


def noted(root: Path, actor: Actor, result: str, room_id: str) -> None:
    """Note in the audit log what was done with a room."""
    note(root, actor=actor, action=Action.HOLD_WORKSHOP, result=result, details={"room": room_id})


def stamp_now() -> str:
    """Return this moment as it is kept."""
    return datetime.now(UTC).isoformat(timespec="seconds")
