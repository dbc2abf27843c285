"""Before one is in a room: staff open or enter one, all others join by its code."""

from __future__ import annotations

import streamlit as st

from data.errors import UserError
from ui import blocks
from ui.actor import current_actor
from ui.redirect import lead_to
from ui.room_assets import VEGA, asset
from ui.scene_rendering import render
from ui.scenes_in_hand import current_set
from ui.store import store
from workshop.codes import normal_code, spaced
from workshop.rendered import RenderedScene
from workshop.rooms import open_room, rooms_of
from workshop.scenes import SceneSet, is_placed


def draw_joining() -> None:
    """Let anybody join by the code of a room, and say who opens one."""
    blocks.statement(
        "ルームを開いて進めるのは、担当者と管理者です。参加するだけなら、サインインは要りません。"
    )
    with st.form("room_join", width=420):
        typed = st.text_input("ルームのコード（6文字）", max_chars=20, key="room_typed")
        pressed = st.form_submit_button("参加する", type="primary")
    if not pressed:
        return
    code = normal_code(typed)
    if code is None:
        st.error("コードは英字と数字の6文字です。進行役の画面をもう一度見てください。")
    else:
        lead_to(f"/room/{code}")


def draw_opening() -> str | None:
    """Draw how to open a room, and which are open; return the code of the one to enter."""
    opened, listed = st.columns(2, gap="large")
    with opened:
        made = _draw_new()
    with listed:
        entered = _draw_open_rooms()
    return made or entered


def _draw_new() -> str | None:
    st.subheader("新しいルームを開く", anchor=False)
    scenes = current_set()
    if not scenes.scenes:
        blocks.empty(
            "シーンがまだありません。",
            "「シーン」で、用意されたセットを選ぶか、見せたいページを加えてください。",
        )
        return None
    st.text(f"「{scenes.title}」　シーン {len(scenes.scenes)}枚")
    if not is_placed(scenes):
        blocks.empty(
            "地域がまだ決まっていないシーンがあります。", "「シーン」で、地域を選んでください。"
        )
        return None
    if not st.button("ルームを開く", type="primary", key="room_open"):
        return None
    rendered = finished(scenes)
    room = open_room(store().root, actor=current_actor(), scene_set=scenes, rendered=rendered)
    return room.code


def finished(scenes: SceneSet) -> tuple[RenderedScene, ...]:
    """Return the scenes finished, with a bar that says how far that has come."""
    count = len(scenes.scenes)
    bar = st.progress(0.0, text="シーンを用意しています…")

    def done(number: int) -> None:
        bar.progress(number / count, text=f"シーンを用意しています（{number}／{count}）")

    rendered = render(scenes.scenes, on_done=done)
    asset(VEGA)  # takes seconds, which the first participant need not wait
    bar.empty()
    return rendered


def _draw_open_rooms() -> str | None:
    st.subheader("開いているルーム", anchor=False)
    rooms = rooms_of(store().root, actor=current_actor())
    if not rooms:
        st.caption("いまは、ありません。")
    for room in rooms:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.text(f"{room.title}　{spaced(room.code)}　{room.owner_name}さんが開きました")
            if st.button("入る", key=f"room_enter_{room.code}"):
                return room.code
    return None


def told(error: UserError) -> None:
    """Say what is wrong and what to do."""
    st.error(blocks.plain(str(error)), icon=":material/error:")
