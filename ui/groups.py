"""Choosing a group of areas, and making, renaming, deleting, saving and loading one's own."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.areas import areas_inside
from analytics.groups import Group, known_codes, ready_groups
from ui.gate import small_upload_here
from ui.group_address import (
    FILE_BYTES,
    MOST_CODES,
    MOST_GROUPS,
    NAME_LENGTH,
    OWN,
    TEXT_LENGTH,
    Reading,
    as_file,
    as_text,
    from_file,
    from_text,
    own_group,
    plain_name,
)
from ui.selection import NATION, Area, choose, read, write
from ui.store import ask, served

NO_GROUP = "none"
_TEXT, _CHOSEN = "groups", "group"
_BEFORE = "groups_before"
_SAID = "groups_said"
_KINDS = {"size-": "人口規模", "ageing-": "高齢化", "kind-": "種別", OWN: "自作"}


def own_groups() -> tuple[Group, ...]:
    """Return the viewer's groups of the address; what is left out of it is said."""
    reading = _reading(served(), read(_TEXT))
    for notice in reading.notices:
        st.warning(notice)
    if reading.notices:
        write(_TEXT, as_text(reading.groups))
    return reading.groups


def all_groups(area: Area) -> tuple[Group, ...]:
    """Return the viewer's groups and those that are ready for the prefecture of the area."""
    return (*own_groups(), *ask(ready_groups, prefecture_code=area.prefecture_code))


def group_picker(area: Area, *, label: str = "グループ") -> Group | None:
    """Let the viewer choose a group or make one, in the row of the caller; or choose none."""
    groups = {group.key: group for group in all_groups(area)}
    words = {NO_GROUP: "選ばない", **{key: _words(group) for key, group in groups.items()}}
    chosen = choose(label, words, param=_CHOSEN, default=NO_GROUP, width=150)
    editor = st.popover("作る・直す", help="グループを作る・直す", key="group_editor",
                        icon=":material/group_add:", on_change="rerun")  # fmt: skip
    with editor:
        if editor.open:
            _editor(area)
    return groups.get(chosen)


def keep_group(name: str, codes: tuple[str, ...]) -> None:
    """Add a group, or put it in the place of one with the same name; call it from a callback."""
    groups = {group.key: group for group in _own()}
    made = own_group(name, codes[:MOST_CODES])
    if not made.name or not made.codes:
        _say("名前と、一つ以上の地域が必要です。")
        return
    if made.key not in groups and len(groups) >= MOST_GROUPS:
        _say(f"グループは{MOST_GROUPS}個までです。どれかを削除してください。")
        return
    if _put((*(g for key, g in groups.items() if key != made.key), made)):
        write(_CHOSEN, made.key)


def _words(group: Group) -> str:
    kind = next((words for start, words in _KINDS.items() if group.key.startswith(start)), "圏域")
    return f"{kind}：{group.name}（{len(group.codes):,}）"


@lru_cache(maxsize=256)
def _reading(store_key: str, text: str | None) -> Reading:
    return from_text(text, known=lambda codes: ask(known_codes, codes=codes))


def _own() -> tuple[Group, ...]:
    return _reading(served(), read(_TEXT)).groups


def _say(words: str) -> None:
    st.session_state[_SAID] = words


def _put(groups: tuple[Group, ...]) -> bool:
    """Write the groups into the address, unless that would make it too long for a link."""
    text = as_text(groups)
    if text and len(text) > TEXT_LENGTH:
        _say("グループが多すぎて、リンクに入りません。地域かグループを減らしてください。")
        return False
    st.session_state[_BEFORE] = (read(_TEXT), read(_CHOSEN))
    write(_TEXT, text)
    return True


def _editor(area: Area) -> None:
    if said := st.session_state.pop(_SAID, None):
        st.warning(said)
    _make(area)
    own = {group.key: group for group in _own()}
    if own:
        _mend(own)
    else:
        st.caption(
            "作ったグループはまだありません。グループはリンクに入り、受け取った人も使えます。"
        )
    _files(tuple(own.values()))
    if _BEFORE in st.session_state:
        st.button("直前の変更を元に戻す", icon=":material/undo:", on_click=_undo, key="groups_undo")


def _make(area: Area) -> None:
    options = _members(served(), area.prefecture_code or NATION)
    st.text_input("グループの名前", key="group_name", max_chars=NAME_LENGTH,
                  placeholder="例：南部")  # fmt: skip
    st.multiselect("入れる地域", list(options), format_func=lambda code: options.get(code, code),
                   key="group_members", max_selections=MOST_CODES,
                   placeholder="地域を選んでください")  # fmt: skip
    st.button("この名前で作る", key="group_make", on_click=_made)


@lru_cache(maxsize=64)
def _members(store_key: str, parent: str) -> dict[str, str]:
    level = "prefecture" if parent == NATION else "municipality"
    found = ask(areas_inside, area_code=parent, level=level)
    return dict(zip(found["area_code"], found["area_name"], strict=True))


def _made() -> None:
    state = st.session_state
    keep_group(state.get("group_name", ""), tuple(state.get("group_members", ())))
    if _SAID not in state:
        state["group_name"], state["group_members"] = "", []


def _mend(own: dict[str, Group]) -> None:
    st.divider()
    st.selectbox("直すグループ", list(own), format_func=lambda key: _words(own[key]),
                 key="group_mended")  # fmt: skip
    st.text_input("新しい名前", key="group_new_name", max_chars=NAME_LENGTH)
    with st.container(horizontal=True):
        st.button("名前を変える", key="group_rename", on_click=_renamed)
        st.button("削除する", key="group_delete", on_click=_deleted)


def _renamed() -> None:
    state, groups = st.session_state, _own()
    name, key = plain_name(state.get("group_new_name", "")), state.get("group_mended")
    if not name or any(group.name == name for group in groups):
        _say("ほかのグループにない名前を入れてください。")
        return
    renamed = tuple(own_group(name, g.codes) if g.key == key else g for g in groups)
    if _put(renamed) and read(_CHOSEN) == key:
        write(_CHOSEN, f"{OWN}{name}")
    state["group_new_name"] = ""


def _deleted() -> None:
    key = st.session_state.get("group_mended")
    if _put(tuple(group for group in _own() if group.key != key)) and read(_CHOSEN) == key:
        write(_CHOSEN, None)


def _undo() -> None:
    text, chosen = st.session_state.pop(_BEFORE)
    write(_TEXT, text)
    write(_CHOSEN, chosen)


def _files(groups: tuple[Group, ...]) -> None:
    st.divider()
    if groups:
        st.download_button("グループをファイルに保存", data=lambda: as_file(groups),
                           file_name="groups.json", mime="application/json", on_click="ignore",
                           key="groups_save")  # fmt: skip
    small_upload_here()
    st.file_uploader("保存したファイルから読み込む", type="json", key="groups_file",
                     max_upload_size=1, on_change=_loaded)  # fmt: skip


def _loaded() -> None:
    file = st.session_state.get("groups_file")
    if file is None:
        return
    content = file.getvalue()[: FILE_BYTES + 1]
    reading = from_file(content, known=lambda codes: ask(known_codes, codes=codes))
    kept = {group.key: group for group in (*_own(), *reading.groups)}
    if reading.notices:
        _say(" ".join(reading.notices))
    if reading.groups and len(kept) <= MOST_GROUPS:
        _put(tuple(kept.values()))
    elif reading.groups:
        _say(f"グループは{MOST_GROUPS}個までです。今のグループを減らしてから読み込んでください。")
