"""The areas that stand beside the own one: neighbours to choose, any other by its name."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.areas import areas_inside, find_area, search_areas
from analytics.groups import Group
from ui.blocks import plain
from ui.groups import NO_GROUP, all_groups
from ui.labels import area_type_label
from ui.parts import siblings_of
from ui.population_choice import Beside, group_name
from ui.selection import NATION, Area, choose, read, write
from ui.store import ask, served

MOST_BESIDE = 5


def beside(area: Area) -> Beside:
    """Let the viewer choose areas and a group to stand beside the own area."""
    kept = _asked(area)
    options = _options(served(), area, read("parent"), tuple(kept))
    chosen = choose("並べる地域（5つまで）", options, param="with", default=(), kind="multi")
    if len(chosen) > MOST_BESIDE:
        st.warning(f"並べられるのは{MOST_BESIDE + 1}地域までです。後の地域は描きません。")
    adds = st.session_state.setdefault("beside_adds", 0)  # a new key closes it after a choice
    with st.popover("ほかを足す", icon=":material/add:", key=f"add_beside_{adds}"):
        group = _group(area)
        _add_by_name(area, tuple(chosen), key=f"beside_search_{adds}")
    return Beside(tuple(chosen[:MOST_BESIDE]), group)


def area_name(code: str) -> str:
    """Return the name of an area that stands beside the own one."""
    return _name_of(served(), code) or code


def _asked(area: Area) -> list[str]:
    """Return the known codes in the address, each once; say which of them are unknown."""
    asked = [code for code in (read("with") or "").split(",") if code]
    unknown = [code for code in asked if _name_of(served(), code) is None]
    if unknown:
        st.warning(f"並べる地域のコード「{unknown[0][:20]}」はありません。除いて表示します。")
    kept = [code for code in dict.fromkeys(asked) if code not in (*unknown, area.code)]
    if asked != kept:
        write("with", ",".join(kept) or None)
    return kept


@lru_cache(maxsize=1_000)
def _options(
    store_key: str, area: Area, parent: str | None, kept: tuple[str, ...]
) -> dict[str, str]:
    """Return the areas of the same kind around the own one, and those that are chosen already."""
    if area.is_nation:
        around = _names_inside(NATION, "prefecture")
    else:
        scope = siblings_of(area)
        around = _names_inside(scope.parent_code, scope.level)
    around.pop(area.code, None)
    return {**around, **{code: _name_of(store_key, code) or code for code in kept}}


def _names_inside(parent: str, level: str) -> dict[str, str]:
    found = ask(areas_inside, area_code=parent, level=level)
    return dict(zip(found["area_code"], found["area_name"], strict=True))


@lru_cache(maxsize=4_000)
def _name_of(store_key: str, code: str) -> str | None:
    found = ask(find_area, area_code=code)
    return None if found.empty or not found["valid_to"].isna().all() else str(found.at[0, "name"])


@lru_cache(maxsize=256)
def _names_of_groups(groups: tuple[Group, ...]) -> dict[str, str]:
    return {NO_GROUP: "足さない", **{group.key: group_name(group) for group in groups}}


def _group(area: Area) -> Group | None:
    """Let the viewer choose a group of the prefecture, or one of those made in the comparison."""
    groups = all_groups(area)
    chosen = choose("足すグループ", _names_of_groups(groups), param="group", default=NO_GROUP)
    return next((group for group in groups if group.key == chosen), None)


def _add_by_name(area: Area, chosen: tuple[str, ...], *, key: str) -> None:
    """Offer areas of any kind and prefecture by their names."""
    text = st.text_input("足す地域の名前・よみ・コード", key=key, max_chars=40)
    if not text.strip():
        st.caption("名前の一部か、よみがなを入れて Enter を押します。")
        return
    found = ask(search_areas, text=text.strip())
    fresh = found[~found["area_code"].isin([area.code, *chosen])]
    if fresh.empty:
        st.text(f"「{text.strip()}」に合う、まだ並べていない地域はありません。")
    for row in fresh.itertuples():
        home = f"（{row.prefecture_name}）" if isinstance(row.prefecture_name, str) else ""
        words = f"{row.area_name}{home}・{area_type_label(str(row.area_type))}"
        st.button(plain(words), key=f"beside_{row.area_code}", on_click=_added,
                  args=(str(row.area_code), chosen), width="stretch",
                  disabled=len(chosen) >= MOST_BESIDE)  # fmt: skip


def _added(code: str, chosen: tuple[str, ...]) -> None:
    st.session_state["beside_adds"] += 1
    write("with", ",".join((*chosen, code)))
