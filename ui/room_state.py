"""What participants are told of a room: never a note, nor a picture that is still to be guessed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from ui.redirect import with_base
from workshop import askings, group_tables, room
from workshop.file import RoomGone, reading
from workshop.groups import groups_in
from workshop.questions import standing_in
from workshop.room import Room, read_room
from workshop.room_directory import room_id_of
from workshop.scenes import Question, Scene, address_of

_ALL = room.TABLES + askings.TABLES + group_tables.TABLES
State = dict[str, Any]


def state_of(root: Path, code: str) -> State:
    """Return the state of a room that is open, or only that it has ended."""
    try:
        room_id = room_id_of(root, code)
        with reading(root, room_id, tables=_ALL) as con:
            return _state(con, read_room(con, room_id=room_id))
    except RoomGone:
        return {"code": code, "ended": True}


def _state(con: sqlite3.Connection, room: Room) -> State:
    scene = room.scene
    return {
        "code": room.code,
        "title": room.title,
        "version": room.version,
        "place": room.place,
        "count": room.count,
        "shown": [_named(room, place) for place in room.shown],
        "scene": _scene(room, scene) if scene else None,
        "phase": room.phase,
        "ends_at": room.ends_at,
        "groups": bool(groups_in(con)),
        "ended": False,
        **_asked(con, room, scene),
    }


def _named(room: Room, place: int) -> State:
    scene = room.scene_set.scenes[place]
    return {"place": place, **_scene(room, scene), "open": room.may_see(scene)}


def _scene(room: Room, scene: Scene) -> State:
    """Name a scene; where its picture is to be guessed, without the way to it."""
    address = with_base(address_of(scene)) if room.may_see(scene) else None
    return {"id": scene.scene_id, "title": scene.title, "address": address}


def _asked(con: sqlite3.Connection, room: Room, scene: Scene | None) -> State:
    question = scene.question if scene and room.phase != "shown" else None
    if scene is None or question is None:
        return {"question": None, "answer": None, "tally": None, "answered": 0}
    stands = standing_in(con, scene_id=scene.scene_id, question=question)
    return {
        "question": _question(question),
        "answer": question.answer if room.phase == "revealed" else None,
        "tally": stands.tally if room.phase in ("closed", "revealed") else None,
        "answered": stands.answered,
    }


def _question(question: Question) -> State:
    choices = [{"key": choice.key, "label": choice.label} for choice in question.choices]
    return {"text": question.text, "choices": choices}
