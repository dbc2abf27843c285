"""The facilitator's screen: which scene is shown, its note, what comes next, who is here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from access.roles import Action, may
from data.errors import UserError
from ui import blocks
from ui.actor import current_actor
from ui.address import read, write
from ui.question_console import draw_questions
from ui.room_address import draw_address
from ui.room_opening import draw_joining, draw_opening, finished, told
from ui.scene_player import play
from ui.scenes_in_hand import current_set
from ui.store import generation, store
from workshop.presence import PRESENCE
from workshop.rooms import Room, end_room, replace_scenes, room_of, show, take_over
from workshop.scene_state import Finish, finishes
from workshop.scenes import Scene, SceneSet, is_placed

PARAM = "code"
LOOK_SECONDS = 2.0
_PROBLEM = "room_problem"
_HELD = "room_held"


def current_room() -> Room | None:
    """Return the room that this session has entered; nothing when it is over or for others."""
    if not may(current_actor(), Action.HOLD_WORKSHOP):
        return None
    code = read(PARAM) or st.session_state.get(_HELD)
    if not code:
        return None
    try:
        room = room_of(store().root, code)
    except UserError as error:
        st.session_state[_PROBLEM] = error
        _leave()
        return None
    _hold(room.code)
    return room


def draw_room() -> None:
    """Draw the room that was entered, or the way into one."""
    if not may(current_actor(), Action.HOLD_WORKSHOP):
        draw_joining()
        return
    room = current_room()
    if _PROBLEM in st.session_state:
        told(st.session_state.pop(_PROBLEM))
    if room is None:
        code = draw_opening()
        if code:
            _hold(code)
            st.rerun()
        return
    _draw_driver(room)
    left, right = st.columns([3, 1], gap="large")
    with left:
        _draw_place(room)
        draw_questions(room)
        _draw_scenes(room)
        _draw_other_scenes(room)
    with right:
        _look_after(room)
        draw_address(room)
        _draw_end(room)


def is_driving(room: Room) -> bool:
    """Tell whether it is this person who drives."""
    return room.driver_subject == current_actor().subject


def _hold(code: str) -> None:
    st.session_state[_HELD] = code
    write(PARAM, code)


def _leave() -> None:
    st.session_state.pop(_HELD, None)
    write(PARAM, None)


def _trying(deed: Callable[..., Room]) -> None:
    """Do what a press asks for, as who presses now; what stands in its way is told at the head."""
    try:
        deed(actor=current_actor())
    except UserError as error:
        st.session_state[_PROBLEM] = error


def _draw_driver(room: Room) -> None:
    st.subheader(f"ルーム「{blocks.plain(room.title)}」", anchor=False)
    if is_driving(room):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(blocks.plain(f"いまは{room.driver_name}さんが進行しています。"), width=420)
        deed = partial(take_over, store().root, code=room.code)
        st.button("進行を引き継ぐ", on_click=_trying, args=(deed,), key="room_take_over")


@st.fragment(run_every=LOOK_SECONDS)
def _look_after(room: Room) -> None:
    """Count who is here, and draw everything anew when the room has moved elsewhere."""
    try:
        now = room_of(store().root, room.code)
    except UserError:
        st.rerun(scope="app")
    if now.version != room.version:
        st.rerun(scope="app")
    st.metric("参加者", f"{PRESENCE.count(room.room_id)}人")


def _draw_place(room: Room) -> None:
    scenes = room.scene_set.scenes
    following = scenes[room.place + 1] if room.place + 1 < len(scenes) else None
    with st.container(border=True):
        if room.scene is None:
            st.markdown("**まだシーンを示していません。**")
        else:
            st.caption(f"シーン {room.place + 1}／{len(scenes)}")
            st.markdown(f"### {blocks.plain(room.scene.title)}")
        st.text(room.scene.note if room.scene and room.scene.note else "（進行メモはありません）")
        st.caption(f"次：{blocks.plain(following.title)}" if following else "次：ありません")
        with st.container(horizontal=True):
            _go_button(room, room.place - 1, "前のシーン", key="room_previous")
            _go_button(room, room.place + 1, "次のシーン", key="room_next")
            if st.button("ダッシュボードで投影しながら進める", key="room_play",
                         disabled=not is_driving(room)):  # fmt: skip
                play(room.scene_set, max(room.place, 0), code=room.code)


def _go_button(room: Room, place: int, label: str, *, key: str) -> None:
    is_there = 0 <= place < len(room.scene_set.scenes)
    st.button(
        label,
        key=key,
        type="primary" if key == "room_next" else "secondary",
        disabled=not is_there or not is_driving(room),
        on_click=_trying,
        args=(_showing(room, place),),
    )


def _showing(room: Room, place: int) -> Callable[..., Room]:
    return partial(
        show,
        store().root,
        code=room.code,
        place=place,
        version=room.version,
    )


def _draw_scenes(room: Room) -> None:
    finish = finishes(store().root, room)
    with st.expander("シーンの一覧", expanded=True):
        for place, scene in enumerate(room.scene_set.scenes):
            _draw_line(room, place, scene, finish[scene.scene_id])


def _draw_line(room: Room, place: int, scene: Scene, finish: Finish) -> None:
    marks = "（示した）" if place in room.shown else ""
    label = f"{place + 1}. {scene.title}{marks}{'　問い' if scene.question else ''}"
    st.button(
        blocks.plain(label),
        key=f"room_show_{scene.scene_id}",
        type="primary" if place == room.place else "tertiary",
        disabled=not is_driving(room),
        on_click=_trying,
        args=(_showing(room, place),),
    )
    if finish.problem:
        st.warning(blocks.plain(f"このシーンは見せられません：{finish.problem}"))


def _draw_other_scenes(room: Room) -> None:
    """Offer to finish the scenes again when data or the set in hand have changed."""
    made_of = {finish.generation for finish in finishes(store().root, room).values()}
    if made_of != {generation()}:
        st.warning("データが新しくなりました。シーンは前のデータのままです。")
        _finish_button(room, room.scene_set, "新しいデータで作り直す", key="room_again")
    scenes = current_set()
    if scenes.scenes and scenes != room.scene_set and is_placed(scenes):
        label = f"手元のセット「{scenes.title}」に入れ替える"
        _finish_button(room, scenes, label, key="room_replace")


def _finish_button(room: Room, scenes: SceneSet, label: str, *, key: str) -> None:
    if not st.button(label, key=key, disabled=not is_driving(room)):
        return
    rendered = finished(scenes)
    deed = partial(
        replace_scenes,
        store().root,
        code=room.code,
        scene_set=scenes,
        rendered=rendered,
        version=room.version,
    )
    _trying(deed)
    st.rerun()


def _draw_end(room: Room) -> None:
    with st.popover("ルームを終了する", disabled=not is_driving(room)):
        st.text(
            "回答やグループのシートを含め、このルームのデータはすべて消えます。"
            "要るものは、先に保存してください。"
        )
        deed = partial(end_room, store().root, code=room.code)
        st.button("終了して消す", type="primary", on_click=_trying, args=(deed,), key="room_end")
    st.button("この画面だけ閉じる", on_click=_leave, key="room_leave")
