"""Answers of participants to the question in view, and what they come to.

Each participant has one answer to a question, and may change it until the question is closed.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from data.errors import UserError
from workshop import room as rooms_file
from workshop.askings import TABLES, latest_round
from workshop.codes import is_pid
from workshop.file import reading, writing
from workshop.presence import MOST
from workshop.room import Room, read_room
from workshop.rooms import room_id_of
from workshop.scenes import Question, Scene

_ALL = rooms_file.TABLES + TABLES


class NotAsked(UserError):
    """The question is not, or no longer, open to answers."""


@dataclass(frozen=True)
class Standing:
    """How a question stands: votes for each of its choices, and how many have answered."""

    tally: dict[str, int]

    @property
    def answered(self) -> int:
        """Return how many have answered."""
        return sum(self.tally.values())


def answer(root: Path, *, code: str, pid: str, scene_id: str, choice: str) -> None:
    """Keep a participant's answer in place of an earlier one; refused once the question is closed.

    Whether it is still open is asked after all other writers of the room are done.
    """
    if not is_pid(pid):
        raise UserError("参加者の番号が正しくありません。", "画面を読み込み直してください。")
    room_id = room_id_of(root, code)
    with writing(root, room_id, tables=_ALL) as con:
        scene, question = _asked(read_room(con, room_id=room_id), scene_id)
        if choice not in [each.key for each in question.choices]:
            raise UserError("その選択肢はありません。", "画面を読み込み直してください。")
        round_ = latest_round(con, scene.scene_id)
        _refuse_too_many(con, scene_id=scene.scene_id, round_=round_, pid=pid)
        con.execute(
            """
            insert into answer values (?, ?, ?, ?, ?)
            on conflict do update set choice = excluded.choice, answered_at = excluded.answered_at
            """,
            (scene.scene_id, round_, pid, choice, time.time()),
        )


def standing(root: Path, *, code: str, scene_id: str) -> Standing:
    """Return how the last asking of a scene's question stands."""
    room_id = room_id_of(root, code)
    with reading(root, room_id, tables=_ALL) as con:
        question = _question_of(read_room(con, room_id=room_id), scene_id)
        return standing_in(con, scene_id=scene_id, question=question)


def standing_in(con: sqlite3.Connection, *, scene_id: str, question: Question | None) -> Standing:
    """Return the same from an open file."""
    query = """
        select choice, count(*) as votes from answer
        where scene_id = ? and round = ? group by choice
    """
    found = con.execute(query, (scene_id, latest_round(con, scene_id)))
    votes = {row["choice"]: int(row["votes"]) for row in found}
    choices = question.choices if question else ()
    return Standing({each.key: votes.get(each.key, 0) for each in choices})


def tally(root: Path, *, code: str, scene_id: str) -> dict[str, int]:
    """Return the votes for each choice of a scene's question; none is a zero."""
    return standing(root, code=code, scene_id=scene_id).tally


def answered(root: Path, *, code: str, scene_id: str) -> int:
    """Return how many have answered a scene's question."""
    return standing(root, code=code, scene_id=scene_id).answered


def own_answer(root: Path, *, code: str, pid: str, scene_id: str) -> str | None:
    """Return what a participant has answered to the last asking, nothing if not at all."""
    room_id = room_id_of(root, code)
    with reading(root, room_id, tables=_ALL) as con:
        row = con.execute(
            "select choice from answer where scene_id = ? and round = ? and pid = ?",
            (scene_id, latest_round(con, scene_id), pid),
        ).fetchone()
    return None if row is None else str(row["choice"])


def _asked(room: Room, scene_id: str) -> tuple[Scene, Question]:
    """Return the question in view, or say why it takes no answer."""
    scene = room.scene
    if scene is None or scene.scene_id != scene_id or scene.question is None:
        raise NotAsked("この問いは、いまは出ていません。", "いまの画面の問いに答えてください。")
    if room.phase != "asking":
        raise NotAsked("この問いは締め切られました。", "進行役の画面を見て、結果を待ってください。")
    return scene, scene.question


def _question_of(room: Room, scene_id: str) -> Question | None:
    scenes = room.scene_set.scenes
    return next((each.question for each in scenes if each.scene_id == scene_id), None)


def _refuse_too_many(con: sqlite3.Connection, *, scene_id: str, round_: int, pid: str) -> None:
    query = "select pid = ? as is_own from answer where scene_id = ? and round = ?"
    found = [row["is_own"] for row in con.execute(query, (pid, scene_id, round_))]
    if len(found) >= MOST and not any(found):
        raise UserError(f"回答は{MOST}人までです。", "進行役に声をかけてください。")
