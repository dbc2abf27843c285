"""The groups of a room: made, renamed and removed by the facilitator; removal can be undone."""

from __future__ import annotations

import re
import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path

from access.roles import Action, Actor, require
from data.errors import UserError
from workshop.file import reading, writing
from workshop.group_tables import TABLES
from workshop.room_directory import room_id_of

MAX_GROUPS = 30
MAX_NAME = 30
TRAINING = "training"
_AREA = re.compile(r"[0-9a-z-]{2,16}|")

_GROUPS = """
with final as (
    select *
    from work_group
    where is_removed = :is_removed
    order by place, group_id
)

select * from final
"""

_GROUP = """
with final as (
    select *
    from work_group
    where
        group_id = :group_id
        and not is_removed
)

select * from final
"""

_INSERT = """
insert into work_group
values (
    :group_id, :name, :area_code,
    (select coalesce(max(place), 0) + 1 from work_group), '', 0, 1, 0
)
"""


@dataclass(frozen=True)
class Group:
    """A group of participants; `pen_holder` is the participant who may write, never shown."""

    group_id: str
    name: str
    area_code: str
    pen_holder: str
    version: int


class RefusedGroup(UserError):
    """A group cannot be made or changed as asked."""


def make_group(root: Path, *, actor: Actor, code: str, name: str, area_code: str) -> Group:
    """Make a group for a municipality, or for none where the area code is empty."""
    require(actor, Action.HOLD_WORKSHOP)
    name = _checked_name(name)
    if not _AREA.fullmatch(area_code):
        raise RefusedGroup("地域コードの形が違います。", "市区町村を選び直してください。")
    made = {"group_id": uuid.uuid4().hex[:12], "name": name, "area_code": area_code}
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        known = con.execute(_GROUPS, {"is_removed": 0}).fetchall()
        if len(known) >= MAX_GROUPS:
            raise RefusedGroup(
                f"グループは{MAX_GROUPS}までです。", "使わないグループを削除してください。"
            )
        _refuse_same(known, name, "")
        con.execute(_INSERT, made)
    return Group(pen_holder="", version=1, **made)


def groups_of(root: Path, *, code: str) -> tuple[Group, ...]:
    """Return the groups of a room in the order in which they were made."""
    return _listed(root, code, is_removed=False)


def removed_groups(root: Path, *, code: str) -> tuple[Group, ...]:
    """Return the groups that were removed, whose removal can be undone."""
    return _listed(root, code, is_removed=True)


def rename(root: Path, *, actor: Actor, code: str, group_id: str, name: str) -> None:
    """Give a group another name."""
    require(actor, Action.HOLD_WORKSHOP)
    name = _checked_name(name)
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        group_in(con, group_id)
        _refuse_same(con.execute(_GROUPS, {"is_removed": 0}).fetchall(), name, group_id)
        con.execute(
            "update work_group set name = ?, version = version + 1 where group_id = ?",
            (name, group_id),
        )


def remove(root: Path, *, actor: Actor, code: str, group_id: str) -> None:
    """Take a group from the list; its sheet stays until the room ends."""
    require(actor, Action.HOLD_WORKSHOP)
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        _mark(con, group_id, is_removed=True)


def restore(root: Path, *, actor: Actor, code: str, group_id: str) -> None:
    """Undo the removal of a group; RefusedGroup where another has its name by now."""
    require(actor, Action.HOLD_WORKSHOP)
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        _mark(con, group_id, is_removed=False)
        name = str(group_in(con, group_id)["name"])
        _refuse_same(con.execute(_GROUPS, {"is_removed": 0}).fetchall(), name, group_id)


def begin_exercise(root: Path, *, actor: Actor, code: str) -> None:
    """Open the logic model of the training (カ) on every sheet, with the document's examples."""
    require(actor, Action.HOLD_WORKSHOP)
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        con.execute("insert or ignore into exercise values (?)", (TRAINING,))
        con.execute("update work_group set version = version + 1")


def end_exercise(root: Path, *, actor: Actor, code: str) -> None:
    """Take the examples away again; what was written stays."""
    require(actor, Action.HOLD_WORKSHOP)
    with writing(root, room_id_of(root, code), tables=TABLES) as con:
        con.execute("delete from exercise")
        con.execute("update work_group set version = version + 1")


def exercise_of(root: Path, *, code: str) -> str:
    """Return the exercise that is on, empty where there is none."""
    with reading(root, room_id_of(root, code), tables=TABLES) as con:
        return exercise_in(con)


def exercise_in(con: sqlite3.Connection) -> str:
    """Return the exercise that is on in the room of this connection."""
    row = con.execute("select exercise_key from exercise").fetchone()
    return str(row["exercise_key"]) if row else ""


def group_in(con: sqlite3.Connection, group_id: str) -> sqlite3.Row:
    """Return the row of a group, or raise RefusedGroup where there is none."""
    row: sqlite3.Row | None = con.execute(_GROUP, {"group_id": group_id}).fetchone()
    if row is None:
        raise RefusedGroup("そのグループはありません。", "グループの一覧から選び直してください。")
    return row


def group_of_row(row: sqlite3.Row) -> Group:
    """Return a row of the file as a group."""
    return Group(
        row["group_id"], row["name"], row["area_code"], row["pen_holder"], row["version"]
    )  # fmt: skip


def groups_in(con: sqlite3.Connection) -> tuple[Group, ...]:
    """Return the groups in the file of this connection."""
    return tuple(group_of_row(row) for row in con.execute(_GROUPS, {"is_removed": 0}))


def _listed(root: Path, code: str, *, is_removed: bool) -> tuple[Group, ...]:
    with reading(root, room_id_of(root, code), tables=TABLES) as con:
        rows = con.execute(_GROUPS, {"is_removed": int(is_removed)}).fetchall()
    return tuple(group_of_row(row) for row in rows)


def _mark(con: sqlite3.Connection, group_id: str, *, is_removed: bool) -> None:
    con.execute(
        "update work_group set is_removed = ?, version = version + 1 where group_id = ?",
        (int(is_removed), group_id),
    )


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise RefusedGroup(
            "グループの名前が空か、長すぎます。", f"{MAX_NAME}字までの名前を書いてください。"
        )
    return name


def _refuse_same(known: list[sqlite3.Row], name: str, group_id: str) -> None:
    if any(row["name"] == name and row["group_id"] != group_id for row in known):
        raise RefusedGroup(f"「{name}」はもうあります。", "ほかの名前にしてください。")
