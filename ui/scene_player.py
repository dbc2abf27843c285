"""Playing a set of scenes in the dashboard, by keyboard or a presenter's remote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NoReturn

import streamlit as st

from access.roles import Action, may
from data.errors import UserError
from ui.actor import current_actor
from ui.address import query, start_anew
from ui.projector import PARAM, PLAYING, is_on_stage
from ui.store import store
from workshop.rooms import room_of, set_phase, show
from workshop.scenes import Scene, SceneSet

# What a remote sends, and the keys beside each other on a keyboard.
_BACK, _ON = ("PageUp", "Left"), ("PageDown", "Right")


@dataclass(frozen=True)
class Playing:
    """A set that is being played, the place in it, and the room that follows, if there is one.

    While `is_asking`, the question of the scene stands in the place of its picture.
    """

    scene_set: SceneSet
    place: int
    code: str | None = None
    is_asking: bool = False

    @property
    def scene(self) -> Scene:
        """The scene at the place."""
        return self.scene_set.scenes[self.place]


def play(scene_set: SceneSet, start: int = 0, *, code: str | None = None) -> NoReturn:
    """Begin to play a set at a place on the projector; with the code of a room, it follows."""
    if not 0 <= start < len(scene_set.scenes):
        raise UserError("その場所にシーンはありません。", "一覧から選んでください。")
    _go(_at(Playing(scene_set, start, code), start))


def playing() -> Playing | None:
    """Return what is being played in this session."""
    return st.session_state.get(PLAYING)


def played_title() -> None:
    """Print the place in the set that is being played, and the title of the scene."""
    now = playing()
    if now is not None:
        with st.container(key="stage_scene", width="content"):
            st.text(f"{now.place + 1}／{len(now.scene_set.scenes)}　{now.scene.title}")


def asked() -> bool:
    """Print the question of the scene where its picture is still to be guessed; tell so."""
    now = playing()
    if now is None or not now.is_asking or now.scene.question is None or not is_on_stage():
        return False
    st.header(now.scene.question.text, anchor=False)
    for choice in now.scene.question.choices:
        st.text(f"・{choice.label}")
    return True


def player_keys() -> None:
    """Draw the keys that lead to the scene before and to the one after."""
    now = playing()
    if now is None:
        return
    for step, label, keys in ((-1, "前のシーン", _BACK), (1, "次のシーン", _ON)):
        if step == 1 and now.is_asking:
            label, to = "図を見せる", replace(now, is_asking=False)
        else:
            to = _at(now, now.place + step)
        is_end = not 0 <= to.place < len(now.scene_set.scenes)
        for key in keys:
            if st.button(label, shortcut=key, key=f"stage_{key}", disabled=is_end):
                _go(to)


def _at(now: Playing, place: int) -> Playing:
    """Return the play at another place; going on, a question is asked before its picture."""
    is_there = 0 <= place < len(now.scene_set.scenes)
    has_question = is_there and now.scene_set.scenes[place].question is not None
    return replace(now, place=place, is_asking=has_question and place >= now.place)


def _go(to: Playing) -> NoReturn:
    """Show a scene with nothing left over from the one before; the room moves first."""
    _move_room(to)
    st.session_state[PLAYING] = to
    start_anew()
    here = {param: code for param, code in query().items() if param != PARAM}
    page = f"pages/{to.scene.page}.py"
    st.switch_page(page, query_params={**here, **dict(to.scene.query), PARAM: "1"})


def _move_room(to: Playing) -> None:
    actor = current_actor()
    if to.code is None or not may(actor, Action.HOLD_WORKSHOP):
        return
    root = store().root
    room = room_of(root, to.code)
    ids = [scene.scene_id for scene in room.scene_set.scenes]
    if to.scene.scene_id not in ids:
        return
    at = ids.index(to.scene.scene_id)
    if at != room.place:
        show(root, actor=actor, code=to.code, place=at, version=room.version)
    elif to.scene.question is not None and not to.is_asking:
        set_phase(root, actor=actor, code=to.code, phase="revealed", version=room.version)
