"""The projector view: the picture, its sentence and its source, in letters for a hall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from charts.projected import projected
from ui.address import read, write

PARAM = "stage"
KEY = "P"
PLAYING = "playing"  # in the session: see ui.scene_player
STYLE = Path(__file__).with_name("projector.css")
PAGES_OF_WORK = ("workshop", "upload", "admin")
_ON = "1"
HINT = "Esc か P で投影モードを終わります。右下に指すと、全画面などのボタンが出ます。"


def is_on_stage() -> bool:
    """Tell whether the page is shown on a projector; asked for by nearly every part of a page."""
    return st.query_params.get(PARAM) == _ON  # settle_stage has taken the choice over


def settle_stage(page_path: str) -> None:
    """Drop the projector view where a page is only for work, or where the code means nothing."""
    code = read(PARAM)
    if code not in (None, _ON):
        st.warning(f"「投影モード」に指定された「{code[:20]}」は使えません。")
    if code is not None and (code != _ON or page_path in PAGES_OF_WORK):
        write(PARAM, None)


def projector_switch(page_path: str) -> None:
    """Draw the switch that begins the projector view; the choice travels in the address."""
    if not is_on_stage() and page_path not in PAGES_OF_WORK:
        st.button("投影*モード*", icon=":material/present_to_all:", shortcut=KEY, type="tertiary",
                  key="stage_begin", on_click=_begin,
                  help="図と文だけを、会場で読める大きさで映します。")  # fmt: skip


def stage_place(trail: str) -> None:
    """Print in large letters which area is one's own here, and where it lies."""
    *around, own = trail.split("　›　")
    with st.container(key="stage_place"):
        st.text(
            "　".join(
                [f"この地域：{own}", *(["（" + "　›　".join(around) + "）"] if around else [])]
            )
        )


def stage_bar(*keys: Callable[[], None]) -> None:
    """Draw what a presenter needs on the stage: seen only where one points at the corner."""
    st.html(STYLE)
    with st.container(key="stage_bar", horizontal=True, width="content"):
        for draw in keys:
            draw()
        st.button("終わる", shortcut="Esc", key="stage_end", on_click=end_stage)
        st.button("終わる", shortcut=KEY, key="stage_end_by_key", on_click=end_stage)


def _begin() -> None:
    st.session_state.pop(PLAYING, None)
    write(PARAM, _ON)
    st.toast(HINT)


def end_stage() -> None:
    """Show the page with its controls again, and end what is played; call it from a callback."""
    st.session_state.pop(PLAYING, None)
    write(PARAM, None)


def shown(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a figure as it is, or as a projector shows it."""
    return projected(spec) if is_on_stage() else spec


def small_print(line: str) -> None:
    """Print the source: on the stage it stays, where other small print goes."""
    if is_on_stage():
        st.markdown(line)
    else:
        st.caption(line)
