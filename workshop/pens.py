"""The pen of a group: one participant writes at a time, and hands it to somebody who asked."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from workshop.file import reading, writing
from workshop.group_tables import TABLES
from workshop.groups import RefusedGroup, group_in
from workshop.room_directory import room_id_of

SILENT_SECONDS = 60.0
SEEN_EVERY = 10.0
MAX_MEMBERS = 300

_MEMBERS = """
with final as (
    select *
    from group_member
    where group_id = :group_id
    order by number
)

select * from final
"""

_JOIN = """
insert into group_member
select
    :group_id,
    :pid,
    coalesce(max(number), 0) + 1,
    0
from group_member
where group_id = :group_id
on conflict do nothing
"""

_LEAVE_PEN = """
update work_group
set
    pen_holder = '',
    version = version + 1
where
    pen_holder = :pid
    and group_id <> :group_id
"""

_LEAVE_QUEUE = """
update group_member
set asked_at = 0
where
    pid = :pid
    and group_id <> :group_id
"""


class PenElsewhere(RefusedGroup):
    """The participant does not hold the pen."""


@dataclass(frozen=True)
class Pen:
    """How the pen stands for one participant; others are known by their numbers."""

    own_number: int
    holder_number: int  # 0 where nobody holds it
    is_mine: bool
    is_free: bool
    has_asked: bool
    asking: tuple[int, ...]


def join(root: Path, *, code: str, group_id: str, pid: str) -> None:
    """Give the participant a number in the group; a pen held in another group is laid down."""
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        group_in(con, group_id)
        _join(con, group_id, pid)
        others = {"group_id": group_id, "pid": pid}
        con.execute(_LEAVE_PEN, others)
        con.execute(_LEAVE_QUEUE, others)


def pen_of(root: Path, *, code: str, group_id: str, pid: str, now: float) -> Pen:
    """Return how the pen stands for a participant."""
    with reading(root, room_id_of(root, code), tables=TABLES) as con:
        return pen_in(con, group_id, pid, now)


def take_pen(root: Path, *, code: str, group_id: str, pid: str, now: float) -> Pen:
    """Take the pen where it is free or its holder silent; else ask the holder for it."""
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        group = group_in(con, group_id)
        _join(con, group_id, pid)
        if group["pen_holder"] == pid or _is_free(group, now):
            _give(con, group_id, pid, now)
        else:
            _ask(con, group_id, pid, now)
        return pen_in(con, group_id, pid, now)


def hand_pen(root: Path, *, code: str, group_id: str, pid: str, to: int, now: float) -> Pen:
    """Hand the pen to the participant of that number, who must have asked for it."""
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        require_pen(con, group_id, pid)
        asking = [row for row in _members(con, group_id) if row["asked_at"]]
        found = [row["pid"] for row in asking if row["number"] == to]
        if not found:
            raise RefusedGroup(
                "その人は、もうペンを待っていません。", "待っている人に渡してください。"
            )
        _give(con, group_id, found[0], now)
        return pen_in(con, group_id, pid, now)


def lay_down_pen(root: Path, *, code: str, group_id: str, pid: str, now: float) -> Pen:
    """Leave the pen for anybody to take, or take back having asked for it."""
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        group = group_in(con, group_id)
        if group["pen_holder"] == pid:
            _give(con, group_id, "", now)
        _ask(con, group_id, pid, 0.0)
        return pen_in(con, group_id, pid, now)


def keep_pen(root: Path, *, code: str, group_id: str, pid: str, now: float) -> None:
    """Note that the holder is still there; written only every few seconds."""
    room_id = room_id_of(root, code)
    with reading(root, room_id, tables=TABLES) as con:
        group = group_in(con, group_id)
    if group["pen_holder"] != pid or now - group["pen_seen_at"] < SEEN_EVERY:
        return
    with writing(root, room_id, tables=TABLES) as con:
        seen_in(con, group_id, pid, now)


def seen_in(con: sqlite3.Connection, group_id: str, pid: str, now: float) -> None:
    """Note inside a transaction that the holder is still there."""
    con.execute(
        "update work_group set pen_seen_at = ? where group_id = ? and pen_holder = ?",
        (now, group_id, pid),
    )


def require_pen(con: sqlite3.Connection, group_id: str, pid: str) -> None:
    """Raise PenElsewhere unless the participant holds the pen of the group."""
    if not pid or group_in(con, group_id)["pen_holder"] != pid:
        raise PenElsewhere(
            "ペンを持っていないため、書けません。",
            "「ペンを取る」を押してから、もう一度書いてください。書いた文はこの端末に残っています。",
        )


def pen_in(con: sqlite3.Connection, group_id: str, pid: str, now: float) -> Pen:
    """Return how the pen stands in the file of this connection."""
    group = group_in(con, group_id)
    members = _members(con, group_id)
    numbers = {row["pid"]: int(row["number"]) for row in members}
    asking = sorted((row for row in members if row["asked_at"]), key=lambda row: row["asked_at"])
    return Pen(
        own_number=numbers.get(pid, 0),
        holder_number=numbers.get(group["pen_holder"], 0),
        is_mine=bool(pid) and group["pen_holder"] == pid,
        is_free=_is_free(group, now),
        has_asked=any(row["pid"] == pid for row in asking),
        asking=tuple(int(row["number"]) for row in asking),
    )


def _join(con: sqlite3.Connection, group_id: str, pid: str) -> None:
    known = _members(con, group_id)
    if len(known) >= MAX_MEMBERS and pid not in {row["pid"] for row in known}:
        raise RefusedGroup("このグループは満員です。", "ほかのグループを選んでください。")
    con.execute(_JOIN, {"group_id": group_id, "pid": pid})


def _is_free(group: sqlite3.Row, now: float) -> bool:
    return not group["pen_holder"] or now - group["pen_seen_at"] >= SILENT_SECONDS


def _members(con: sqlite3.Connection, group_id: str) -> list[sqlite3.Row]:
    return con.execute(_MEMBERS, {"group_id": group_id}).fetchall()


def _give(con: sqlite3.Connection, group_id: str, pid: str, now: float) -> None:
    con.execute(
        "update work_group set pen_holder = ?, pen_seen_at = ?, version = version + 1 "
        "where group_id = ?",
        (pid, now, group_id),
    )
    con.execute(
        "update group_member set asked_at = 0 where group_id = ? and pid = ?", (group_id, pid)
    )


def _ask(con: sqlite3.Connection, group_id: str, pid: str, asked_at: float) -> None:
    con.execute(
        "update group_member set asked_at = ? where group_id = ? and pid = ?",
        (asked_at, group_id, pid),
    )
    con.execute("update work_group set version = version + 1 where group_id = ?", (group_id,))
