"""Where sets of scenes come from and go to: ready ones, files, and the server for staff."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from access.roles import Action, may
from analytics.areas import areas_inside
from data.errors import UserError
from ui.actor import current_actor
from ui.blocks import plain
from ui.question_editor import proposed_choices
from ui.scene_file_choice import chosen_file
from ui.scene_rendering import render
from ui.scenes_in_hand import current_set, in_hand, take_up
from ui.selection import NATION, area_of, current_area
from ui.store import ask, store
from workshop.rendered import RenderedScene
from workshop.scene_files import JSON_TYPE, from_json, to_json
from workshop.scene_sets import SavedSet, ready_sets, remove_set, save_set, saved_sets
from workshop.scenes import MOST_SCENES, TO_PREDICT, Scene, SceneSet, new_id, placed

_HOW = {"replace": "いまのセットと置きかえる", "append": "いまのセットの後ろに足す"}


def draw_shelf() -> None:
    """Draw the ways in and out of the set in hand."""
    rounds = in_hand().rounds  # a new key closes the popover after a choice
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"scene_ready_{rounds}"
        with st.popover("用意されたセット", icon=":material/auto_stories:", key=key):
            _ready()
        key = f"scene_import_{rounds}"
        with st.popover("ファイルから読む", icon=":material/upload:", key=key):
            _import()
        st.download_button(
            "シーンをファイルに保存",
            data=partial(to_json, current_set()),  # made on the press, outside of the session
            file_name="scenes.json",
            mime=JSON_TYPE,
            on_click="ignore",
            disabled=not current_set().scenes,
            key="scene_export",
        )
        if may(current_actor(), Action.HOLD_WORKSHOP):
            with st.popover("サーバーに保存", icon=":material/save:", key="scene_saved"):
                _saved()


def saved_root() -> Path:
    """Return the folder in which sets are saved."""
    return store().root


def _ready() -> None:
    own, prefecture = _place()
    area = area_of(own)
    st.caption(f"{area.name if area else own}のデータで作ります。地域は左上で選べます。")
    for key, ready in ready_sets().items():
        asked = sum(scene.question is not None for scene in ready.scenes)
        label = f"{ready.title}（{len(ready.scenes)}シーン、問い{asked}）"
        if st.button(label, key=f"scene_ready_{key}"):
            made = with_questions(placed(ready, own=own, prefecture=prefecture))
            take_up(f"「{ready.title}」を読む", made, key=None, version=None)
            st.rerun()


def _place() -> tuple[str, str]:
    """Return the area in view and its prefecture; where that is the nation, one is chosen."""
    area = current_area()
    if not area.is_nation:
        return area.code, area.prefecture_code or area.code
    found = ask(areas_inside, area_code=NATION, level="prefecture")
    names = dict(zip(found["area_code"], found["area_name"], strict=True))
    if not names:
        return NATION, NATION
    code = st.selectbox("都道府県", list(names), format_func=names.__getitem__,
                        key="scene_ready_place")  # fmt: skip
    return code, code


def with_questions(scene_set: SceneSet) -> SceneSet:
    """Return a placed set with its questions made from the pictures of the area, with progress."""
    total = len(scene_set.scenes)
    bar = st.progress(0.0, "シーンを用意しています…")

    def told(done: int) -> None:
        bar.progress(done / total, f"シーンを用意しています {done}／{total}")

    found = render(scene_set.scenes, on_done=told)
    bar.empty()
    scenes = (_asked(*pair) for pair in zip(scene_set.scenes, found, strict=True))
    return replace(scene_set, scenes=tuple(scenes))


def _asked(scene: Scene, rendered: RenderedScene) -> Scene:
    wanted = scene.question
    if wanted is None or wanted not in TO_PREDICT.values():
        return scene
    fitting = (each for each in proposed_choices(rendered) if wanted.text in each.text)
    return replace(scene, question=next(fitting, None))


def _import() -> None:
    how = st.radio("読み方", list(_HOW), format_func=_HOW.__getitem__, key="scene_import_how",
                   horizontal=True)  # fmt: skip
    chosen = chosen_file(f"scene_file_{in_hand().rounds}")
    if chosen is None:
        return
    name, content = chosen
    try:
        read = from_json(content)
        taken = read if how == "replace" else joined(current_set(), read)
    except UserError as error:
        _tell(error)
        return
    take_up(f"「{name}」を読む", taken, key=None, version=None)
    st.rerun()


def joined(first: SceneSet, second: SceneSet) -> SceneSet:
    """Return two sets as one, under the title of the first."""
    if len(first.scenes) + len(second.scenes) > MOST_SCENES:
        raise UserError(
            f"合わせると{MOST_SCENES}シーンを超えます。",
            "要らないシーンを消してから足してください。",
        )
    new = tuple(replace(scene, scene_id=new_id()) for scene in second.scenes)
    return replace(first, scenes=(*first.scenes, *new))


def _tell(error: UserError) -> None:
    st.error(plain(str(error)).replace("\n", "  \n"), icon=":material/error:")


def _saved() -> None:
    """Save the set in hand, and list what this person has saved."""
    root, actor, held = saved_root(), current_actor(), in_hand()
    try:
        if held.saved_key and st.button("上書きして保存", key="scene_save_again"):
            _keep(held.saved_key)
        if st.button("新しいセットとして保存", key="scene_save_new"):
            _keep(None)
        kept = {each.key: each for each in saved_sets(root, actor=actor)}
        if not kept:
            st.caption("保存したセットは、まだありません。")
            return
        key = st.selectbox("保存したセット", list(kept), format_func=lambda k: _label(kept[k]),
                           key="scene_saved_choice")  # fmt: skip
        _draw_saved(kept[key])
    except UserError as error:
        _tell(error)


def _keep(key: str | None) -> None:
    held = in_hand()
    done = save_set(
        saved_root(),
        actor=current_actor(),
        key=key,
        scene_set=held.scene_set,
        version=held.saved_version,
    )
    held.saved_key, held.saved_version = done.key, done.version
    st.success("保存しました。")


def _label(kept: SavedSet) -> str:
    when = kept.changed_at[:16].replace("T", " ")
    return f"{kept.scene_set.title}（{len(kept.scene_set.scenes)}シーン、{when}）"


def _draw_saved(kept: SavedSet) -> None:
    if kept.problem:
        st.warning(plain(kept.problem).replace("\n", "  \n"))
    elif st.button("読み込む", key="scene_saved_open"):
        what = f"「{kept.scene_set.title}」を読み込む"
        take_up(what, kept.scene_set, key=kept.key, version=kept.version)
        st.rerun()
    if st.button("サーバーから消す", key="scene_saved_remove"):
        remove_set(saved_root(), actor=current_actor(), key=kept.key, version=kept.version)
        st.rerun()
