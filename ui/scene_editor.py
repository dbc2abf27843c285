"""The editor of scenes: their order, titles, notes and questions, and a look at each."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from ui.address import start_anew
from ui.blocks import empty, plain
from ui.question_editor import edit_question
from ui.scene_picture import draw_rendered, figure_png, scene_png
from ui.scene_player import play
from ui.scene_rendering import known_problem, render
from ui.scene_shelf import draw_shelf
from ui.scenes_in_hand import (
    current_set,
    duplicate,
    in_hand,
    is_full,
    move,
    opened,
    remove,
    rename,
    undo,
    write,
)
from ui.selection import NATION, area_of
from workshop.scenes import MOST_SCENES, PAGES, Scene, address_of

__all__ = ["current_set", "draw_editor"]
_KEPT = (
    "手元のシーンは、このタブを開いている間だけ残ります。"
    "読み込み直す前に、ファイルかサーバーに保存してください。"
)


def draw_editor() -> None:
    """Draw the set in hand and what can be done with it."""
    draw_shelf()
    held, scene = in_hand(), opened()
    if held.before:
        st.button(f"元に戻す：{held.before[-1][0][:40]}", icon=":material/undo:", on_click=undo,
                  key="scene_undo")  # fmt: skip
    if scene is None:
        empty(
            "シーンがまだありません。",
            "見せたいページを開いて「シーンに加える」を押すか、「用意されたセット」を選びます。",
        )
        return
    left, right = st.columns([2, 3], gap="large")
    with left:
        _order(scene)
    with right:
        _scene(scene)


def _order(scene: Scene) -> None:
    held = in_hand()
    key = f"scene_set_title_{held.rounds}"
    st.text_input("セットの題名", value=held.scene_set.title, max_chars=120, key=key,
                  on_change=lambda: rename(st.session_state[key]))  # fmt: skip
    scenes = held.scene_set.scenes
    titles = {each.scene_id: f"{n}　{_mark(each)}{each.title}" for n, each in enumerate(scenes, 1)}
    ids = list(titles)
    chosen = f"scene_open_{held.rounds}"
    st.radio(f"シーン（{len(ids)}／{MOST_SCENES}）", ids, index=ids.index(scene.scene_id),
             format_func=lambda each: titles.get(each, ""), key=chosen, on_change=_open,
             args=(chosen,))  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        place = ids.index(scene.scene_id)
        st.button("上へ", key="scene_up", on_click=move, args=(-1,), disabled=place == 0)
        is_last = place == len(ids) - 1
        st.button("下へ", key="scene_down", on_click=move, args=(1,), disabled=is_last)
        st.button("複製", key="scene_copy", on_click=duplicate, disabled=is_full())
        st.button("消す", key="scene_remove", on_click=remove)
    st.caption(_KEPT)


def _mark(scene: Scene) -> str:
    return "（示せません）" if known_problem(scene) else ""


def _open(key: str) -> None:
    in_hand().open_id = st.session_state[key]


def _scene(scene: Scene) -> None:
    key = f"{scene.scene_id}_{in_hand().rounds}"
    title = st.text_input("シーンの題名", value=scene.title, max_chars=120, key=f"title_{key}")
    note = st.text_area("進行メモ（進行役の画面だけに出ます）", value=scene.note, max_chars=5_000,
                        height=180, key=f"note_{key}")  # fmt: skip
    question = edit_question(scene)
    changed = replace(scene, title=title.strip() or scene.title, note=note, question=question)
    if changed != scene:
        write(changed)
    st.caption(f"{_place(scene)}　{PAGES[scene.page]}")
    if problem := known_problem(scene):
        st.warning(f"このシーンは、いまのデータでは示せません。{plain(problem)}")
    _look(changed)


def _place(scene: Scene) -> str:
    area = area_of(dict(scene.query).get("area", NATION))
    return area.name if area else "いまはない地域"


def _look(scene: Scene) -> None:
    """Offer the page of the scene, the projector, the scene as participants see it, and a PNG."""
    with st.container(horizontal=True, gap="small"):
        if st.button("ページを開く", key="scene_visit"):
            start_anew()
            st.switch_page(f"pages/{scene.page}.py", query_params=dict(scene.query))
        if st.button("ここから投影する", key="scene_play"):
            play(current_set(), current_set().scenes.index(scene))
        st.download_button("PNG を保存", data=partial(scene_png, scene), mime="image/png",
                           file_name=f"scene_{scene.scene_id}.png", on_click="ignore",
                           key="scene_png")  # fmt: skip
        seen = st.toggle("参加者に見えるものを確かめる", key="scene_preview")
    if not seen:
        return
    with st.spinner("シーンを用意しています…"):
        rendered = render([scene])[0]
    draw_rendered(rendered)
    figures = sum(part.kind == "figure" for part in rendered.parts)
    for number in range(1, figures):
        st.download_button(f"{number + 1}つ目の図を PNG で保存", mime="image/png",
                           data=partial(figure_png, rendered, number),
                           file_name=f"scene_{scene.scene_id}_{number + 1}.png",
                           on_click="ignore", key=f"scene_png_{number}")  # fmt: skip
    st.caption(f"アドレス：`{address_of(scene)}`")
