"""Rooms: opened, driven and ended by staff; followed by anybody who has the code."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from access.roles import Action, Actor, require
from data.errors import UserError
from workshop.askings import note_course
from workshop.file import RoomGone, directory_writing, making_room, reading, writing
from workshop.rendered import RenderedScene, from_dict, to_dict
from workshop.room import PHASES, TABLES, Room, StaleRoom, read_room, write_rendered
from workshop.room_directory import (
    DIRECTORY,
    NoSuchRoom,
    OpenRoom,
    end,
    end_forgotten,
    free_code,
    noted,
    room_id_of,
    rooms_of,
    stamp_now,
)
from workshop.scene_files import from_json, to_json
from workshop.scenes import SceneSet

__all__ = ["NoSuchRoom", "OpenRoom", "Room", "RoomGone", "StaleRoom", "room_id_of", "rooms_of"]


def open_room(
    root: Path, *, actor: Actor, scene_set: SceneSet, rendered: Sequence[RenderedScene]
) -> Room:
    """Open a room on finished scenes and return it; the actor drives it."""
    require(actor, Action.HOLD_WORKSHOP)
    content = _content(scene_set, rendered)
    end_forgotten(root, actor=actor)
    room_id, now = secrets.token_hex(8), stamp_now()
    with directory_writing(root, tables=DIRECTORY) as con:
        code = free_code(con)
        with making_room(root, room_id, tables=TABLES) as made:
            made.execute(
                "insert into state values (1, ?, ?, ?, ?, ?, ?, ?, ?, null, 1)",
                (code, scene_set.title, *[actor.subject, actor.name] * 2, now,
                 to_json(scene_set).decode()),
            )  # fmt: skip
            write_rendered(made, content)
        con.execute(
            "insert into room values (?, ?, ?, ?, ?, null)",
            (code, room_id, scene_set.title, actor.name, now),
        )
        noted(root, actor, "opened", room_id)
    return room_of(root, code)


def room_of(root: Path, code: str) -> Room:
    """Return the room of a code, in whatever way it was typed; NoSuchRoom, or RoomGone if over."""
    room_id = room_id_of(root, code)
    with reading(root, room_id, tables=TABLES) as con:
        return read_room(con, room_id=room_id)


def rendered_of(root: Path, room: Room, scene_id: str) -> RenderedScene:
    """Return a finished scene of a room."""
    return from_dict(json.loads(rendered_text(root, room.room_id, scene_id)))


def rendered_text(root: Path, room_id: str, scene_id: str) -> str:
    """Return a finished scene as the JSON that is handed out."""
    query = "select content from rendered where scene_id = ?"
    with reading(root, room_id, tables=TABLES) as con:
        row = con.execute(query, (scene_id,)).fetchone()
    if row is None:
        raise UserError("そのシーンはこのルームにありません。", "いまのシーンに戻ってください。")
    return str(row["content"])


def show(root: Path, *, actor: Actor, code: str, place: int, version: int) -> Room:
    """Show everybody the scene at a place; one with a question is asked first."""
    with _driving(root, actor=actor, code=code, version=version) as (con, room):
        if not 0 <= place < len(room.scene_set.scenes):
            raise UserError("その場所にシーンはありません。", "一覧から選んでください。")
        scene = room.scene_set.scenes[place]
        seconds = scene.question.seconds if scene.question else 0
        con.execute(
            "insert into shown values (?, ?, ?) on conflict (scene_id) do nothing",
            (scene.scene_id, "asking" if scene.question else "shown", _deadline(seconds)),
        )
        con.execute("update state set scene_id = ?", (scene.scene_id,))
    return room_of(root, code)


def set_phase(
    root: Path, *, actor: Actor, code: str, phase: str, seconds: int = 0, version: int
) -> Room:
    """Ask the question of the scene in view, close it, reveal the answer, or just show it."""
    with _driving(root, actor=actor, code=code, version=version) as (con, room):
        if phase not in PHASES:
            raise ValueError(phase)
        if room.scene is None or room.scene.question is None:
            raise UserError("このシーンに問いはありません。", "問いのあるシーンを示してください。")
        con.execute(
            "update shown set phase = ?, ends_at = ? where scene_id = ?",
            (phase, _deadline(seconds) if phase == "asking" else None, room.scene.scene_id),
        )
    return room_of(root, code)


def take_over(root: Path, *, actor: Actor, code: str) -> Room:
    """Let the actor drive from now on; whoever drove before is told at their next look."""
    require(actor, Action.HOLD_WORKSHOP)
    room_id = room_id_of(root, code)
    with writing(root, room_id, tables=TABLES) as con:
        con.execute(
            "update state set driver_subject = ?, driver_name = ?, version = version + 1",
            (actor.subject, actor.name),
        )
        noted(root, actor, "taken_over", room_id)
    return room_of(root, code)


def replace_scenes(
    root: Path,
    *,
    actor: Actor,
    code: str,
    scene_set: SceneSet,
    rendered: Sequence[RenderedScene],
    version: int,
) -> Room:
    """Put other, or newly finished, scenes into a room; what was shown and is left stays shown."""
    content = _content(scene_set, rendered)
    with _driving(root, actor=actor, code=code, version=version) as (con, _):
        con.execute("update state set scene_set = ?", (to_json(scene_set).decode(),))
        write_rendered(con, content)
        con.execute("delete from shown where scene_id not in (select scene_id from rendered)")
    return room_of(root, code)


def end_room(root: Path, *, actor: Actor, code: str) -> Room:
    """End a room and delete all that was kept of it; its code is never used again."""
    require(actor, Action.HOLD_WORKSHOP)
    room = room_of(root, code)
    _refuse_other_driver(room, actor)
    end(root, actor=actor, room_id=room.room_id)
    return replace(room, ended=True)


@contextmanager
def _driving(
    root: Path, *, actor: Actor, code: str, version: int
) -> Iterator[tuple[sqlite3.Connection, Room]]:
    """Yield the room's file to its driver, and count its version up."""
    require(actor, Action.HOLD_WORKSHOP)
    room_id = room_id_of(root, code)
    with writing(root, room_id, tables=TABLES) as con:
        room = read_room(con, room_id=room_id)
        _refuse_other_driver(room, actor)
        if room.version != version:
            raise StaleRoom(
                "ほかの画面で、ルームが先に進んでいました。",
                "いまのシーンを確かめて、もう一度押してください。",
            )
        yield con, room
        con.execute("update state set version = version + 1")
        note_course(con, read_room(con, room_id=room_id))


def _refuse_other_driver(room: Room, actor: Actor) -> None:
    if room.driver_subject != actor.subject:
        raise StaleRoom(
            f"いまは{room.driver_name}さんが進行しています。",
            "自分で進めるときは、「進行を引き継ぐ」を押してください。",
        )


def _content(
    scene_set: SceneSet, rendered: Sequence[RenderedScene]
) -> dict[str, dict[str, object]]:
    if not scene_set.scenes:
        raise UserError("シーンがありません。", "シーンを1つ以上加えてから開いてください。")
    from_json(to_json(scene_set))  # what could not be read again is not kept
    finished = {found.scene_id: found for found in rendered}
    return {scene.scene_id: to_dict(finished[scene.scene_id]) for scene in scene_set.scenes}


def _deadline(seconds: int) -> float | None:
    return time.time() + seconds if seconds else None
