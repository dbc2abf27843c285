"""What part of the land a map shows: the main part, or far islands too."""

from __future__ import annotations

import json
from functools import lru_cache

import streamlit as st

from analytics.areas import areas_inside
from analytics.geometry import MapFrame, map_frame, topology_text
from analytics.land import main_parts_box
from ui.hidden import veiled_text
from ui.selection import read, write
from ui.store import ask, served

NAMED = 8
PARAM = "islands"
_SHOWN = "1"
Extent = tuple[float, float, float, float]


def choose_extent(*, level: str, parent: str, own_code: str | None = None) -> Extent | None:
    """Return the box to show; where areas lie outside it, name them and offer to show all."""
    frame: MapFrame | None = ask(map_frame, level=level, parent=parent, own_code=own_code)
    if frame is None or not frame.outside:
        return None if frame is None else frame.extent
    if _wants_islands(f"islands_{level}_{parent}"):
        return whole_extent(served(), level, parent)
    st.caption(veiled_text(_outside_words(frame.outside)))
    return frame.extent


def _wants_islands(key: str) -> bool:
    code = read(PARAM)
    if code not in (None, _SHOWN):
        st.warning(f"「離島も含めて表示」に指定された「{code[:20]}」は使えません。")
        write(PARAM, None)
    last = st.session_state.setdefault("last_values", {})
    pressed = key in st.session_state and st.session_state[key] != last.get(key)
    if not pressed:
        st.session_state[key] = code == _SHOWN
    wanted = last[key] = st.toggle("離島も含めて表示", key=key)
    write(PARAM, _SHOWN if wanted else None)
    return wanted


@lru_cache(maxsize=256)
def whole_extent(store_key: str, level: str, parent: str) -> Extent | None:
    """Return the box around the largest part of every area of a level inside an area."""
    codes = tuple(ask(areas_inside, area_code=parent, level=level)["area_code"])
    found: Extent | None = ask(main_parts_box, area_codes=codes)
    if found is not None:
        return found
    text = ask(topology_text, level=level, parent=parent)
    box: list[float] | None = json.loads(text).get("bbox") if text else None
    return (box[0], box[1], box[2], box[3]) if box else None


def _outside_words(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:NAMED])
    more = f"ほか{len(names) - NAMED}地域" if len(names) > NAMED else ""
    return f"地図の枠の外：{shown}{more}"
