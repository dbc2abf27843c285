"""Pages of the navigation, each looked for on the disk once and not with every run of a script."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import lru_cache
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage


def listed(
    page: str | Callable[[], None],
    *,
    title: str,
    url_path: str,
    default: bool = False,
    visibility: Literal["visible", "hidden"] = "visible",
) -> StreamlitPage:
    """Return a page for one run: a copy, since Streamlit marks in it which page may run."""
    return copy(_made(page, title, url_path, default, visibility))


@lru_cache(maxsize=32)
def _made(
    page: str | Callable[[], None],
    title: str,
    url_path: str,
    default: bool,
    visibility: Literal["visible", "hidden"],
) -> StreamlitPage:
    return st.Page(page, title=title, url_path=url_path, default=default, visibility=visibility)
