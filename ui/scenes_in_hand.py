"""The set of scenes that this session is putting together, and how to undo the last steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import streamlit as st

from workshop.scenes import MOST_SCENES, Scene, SceneSet, new_id

NEW_TITLE = "新しいセット"
MOST_STEPS = 30
_KEY = "scenes_in_hand"


@dataclass
class InHand:
    """The set, the scene that is open, what can be undone, and where the set is saved."""

    scene_set: SceneSet = field(default_factory=lambda: SceneSet(NEW_TITLE, ()))
    open_id: str = ""
    before: list[tuple[str, SceneSet]] = field(default_factory=list)
    saved_key: str | None = None
    saved_version: int | None = None
    rounds: int = 0  # a new round draws the fields anew


def in_hand() -> InHand:
    """Return what this session has in hand."""
    held: InHand = st.session_state.setdefault(_KEY, InHand())
    return held


def current_set() -> SceneSet:
    """Return the set in hand of this session, empty at first."""
    return in_hand().scene_set


def step(what: str, changed: SceneSet, *, open_id: str | None = None) -> None:
    """Replace the set in a way that can be undone; `what` says what is undone."""
    held = in_hand()
    held.before = [*held.before[1 - MOST_STEPS :], (what, held.scene_set)]
    held.scene_set = changed
    held.rounds += 1
    if open_id is not None:
        held.open_id = open_id


def take_up(what: str, scene_set: SceneSet, *, key: str | None, version: int | None) -> None:
    """Take another set in hand; the one before comes back by undoing."""
    step(what, scene_set, open_id=next((each.scene_id for each in scene_set.scenes), ""))
    held = in_hand()
    held.saved_key, held.saved_version = key, version


def undo() -> None:
    """Go back to the set before the last step."""
    held = in_hand()
    if held.before:
        held.scene_set = held.before.pop()[1]
        held.rounds += 1


def write(scene: Scene) -> None:
    """Keep what was typed into a scene; every letter would be too much to undo."""
    held = in_hand()
    scenes = tuple(scene if s.scene_id == scene.scene_id else s for s in held.scene_set.scenes)
    held.scene_set = replace(held.scene_set, scenes=scenes)


def rename(title: str) -> None:
    """Give the set another title."""
    held = in_hand()
    held.scene_set = replace(held.scene_set, title=title.strip()[:120] or NEW_TITLE)


def is_full() -> bool:
    """Tell whether no more scenes fit in."""
    return len(current_set().scenes) >= MOST_SCENES


def append(scene: Scene) -> None:
    """Add a scene behind the others."""
    changed = replace(current_set(), scenes=(*current_set().scenes, scene))
    step(f"「{scene.title}」を加える", changed, open_id=scene.scene_id)


def opened() -> Scene | None:
    """Return the scene that is open, else the first."""
    scenes = current_set().scenes
    found = [scene for scene in scenes if scene.scene_id == in_hand().open_id]
    return next(iter([*found, *scenes]), None)


def move(by: int) -> None:
    """Move the open scene up (-1) or down (1)."""

    def swapped(scenes: list[Scene], place: int) -> Scene:
        scenes.insert(min(max(place + by, 0), len(scenes) - 1), scene := scenes.pop(place))
        return scene

    _with_opened("順番を変える", swapped)


def duplicate() -> None:
    """Put a copy of the open scene behind it."""

    def copied(scenes: list[Scene], place: int) -> Scene:
        copy = replace(scenes[place], scene_id=new_id())
        scenes.insert(place + 1, copy)
        return copy

    if not is_full():
        _with_opened("複製する", copied)


def remove() -> None:
    """Take the open scene out."""

    def removed(scenes: list[Scene], place: int) -> Scene | None:
        scenes.pop(place)
        return scenes[min(place, len(scenes) - 1)] if scenes else None

    _with_opened("消す", removed)


def _with_opened(what: str, change: Callable[[list[Scene], int], Scene | None]) -> None:
    scene = opened()
    if scene is None:
        return
    scenes = list(current_set().scenes)
    now = change(scenes, scenes.index(scene))
    changed = replace(current_set(), scenes=tuple(scenes))
    step(f"「{scene.title}」を{what}" if what != "順番を変える" else what, changed,
         open_id=now.scene_id if now else "")  # fmt: skip
