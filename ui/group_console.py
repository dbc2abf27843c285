"""The groups of a room as their facilitator makes and changes them, and reads all their sheets."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

from analytics.areas import areas_inside
from data.catalogue import load_catalogue
from data.errors import UserError
from ui.actor import current_actor
from ui.blocks import plain
from ui.profile_sheet import MUNICIPAL
from ui.redirect import with_base
from ui.selection import Area, area_of, choose, current_area
from ui.store import ask, served, store
from workshop.file import RoomGone
from workshop.groups import (
    MAX_GROUPS,
    MAX_NAME,
    Group,
    begin_exercise,
    end_exercise,
    exercise_of,
    groups_of,
    make_group,
    remove,
    removed_groups,
    rename,
    restore,
)
from workshop.rooms import Room
from workshop.sheet_fields import SheetSection, sections
from workshop.sheets import PICKED, Sheet, sheets_of

LOOK_EVERY = 3.0
USUAL_GROUPS = 4
BESIDE = 3
EXERCISE = "研修（カ）のロジックモデルの演習を始める"
_TOLD = "groups_told"
_UNDECIDED = ""


def draw_groups(room: Room) -> None:
    """Draw what makes and changes the groups of a room, and all their sheets side by side."""
    groups = groups_of(store().root, code=room.code)
    _draw_told()
    _draw_making(room, groups)
    _draw_exercise(room, groups)
    if not groups:
        st.info("グループを作ると、参加者のルームに「グループの作業」が出ます。")
    else:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.link_button("参加者の画面を開く", with_base(f"/room/{room.code}/group"))
            st.caption("参加者は、ルームの「グループの作業」から入ります。")
        titles = {section.key: section.title for section in sections()}
        default = "board" if exercise_of(store().root, code=room.code) else "steps"
        shown = choose("並べて見る部分", titles, param="sheet", default=default, kind="segmented")
        _beside_each_other(room, next(each for each in sections() if each.key == shown))
        with st.expander("名前を変える・削除する"):
            for group in groups:
                _draw_changing(room, group)
    _draw_removed(room)


def _draw_told() -> None:
    told = st.session_state.pop(_TOLD, None)
    if told:
        st.error(told)


def _do(deed: Callable[..., Any], **given: Any) -> None:  # noqa: ANN401
    """Do what was pressed before the page is drawn again; what is refused is told there."""
    try:
        deed(store().root, actor=current_actor(), **given)
    except UserError as error:
        st.session_state[_TOLD] = str(error)


# --- making ----------------------------------------------------------------------------------


def _draw_making(room: Room, groups: tuple[Group, ...]) -> None:
    area = current_area()
    options = {_UNDECIDED: "市区町村を決めない", **_municipalities(served(), area)}
    default = area.code if area.code in options else _UNDECIDED
    form = st.form("make_group", clear_on_submit=True, border=False)
    with form, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.text_input("グループの名前", max_chars=MAX_NAME, width=220,
                             placeholder=_next_name(groups, 0))  # fmt: skip
        code = st.selectbox("市区町村", list(options), index=list(options).index(default),
                            format_func=options.__getitem__, width=260)  # fmt: skip
        if st.form_submit_button("グループを作る", type="primary"):
            chosen = name.strip() or _next_name(groups, 0)
            _do(make_group, code=room.code, name=chosen, area_code=code)
            st.rerun(scope="app")
    if len(options) == 1:
        st.caption("上の地域で都道府県を選ぶと、その市区町村から選べます。")


@lru_cache(maxsize=64)
def _municipalities(store_key: str, area: Area) -> dict[str, str]:
    if area.prefecture_code is None:
        return {}
    found = ask(areas_inside, area_code=area.prefecture_code, level="municipality")
    return dict(zip(found["area_code"].astype(str), found["area_name"].astype(str), strict=True))


def _next_name(groups: tuple[Group, ...], ahead: int) -> str:
    taken = {group.name for group in groups}
    free = [f"{number}班" for number in range(1, 2 * MAX_GROUPS) if f"{number}班" not in taken]
    return free[ahead]


def _draw_exercise(room: Room, groups: tuple[Group, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if exercise_of(store().root, code=room.code):
            st.button("演習の例を消す", key="end_exercise", on_click=_do,
                      args=(end_exercise,), kwargs={"code": room.code})  # fmt: skip
            title = load_catalogue().documents[_board().source].short_title
            st.caption(
                f"演習中：どのシートもロジックモデルで開き、例（{title}）を示しています。"
                "欄には何も書き込んでいません。"
            )
            return
        st.button(EXERCISE, key="begin_exercise", on_click=_begin, args=(room, groups))
        st.caption(
            f"グループがなければ{USUAL_GROUPS}班を作り、ロジックモデルの各欄に資料の例を添えます。"
        )


def _board() -> SheetSection:
    return next(section for section in sections() if section.key == "board")


def _begin(room: Room, groups: tuple[Group, ...]) -> None:
    area = current_area()
    code = area.code if area.area_type in MUNICIPAL else _UNDECIDED
    if not groups:
        for ahead in range(USUAL_GROUPS):
            _do(make_group, code=room.code, name=_next_name((), ahead), area_code=code)
    _do(begin_exercise, code=room.code)


# --- changing --------------------------------------------------------------------------------


def _draw_changing(room: Room, group: Group) -> None:
    key = f"name_{group.group_id}"
    at = {"code": room.code, "group_id": group.group_id}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input("名前", value=group.name, key=key, max_chars=MAX_NAME, width=260,
                      on_change=_rename, args=(key, at))  # fmt: skip
        st.button("削除", key=f"remove_{group.group_id}", on_click=_do, args=(remove,), kwargs=at)


def _rename(key: str, at: dict[str, str]) -> None:
    _do(rename, name=str(st.session_state[key]), **at)


def _draw_removed(room: Room) -> None:
    for group in removed_groups(store().root, code=room.code):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text(f"「{group.name}」を削除しました。書いたことは残っています。")
            st.button("元に戻す", key=f"restore_{group.group_id}", on_click=_do, args=(restore,),
                      kwargs={"code": room.code, "group_id": group.group_id})  # fmt: skip


# --- side by side ----------------------------------------------------------------------------


@st.fragment(run_every=LOOK_EVERY)
def _beside_each_other(room: Room, section: SheetSection) -> None:
    """Draw what all groups have written in a section, again every few seconds."""
    try:
        sheets = sheets_of(store().root, code=room.code)
    except RoomGone:
        st.rerun(scope="app")
    for start in range(0, len(sheets), BESIDE):
        row = sheets[start : start + BESIDE]
        for place, sheet in zip(st.columns(BESIDE, gap="small"), row, strict=False):
            with place, st.container(border=True, gap="xsmall"):
                _draw_sheet(sheet, section)


def _draw_sheet(sheet: Sheet, section: SheetSection) -> None:
    area = area_of(sheet.group.area_code) if sheet.group.area_code else None
    st.markdown(f"**{plain(sheet.group.name)}**　{plain(area.name) if area else ''}")
    written = [field for field in section.fields if sheet.texts.get(field.key)]
    st.caption(f"書いた欄 {len(written)}／{len(section.fields)}")
    for field in section.fields:
        lines = [sheet.texts.get(field.key, ""), *_picks(sheet, field.pick)]
        told = "\n".join(line for line in lines if line)
        if told:
            st.caption(plain(field.label))
            st.text(told)
        elif not section.is_grid:
            st.caption(f"{plain(field.label)}：まだ")


def _picks(sheet: Sheet, pick: str) -> list[str]:
    """Return a line for each indicator that a group has picked for a field."""
    keys = sheet.picked if pick == PICKED else sheet.board.get(pick.rpartition(".")[2], ())
    entries = load_catalogue().indicators
    targets = {key: f"　目標：{text}" for key, text in sheet.targets.items()}
    more = targets if pick == PICKED else {}
    return [f"・{entries[key].title}{more.get(key, '')}" for key in keys if key in entries]
