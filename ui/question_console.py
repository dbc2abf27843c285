"""The question of the scene in view, as its facilitator asks, watches, closes and reveals it."""

from __future__ import annotations

import math
import time

import streamlit as st

from data.errors import UserError
from exports.room_record import to_record
from exports.workbook import XLSX_TYPE
from ui.actor import current_actor
from ui.blocks import plain
from ui.store import store
from workshop.presence import PRESENCE
from workshop.questions import standing
from workshop.room import Phase
from workshop.room_record import record
from workshop.rooms import Room, room_of, set_phase
from workshop.scenes import Question

MORE_SECONDS = 30
LOOK_EVERY = 1.0
_PHASES = {
    "shown": "出題前",
    "asking": "受付中",
    "closed": "締め切りずみ",
    "revealed": "答え合わせずみ",
}


def draw_questions(room: Room) -> None:
    """Draw the question of the scene in view with its tally, what drives it, and the record."""
    scene = room.scene
    if scene is None or scene.question is None:
        st.caption("いまのシーンに問いはありません。")
    else:
        with st.container(border=True):
            st.markdown(f"**問い：{plain(scene.question.text)}**")
            _live(room, scene.question)
            _buttons(room, scene.question)
    draw_record(room)


def draw_record(room: Room) -> None:
    """Offer the record of the room, which goes when the room ends."""

    def made() -> bytes:
        found = record(store().root, code=room.code)
        return to_record(title=found.title, scenes=found.scenes, answers=found.answers,
                         sources=found.sources)  # fmt: skip

    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "研修の記録（XLSX）を保存",
            data=made,
            file_name=f"研修の記録_{room.code}.xlsx",
            mime=XLSX_TYPE,
            on_click="ignore",
            key=f"room_record_{room.code}",
            icon=":material/download:",
        )
        st.caption(
            "シーンと時刻、問いと集計、出典です。名前は入りません。ルームを終えると消えます。"
        )


def _live(room: Room, question: Question) -> None:
    """Draw how the question stands, again every second while it is asked."""
    drawn = (room.version, room.phase)  # the phase of a room changes with time, too

    @st.fragment(run_every=LOOK_EVERY if room.phase == "asking" else None)
    def looked_at() -> None:
        try:
            now = room_of(store().root, room.code)
        except UserError:  # it has ended: the page around says so at its next run
            st.rerun(scope="app")
        if (now.version, now.phase) != drawn:
            st.rerun(scope="app")
        _standing(now, question)

    looked_at()


def _standing(room: Room, question: Question) -> None:
    scene_id = room.scene.scene_id if room.scene else ""
    found = standing(store().root, code=room.code, scene_id=scene_id)
    here = PRESENCE.count(room.room_id)
    with st.container(horizontal=True, gap="large"):
        st.metric("いま", _PHASES[room.phase], width="content")
        st.metric("回答した人", f"{found.answered}人", f"ルームに{here}人", delta_color="off",
                  delta_arrow="off", width="content")  # fmt: skip
        if room.phase == "asking":
            st.metric("残り", _left(room.ends_at), width="content")
    for choice in question.choices:
        votes = found.tally.get(choice.key, 0)
        share = votes / found.answered if found.answered else None
        percent = "" if share is None else f"（{100 * share:.0f}％）"
        is_right = choice.key == question.answer
        mark = "　✓ 正解" if is_right and room.phase == "revealed" else ""
        st.progress(share or 0.0, text=plain(f"{choice.label}　{votes}人{percent}{mark}"))


def _left(ends_at: float | None) -> str:
    return "区切りなし" if ends_at is None else f"{_seconds_left(ends_at)}秒"


def _seconds_left(ends_at: float) -> int:
    return max(0, math.ceil(ends_at - time.time()))


def _buttons(room: Room, question: Question) -> None:
    """Draw what may be done next, for the one who drives."""
    others = current_actor().subject != room.driver_subject
    reveal = "正解を示す" if question.answer else "図を示す"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if room.phase == "asking":
            if room.ends_at is not None and st.button(f"＋{MORE_SECONDS}秒", disabled=others):
                _go(room, "asking", seconds=_seconds_left(room.ends_at) + MORE_SECONDS)
            if st.button("締め切る", type="primary", disabled=others):
                _go(room, "closed")
            return
        if room.phase == "closed" and st.button(reveal, type="primary", disabled=others):
            _go(room, "revealed")
        again = "問いを出す" if room.phase == "shown" else "もう一度問う"
        key = f"ask_seconds_{room.scene.scene_id if room.scene else ''}"
        st.session_state.setdefault(key, question.seconds)
        seconds = st.number_input("答える時間（秒、0は区切りなし）", 0, 3_600, step=5, key=key,
                                  width=260)  # fmt: skip
        if st.button(again, disabled=others):
            _ask_again(room, seconds=int(seconds))


def _ask_again(room: Room, *, seconds: int) -> None:
    """Begin a new round; one that time has closed is closed by the facilitator first."""
    stand = room.stands.get(room.scene.scene_id) if room.scene else None
    try:
        if stand and stand.phase == "asking":
            room = _set(room, "closed")
        _set(room, "asking", seconds=seconds)
    except UserError as error:
        st.error(plain(str(error)))
        return
    st.rerun()


def _go(room: Room, phase: Phase, *, seconds: int = 0) -> None:
    try:
        _set(room, phase, seconds=seconds)
    except UserError as error:
        st.error(plain(str(error)))
        return
    st.rerun()


def _set(room: Room, phase: Phase, *, seconds: int = 0) -> Room:
    return set_phase(
        store().root,
        actor=current_actor(),
        code=room.code,
        phase=phase,
        seconds=seconds,
        version=room.version,
    )
