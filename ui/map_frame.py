"""What part of the land a map shows: the main part, or far islands too."""

from __future__ import annotations

import streamlit as st

from analytics.geometry import map_frame
from ui.store import ask

NAMED = 8
Extent = tuple[float, float, float, float]


def choose_extent(*, level: str, parent: str, own_code: str | None = None) -> Extent | None:
    """Return the box to show; where areas lie outside it, name them and offer to show all."""
    frame = ask(map_frame, level=level, parent=parent, own_code=own_code)
    if frame is None or not frame.outside:
        return None if frame is None else frame.extent
    if st.toggle("離島も含めて表示", key=f"islands_{level}_{parent}"):
        return None
    st.caption(_outside_words(frame.outside))
    return frame.extent


def _outside_words(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:NAMED])
    more = f"ほか{len(names) - NAMED}地域" if len(names) > NAMED else ""
    return f"地図の枠の外：{shown}{more}"
