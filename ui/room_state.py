"""What participants are told of a room: never a note, nor a picture that is still to be guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui.redirect import with_base
from workshop.file import RoomGone
from workshop.room import Room
from workshop.rooms import room_of
from workshop.scenes import Question, Scene, address_of

State = dict[str, Any]


def state_of(root: Path, code: str) -> State:
    """Return the state of a room that is open, or only that it has ended."""
    try:
        room = room_of(root, code)
    except RoomGone:
        return {"code": code, "ended": True}
    scene = room.scene
    return {
        "code": room.code,
        "title": room.title,
        "version": room.version,
        "place": room.place,
        "count": room.count,
        "shown": [_named(room, place) for place in room.shown],
        "scene": _scene(scene) if scene else None,
        "phase": room.phase,
        "ends_at": room.ends_at,
        "ended": False,
        **_asked(root, room, scene),
    }


def _named(room: Room, place: int) -> State:
    scene = room.scene_set.scenes[place]
    return {"place": place, **_scene(scene), "open": room.may_see(scene)}


def _scene(scene: Scene) -> State:
    return {
        "id": scene.scene_id,
        "title": scene.title,
        "address": with_base(address_of(scene)),
    }


def _asked(root: Path, room: Room, scene: Scene | None) -> State:
    question = scene.question if scene and room.phase != "shown" else None
    return {
        "question": _question(question) if question else None,
        "answer": question.answer if question and room.phase == "revealed" else None,
        "tally": None,
        "answered": 0,
        "groups": False,
    }


def _question(question: Question) -> State:
    choices = [{"key": choice.key, "label": choice.label} for choice in question.choices]
    return {"text": question.text, "choices": choices}
