"""The way back for participants who look around in the dashboard: one press to their room."""

from __future__ import annotations

import streamlit as st

from ui.address import read, write
from ui.redirect import lead_to
from workshop.codes import normal_code

PARAM = "room"


def room_return() -> None:
    """Draw 「ルームに戻る」 where the address names a room."""
    typed = read(PARAM)
    if typed is None:
        return
    code = normal_code(typed)
    if code is None:
        st.warning(f"「{typed[:20]}」は、ルームの番号ではありません。")
        write(PARAM, None)
    elif st.button("ルームに戻る", icon=":material/arrow_back:", key="room_return", type="primary"):
        lead_to(f"/room/{code}")
