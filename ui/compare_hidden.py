"""The switch that puts letters in the place of the names of all areas but the own one."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.hidden_names import letters_of, without_names
from analytics.scope import Scope, part_codes
from ui.selection import read, write
from ui.store import ask

PARAM = "hide"
NOTE = (
    "名前を隠しています。表・図・ファイルの地域は文字で示し、この地域だけ名前を出します。"
    "分子・分母の数から推測できることがあります。"
)
NO_MAP = (
    "名前を隠している間は、地図を示しません。",
    "地域の形で名前がわかるためです。「名前を隠す」を切ると表示されます。",
)
NO_SIMILAR = (
    "名前を隠している間は、似た市区町村を示しません。",
    "どの市区町村が似ているかは、名前なしでは示せないためです。",
)
# These name an area by its code in the address, or by its letter.
_NAMING = ("left", "right", "like", "lines")


def choose_hiding() -> bool:
    """Let the viewer hide the names; the choice travels in the address."""
    code, key = read(PARAM), "hide_names"
    if code not in (None, "1"):
        st.warning(f"「名前を隠す」に指定された「{code[:20]}」は使えません。")
        write(PARAM, None)
    st.session_state.setdefault(key, code == "1")
    wanted = bool(st.toggle("名前を隠す", key=key, on_change=_forget_named))
    write(PARAM, "1" if wanted else None)
    return wanted


def _forget_named() -> None:
    for param in _NAMING:
        write(param, None)


@lru_cache(maxsize=64)
def letters(store_key: str, scope: Scope, only: tuple[str, ...]) -> dict[str, str]:
    """Return the letters of the areas in view; all views of the comparison share them."""
    codes = only or tuple(ask(part_codes, scope=scope))
    return letters_of(codes, own_code=scope.own_code, key=store_key)


def hidden(
    frame: pd.DataFrame, store_key: str, scope: Scope, only: tuple[str, ...]
) -> pd.DataFrame:
    """Return the rows of a view without the names."""
    return without_names(frame, letters(store_key, scope, only))
