"""What is left of a room: scenes shown, questions and counts; no name and no mark of anybody."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from workshop.askings import TABLES, silent_now
from workshop.file import reading
from workshop.rendered import from_dict
from workshop.room import TABLES as ROOM_TABLES
from workshop.room import Room, read_room
from workshop.rooms import room_id_of
from workshop.scenes import PAGES, Scene

_HERE = ZoneInfo("Asia/Tokyo")
_SCENE_COLUMNS = ("number", "shown_at", "scene", "page")
_ANSWER_COLUMNS = (
    "scene", "round", "asked_at", "ended_at", "question",
    "choice", "is_right", "votes", "share", "answered", "silent",
)  # fmt: skip
_SOURCE_COLUMNS = ("scene", "kind", "text")
_KINDS = {"sentence": "図の文", "note": "定義・注", "source": "出典"}


@dataclass(frozen=True, eq=False)
class RoomRecord:
    """Three tables: every showing of a scene, every choice of every asking, what scenes rest on."""

    title: str
    scenes: pd.DataFrame
    answers: pd.DataFrame
    sources: pd.DataFrame


def record(root: Path, *, code: str) -> RoomRecord:
    """Return the record of a room that is still open."""
    room_id = room_id_of(root, code)
    with reading(root, room_id, tables=ROOM_TABLES + TABLES) as con:
        room = read_room(con, room_id=room_id)
        scenes = list(_scenes(con, room))
        answers = [row for asking in _askings(con) for row in _choices(con, room, asking)]
        sources = list(_sources(con, room))
    return RoomRecord(
        title=room.title,
        scenes=pd.DataFrame(scenes, columns=list(_SCENE_COLUMNS)),
        answers=pd.DataFrame(answers, columns=list(_ANSWER_COLUMNS)),
        sources=pd.DataFrame(sources, columns=list(_SOURCE_COLUMNS)).drop_duplicates(),
    )


def _scenes(con: sqlite3.Connection, room: Room) -> Iterator[tuple[Any, ...]]:
    pages = {scene.scene_id: PAGES[scene.page] for scene in room.scene_set.scenes}
    rows = con.execute("select at, scene_id, title from view order by rowid")
    for number, row in enumerate(rows, start=1):
        yield number, _clock(row["at"]), row["title"], pages.get(row["scene_id"])


def _askings(con: sqlite3.Connection) -> list[sqlite3.Row]:
    return con.execute("select * from asking order by asked_at, scene_id, round").fetchall()


def _choices(con: sqlite3.Connection, room: Room, asking: sqlite3.Row) -> Iterator[tuple[Any, ...]]:
    """Yield a row a choice; those who did not answer are known once answering has ended."""
    at = {"scene_id": asking["scene_id"], "round": asking["round"]}
    query = """
        select choice, count(*) as votes from answer
        where scene_id = :scene_id and round = :round group by choice
    """
    votes = {row["choice"]: int(row["votes"]) for row in con.execute(query, at)}
    question = json.loads(asking["question"])
    answered = sum(votes.get(choice["key"], 0) for choice in question["choices"])
    ended_at, silent = _end(con, room, asking)
    for choice in question["choices"]:
        count = votes.get(choice["key"], 0)
        yield (
            asking["title"],
            asking["round"],
            _clock(asking["asked_at"]),
            _clock(ended_at),
            question["text"],
            choice["label"],
            "正解" if choice["key"] == question["answer"] else None,
            count,
            100 * count / answered if answered else None,
            answered,
            silent,
        )


def _end(
    con: sqlite3.Connection, room: Room, asking: sqlite3.Row
) -> tuple[float | None, int | None]:
    """Return when a round ended and how many said nothing; time may be over with no step since."""
    ends_at = asking["ends_at"]
    if asking["ended_at"] is not None or ends_at is None or ends_at > time.time():
        return asking["ended_at"], asking["silent"]
    silent = silent_now(con, room.room_id, scene_id=asking["scene_id"], round_=asking["round"])
    return ends_at, silent


def _sources(con: sqlite3.Connection, room: Room) -> Iterator[tuple[str, str, str]]:
    """Yield what scenes that were shown print below their figures, and say of them."""
    shown = {row["scene_id"] for row in con.execute("select distinct scene_id from view")}
    for scene in room.scene_set.scenes:
        if scene.scene_id in shown:
            yield from _of_scene(con, scene)


def _of_scene(con: sqlite3.Connection, scene: Scene) -> Iterator[tuple[str, str, str]]:
    query = "select content from rendered where scene_id = ?"
    for row in con.execute(query, (scene.scene_id,)):
        for part in from_dict(json.loads(row["content"])).parts:
            if part.kind in _KINDS and part.text:
                yield scene.title, _KINDS[part.kind], part.text


def _clock(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, _HERE).strftime("%Y-%m-%d %H:%M:%S")
