"""When scenes were shown and questions asked: the course of a room, kept in its file.

A question that is asked again gets a new round; more time for one that is still asked does not.
"""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import asdict

from workshop.presence import PRESENCE
from workshop.room import Room
from workshop.scenes import Question

TABLES = """
create table if not exists view (
    at real not null,
    scene_id text not null,
    title text not null
) strict;

create table if not exists asking (
    scene_id text not null,
    round integer not null,
    title text not null,
    question text not null,
    asked_at real not null,
    ends_at real,
    ended_at real,
    is_closed integer not null,
    silent integer,
    primary key (scene_id, round)
) strict, without rowid;

create table if not exists answer (
    scene_id text not null,
    round integer not null,
    pid text not null,
    choice text not null,
    answered_at real not null,
    primary key (scene_id, round, pid)
) strict, without rowid;
"""

_LATEST = """
    select asking.* from asking
    join (select scene_id, max(round) as round from asking group by scene_id)
    using (scene_id, round)
"""


def note_course(con: sqlite3.Connection, room: Room) -> None:
    """Note what the driver has just done, inside the transaction that did it."""
    for statement in TABLES.split(";"):
        con.execute(statement)
    _note_view(con, room)
    for row in con.execute(_LATEST).fetchall():
        _note_end(con, room, row)
    _note_asking(con, room)


def question_text(question: Question) -> str:
    """Return a question as it is kept, to be told from another."""
    kept = {key: value for key, value in asdict(question).items() if key != "seconds"}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def latest_round(con: sqlite3.Connection, scene_id: str) -> int:
    """Return the number of the last asking of a scene's question, 1 before the first."""
    query = "select coalesce(max(round), 1) from asking where scene_id = ?"
    return int(con.execute(query, (scene_id,)).fetchone()[0])


def silent_now(con: sqlite3.Connection, room_id: str, *, scene_id: str, round_: int) -> int:
    """Return how many are in the room at this moment and have not answered."""
    query = "select pid from answer where scene_id = ? and round = ?"
    pids = [row["pid"] for row in con.execute(query, (scene_id, round_))]
    return max(0, PRESENCE.count(room_id) - sum(PRESENCE.is_here(room_id, pid) for pid in pids))


def _note_view(con: sqlite3.Connection, room: Room) -> None:
    last = con.execute("select scene_id from view order by rowid desc limit 1").fetchone()
    if room.scene and (last is None or last["scene_id"] != room.scene.scene_id):
        con.execute(
            "insert into view values (?, ?, ?)",
            (time.time(), room.scene.scene_id, room.scene.title),
        )


def _questions(room: Room) -> dict[str, str]:
    """Return the questions that are asked, as far as the driver has said."""
    return {
        scene.scene_id: question_text(scene.question)
        for scene in room.scene_set.scenes
        if scene.question and (stand := room.stands.get(scene.scene_id)) and stand.phase == "asking"
    }


def _note_end(con: sqlite3.Connection, room: Room, row: sqlite3.Row) -> None:
    """Note the end of a round, by the driver or by time; more time opens it again."""
    is_asked = _questions(room).get(row["scene_id"]) == row["question"]
    ends_at = room.stands[row["scene_id"]].ends_at if is_asked else row["ends_at"]
    now = time.time()
    if row["is_closed"]:
        return
    if is_asked and (ends_at is None or ends_at > now):
        ended_at = silent = None
    elif row["ended_at"] is not None:
        ended_at, silent = row["ended_at"], row["silent"]
    else:
        ended_at = now if ends_at is None else min(now, ends_at)
        silent = silent_now(con, room.room_id, scene_id=row["scene_id"], round_=row["round"])
    con.execute(
        """
        update asking set ends_at = ?, ended_at = ?, silent = ?, is_closed = ?
        where scene_id = ? and round = ?
        """,
        (ends_at, ended_at, silent, not is_asked, row["scene_id"], row["round"]),
    )


def _note_asking(con: sqlite3.Connection, room: Room) -> None:
    """Begin a round for the question in view, unless it goes on."""
    asked = _questions(room).get(room.scene.scene_id) if room.scene else None
    if room.scene is None or asked is None:
        return
    query = """
        select round, is_closed from asking where scene_id = ? order by round desc limit 1
    """
    last = con.execute(query, (room.scene.scene_id,)).fetchone()
    if last is not None and not last["is_closed"]:
        return
    con.execute(
        "insert into asking values (?, ?, ?, ?, ?, ?, null, 0, null)",
        (
            room.scene.scene_id,
            last["round"] + 1 if last else 1,
            room.scene.title,
            asked,
            time.time(),
            room.stands[room.scene.scene_id].ends_at,
        ),
    )
