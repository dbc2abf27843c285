"""One thing that a file leaves open, and the choice that settles it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pandas as pd
import streamlit as st

from ui import blocks

AT_ONCE = 12


class Typed(NamedTuple):
    """What somebody wrote, as a code, or what is wrong with it."""

    code: str = ""
    fault: str = ""


def ask_one(
    text: str,
    *,
    label: str,
    options: Mapping[str, str],
    key: str,
    take: Callable[[str], None],
    typed: Callable[[str], Typed] | None = None,
) -> None:
    """Print what is open as it stands in the file, and hand on the code that is chosen.

    typed, if given, makes a code of what is written instead of chosen, or says what is wrong.
    """

    def read(answer: str) -> Typed:
        return Typed(answer) if answer in options or typed is None else typed(answer)

    def chosen() -> None:
        answer = st.session_state[key]
        if answer is not None and not read(answer).fault:
            take(read(answer).code)

    def words(code: str) -> str:
        return options.get(code, code)

    with st.container(border=True):
        st.text(text)
        st.selectbox(
            blocks.plain(label),
            list(options),
            index=None,
            format_func=words,
            placeholder="選んでください" if typed is None else "選ぶか、数を書いてください",
            label_visibility="collapsed",
            key=key,
            on_change=chosen,
            accept_new_options=typed is not None,
        )
        answer = st.session_state.get(key)
        if answer is not None and read(answer).fault:
            st.error(blocks.plain(read(answer).fault))


def counted(label: str, count: int) -> str:
    """Return the name of a step with how much is open in it."""
    return f"{label}（{count}件確認）" if count else label


def say_rest(left: pd.DataFrame) -> None:
    """Say how many open things follow once those above are settled."""
    if len(left) > AT_ONCE:
        blocks.notes([f"ほかに{len(left) - AT_ONCE}件あります。上から決めると続きが出ます。"])


def nearest_first(near: list[str], options: Mapping[str, str]) -> dict[str, str]:
    """Return the options with the likely ones on top."""
    first = {code: options[code] for code in near if code in options}
    return first | {code: words for code, words in options.items() if code not in first}
