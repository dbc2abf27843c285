"""The pen of a group: one participant writes at a time, and hands it to somebody who asked."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from workshop.file import reading, writing
from workshop.group_tables import TABLES
from workshop.groups import Group, RefusedGroup, group_in, group_of_row
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
class Member:
    """A participant of a group; `asked_at` is 0 where the pen was not asked for."""

    pid: str
    number: int
    asked_at: float


@dataclass(frozen=True)
class Standing:
    """A group, who is in it, and when its holder of the pen was last there."""

    group: Group
    seen_at: float
    members: tuple[Member, ...]

    def is_free(self, now: float) -> bool:
        """Tell whether anybody may take the pen."""
        return not self.group.pen_holder or now - self.seen_at >= SILENT_SECONDS

    def is_due(self, pid: str, now: float) -> bool:
        """Tell whether it is time to note again that the holder is there."""
        return self.group.pen_holder == pid != "" and now - self.seen_at >= SEEN_EVERY

    def pen(self, pid: str, now: float) -> Pen:
        """Return how the pen stands for a participant."""
        numbers = {member.pid: member.number for member in self.members}
        asking = sorted(
            (member for member in self.members if member.asked_at), key=lambda each: each.asked_at
        )
        return Pen(
            own_number=numbers.get(pid, 0),
            holder_number=numbers.get(self.group.pen_holder, 0),
            is_mine=bool(pid) and self.group.pen_holder == pid,
            is_free=self.is_free(now),
            has_asked=any(member.pid == pid for member in asking),
            asking=tuple(member.number for member in asking),
        )


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


def standing_of(root: Path, *, code: str, group_id: str) -> Standing:
    """Return how a group and its pen stand."""
    with reading(root, room_id_of(root, code), tables=TABLES) as con:
        return standing_in(con, group_id)


def pen_of(root: Path, *, code: str, group_id: str, pid: str, now: float) -> Pen:
    """Return how the pen stands for a participant."""
    return standing_of(root, code=code, group_id=group_id).pen(pid, now)


def take_pen(root: Path, *, code: str, group_id: str, pid: str, now: float) -> Pen:
    """Take the pen where it is free or its holder silent; else ask the holder for it."""
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        standing = standing_in(con, group_id)
        _join(con, group_id, pid)
        if standing.group.pen_holder == pid or standing.is_free(now):
            _give(con, group_id, pid, now)
        else:
            _ask(con, group_id, pid, now)
        return standing_in(con, group_id).pen(pid, now)


def hand_pen(root: Path, *, code: str, group_id: str, pid: str, to: int, now: float) -> Pen:
    """Hand the pen to the participant of that number, who must have asked for it."""
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        require_pen(con, group_id, pid)
        members = standing_in(con, group_id).members
        found = [each.pid for each in members if each.asked_at and each.number == to]
        if not found:
            raise RefusedGroup(
                "その人は、もうペンを待っていません。", "待っている人に渡してください。"
            )
        _give(con, group_id, found[0], now)
        return standing_in(con, group_id).pen(pid, now)


def lay_down_pen(root: Path, *, code: str, group_id: str, pid: str, now: float) -> Pen:
    """Leave the pen for anybody to take, or take back having asked for it."""
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        group = group_in(con, group_id)
        if group["pen_holder"] == pid:
            _give(con, group_id, "", now)
        _ask(con, group_id, pid, 0.0)
        return standing_in(con, group_id).pen(pid, now)


def keep_pen(root: Path, *, code: str, group_id: str, pid: str, now: float) -> None:
    """Note that the holder is still there; written only every few seconds."""
    if standing_of(root, code=code, group_id=group_id).is_due(pid, now):
        with writing(root, room_id_of(root, code), tables=TABLES) as con:
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


def standing_in(con: sqlite3.Connection, group_id: str) -> Standing:
    """Return how a group and its pen stand in the file of this connection."""
    row = group_in(con, group_id)
    members = con.execute(_MEMBERS, {"group_id": group_id}).fetchall()
    return Standing(
        group=group_of_row(row),
        seen_at=float(row["pen_seen_at"]),
        members=tuple(Member(each["pid"], each["number"], each["asked_at"]) for each in members),
    )


def _join(con: sqlite3.Connection, group_id: str, pid: str) -> None:
    known = {member.pid for member in standing_in(con, group_id).members}
    if len(known) >= MAX_MEMBERS and pid not in known:
        raise RefusedGroup("このグループは満員です。", "ほかのグループを選んでください。")
    con.execute(_JOIN, {"group_id": group_id, "pid": pid})


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
