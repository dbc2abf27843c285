"""One thing that a file leaves open, and the choice that settles it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from ui import blocks

AT_ONCE = 12


def ask_one(
    text: str,
    *,
    label: str,
    options: Mapping[str, str],
    key: str,
    take: Callable[[str], None],
) -> None:
    """Print what is open as it stands in the file, and hand on the code that is chosen."""

    def chosen() -> None:
        if st.session_state[key] is not None:
            take(st.session_state[key])

    def words(code: str) -> str:
        return options.get(code, code)

    with st.container(border=True):
        st.text(text)
        st.selectbox(
            blocks.plain(label),
            list(options),
            index=None,
            format_func=words,
            placeholder="選んでください",
            label_visibility="collapsed",
            key=key,
            on_change=chosen,
        )


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
