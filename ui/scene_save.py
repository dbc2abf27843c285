"""The button that makes a scene of the page in view, with all its selections."""

from __future__ import annotations

import streamlit as st

from ui.address import STAYING, chosen_words
from ui.scenes_in_hand import append, current_set, is_full
from ui.selection import NATION, current_area
from workshop.scenes import MOST_SCENES, PAGES, Scene, new_id

_TOLD = "scene_added"
# The words of these selections say which picture it is.
_NAMING = ("view", "indicator", "thin", "type")
MOST_LETTERS = 120


def save_button(page_path: str) -> None:
    """Draw the button, on pages of which a scene can be made."""
    page = page_path or "overview"
    if page not in PAGES:
        return
    st.button("シーン*に加える*", icon=":material/add_to_queue:", key="scene_add", on_click=_add,
              args=(page,), type="tertiary",
              help="この画面を、研修・検討会で映すシーンに加えます。")  # fmt: skip
    if told := st.session_state.pop(_TOLD, ""):
        st.toast(told)


def _add(page: str) -> None:
    if is_full():
        st.session_state[_TOLD] = (
            f"シーンは{MOST_SCENES}までです。「研修・検討会」のページで、要らないものを消してください。"
        )
        return
    chosen = {param: code for param, code in st.query_params.items() if param not in STAYING}
    query = {"area": NATION} | chosen  # said outright: where one opens it, another may be chosen
    append(Scene(new_id(), proposed_title(page), page, tuple(query.items())))
    number = len(current_set().scenes)
    st.session_state[_TOLD] = (
        f"シーン{number}に加えました。「研修・検討会」のページで並べて直せます。"
    )


def proposed_title(page: str) -> str:
    """Return a title from the place, the page and the words of what is chosen on it."""
    words = [chosen_words(param) for param in _NAMING]
    shown = "・".join(dict.fromkeys(word for word in words if word))
    title = f"{current_area().name}　{PAGES[page]}{'：' if shown else ''}{shown}"
    return title[:MOST_LETTERS]
