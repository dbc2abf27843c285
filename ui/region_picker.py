"""The region picker: nation, prefecture, area within it, municipality, ward; and search."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.areas import areas_inside, find_area, parents_of, search_areas
from ui.labels import area_type_label
from ui.selection import NATION, Area, current_area, go_to, read
from ui.store import ask, served

_WHOLE = "whole"


def region_picker() -> Area:
    """Draw the picker in the row of the caller and return the area that is chosen."""
    area = current_area()
    _prefectures(area)
    if area.prefecture_code:
        _areas_between(area)
        _municipalities(area)
    if _city(area):
        _wards(area)
    _search()
    return area


def breadcrumbs() -> str:
    """Return where the chosen area lies, from the nation down."""
    return "　›　".join(_trail(current_area()))


def _trail(area: Area) -> list[str]:
    trail = [_nation_name(served())]
    if area.prefecture_code and area.area_type != "prefecture" and area.prefecture_name:
        trail.append(area.prefecture_name)
    parent = _between(area)
    if parent and parent != area.code:
        trail.append(_parents(served(), area.code)[parent][1])
    if not area.is_nation:
        trail.append(area.name)
    return trail


@lru_cache(maxsize=8)
def _nation_name(store_key: str) -> str:
    found = ask(find_area, area_code=NATION)
    return "全国" if found.empty else str(found.at[0, "name"])


@lru_cache(maxsize=2_000)
def _parents(store_key: str, code: str) -> dict[str, tuple[str, str]]:
    """Return kind and name of the areas in which an area lies, by code."""
    found = ask(parents_of, area_code=code)
    columns = (found["area_code"], found["area_type"], found["area_name"])
    return {parent: (kind, str(name)) for parent, kind, name in zip(*columns, strict=True)}


def _pick(label: str, options: dict[str, str], *, key: str, chosen: str, above: str,
          parent: str | None = None) -> None:  # fmt: skip
    """Draw one select box whose change moves to another area; the whole means `above`.

    What is chosen speaks for itself, so the label is kept for screen readers only.
    """
    st.session_state[key] = chosen if chosen in options else _WHOLE

    def moved() -> None:
        code = st.session_state[key]
        go_to(above if code == _WHOLE else code, parent=parent)

    st.selectbox(label, list(options), format_func=lambda code: options.get(code, code), key=key,
                 on_change=moved, label_visibility="collapsed")  # fmt: skip


@lru_cache(maxsize=2_000)
def _named(store_key: str, parent: str, level: str) -> dict[str, str]:
    """Return the areas of a level inside an area by code, with their reading where there is one."""
    found = ask(areas_inside, area_code=parent, level=level)
    return {
        str(code): f"{name}　{kana}" if isinstance(kana, str) and level != "prefecture" else name
        for code, name, kana in zip(
            found["area_code"], found["area_name"], found["name_kana"], strict=True
        )
    }


def _prefectures(area: Area) -> None:
    options = {_WHOLE: _nation_name(served()), **_named(served(), NATION, "prefecture")}
    _pick("都道府県", options, key="pick_prefecture", chosen=area.prefecture_code or _WHOLE,
          above=NATION)  # fmt: skip


def _between(area: Area) -> str | None:
    """Return the medical or other area through which the municipality was reached."""
    if area.area_type not in ("nation", "prefecture", "municipality", "designated_city", "ward"):
        return area.code
    parent = read("parent")
    return parent if parent in _parents(served(), area.code) else None


def _areas_between(area: Area) -> None:
    parts = _parts_of_prefecture(served(), str(area.prefecture_code))
    if not parts:
        return
    kinds = {kind for kind, _ in parts.values()}
    label = area_type_label(next(iter(kinds))) if len(kinds) == 1 else "圏域"
    words = {
        code: name if len(kinds) == 1 else f"{area_type_label(kind)}：{name}"
        for code, (kind, name) in parts.items()
    }
    _pick(label, {_WHOLE: f"{label}：すべて", **words}, key="pick_between",
          chosen=_between(area) or _WHOLE, above=str(area.prefecture_code))  # fmt: skip


@lru_cache(maxsize=200)
def _parts_of_prefecture(store_key: str, prefecture_code: str) -> dict[str, tuple[str, str]]:
    from_levels = ("secondary_medical_area", "planning_area", "elderly_welfare_area",
                   "health_center_area", "home_medical_area")  # fmt: skip
    parts: dict[str, tuple[str, str]] = {}
    for level in from_levels:
        found = ask(areas_inside, area_code=prefecture_code, level=level)
        parts |= {
            code: (level, name)
            for code, name in zip(found["area_code"], found["area_name"], strict=True)
        }
    return parts


def _city(area: Area) -> str | None:
    """Return the designated city whose wards can be chosen."""
    if area.area_type == "designated_city":
        return area.code
    if area.area_type == "ward":
        parents = _parents(served(), area.code).items()
        return next((code for code, (kind, _) in parents if kind == "designated_city"), None)
    return None


def _municipalities(area: Area) -> None:
    between = _between(area)
    above = between or str(area.prefecture_code)
    options = {_WHOLE: "市区町村：すべて", **_named(served(), above, "municipality")}
    _pick("市区町村", options, key="pick_municipality", chosen=_city(area) or area.code,
          above=above, parent=between)  # fmt: skip


def _wards(area: Area) -> None:
    city = str(_city(area))
    city_name = str(ask(find_area, area_code=city).at[0, "name"])
    wards = _named(served(), city, "ward").items()
    options = {_WHOLE: "行政区：すべて", **{code: n.removeprefix(city_name) for code, n in wards}}
    _pick("行政区", options, key="pick_ward", chosen=area.code, above=city)


def _search() -> None:
    # a new key closes the popover after a choice
    searches = st.session_state.setdefault("region_searches", 0)
    with st.popover(
        "*名前で*探す",
        icon=":material/search:",
        type="tertiary",
        width="content",
        key=f"region_search_{searches}",
    ):
        text = st.text_input("地域の名前・よみ・コード", key="region_search",
                             placeholder="例：ちゅうおう、中央、5けたのコード")  # fmt: skip
        if not text.strip():
            st.caption("名前の一部か、よみがな（ひらがな・カタカナ）を入れて Enter を押します。")
            return
        found = ask(search_areas, text=text.strip()[:40])
        if found.empty:
            st.text(f"「{text.strip()[:40]}」に合う地域はありません。")
            return
        for row in found.itertuples():
            place = f"（{row.prefecture_name}）" if isinstance(row.prefecture_name, str) else ""
            kind = area_type_label(str(row.area_type))
            st.button(f"{row.area_name}{place}・{kind}", key=f"found_{row.area_code}",
                      on_click=_found, args=(str(row.area_code),), width="stretch")  # fmt: skip


def _found(code: str) -> None:
    st.session_state["region_search"] = ""
    st.session_state["region_searches"] += 1
    go_to(code)
