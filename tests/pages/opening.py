"""Opening a page as the server does: through the frame."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree

import pandas as pd
import streamlit as st
from streamlit.testing.v1 import AppTest

from access.roles import ANONYMOUS, ROLE_LABELS, Actor, Role

_COPYABLE = re.compile(r'<div class="copyable"><p[^>]*>(.*?)</p>', re.DOTALL)
FRAME = str(Path(__file__).resolve().parents[2] / "frame.py")


def actor_of(role: str) -> Actor:
    """Who a test is, when it says `role="staff"`."""
    return Actor(subject=f"test:{role}", name=f"試験の{ROLE_LABELS[Role(role)]}", role=Role(role))


def actor_of_test() -> Actor:
    role = st.session_state.get("role_of_test")
    return actor_of(role) if role else ANONYMOUS


# In place of the cookie that a browser would send; tests of the cookie itself do without it.
patched_identity = patch("ui.actor.identify", actor_of_test)


def open_page(name: str = "overview", *, role: str | None = None, **query: str) -> AppTest:
    """Open a page as nobody, or as someone with that role (`staff`, `admin`)."""
    app = AppTest.from_file(FRAME, default_timeout=30)
    app.session_state["role_of_test"] = role
    for param, value in query.items():
        app.query_params[param] = value
    if name != "overview":
        app.switch_page(f"pages/{name}.py")
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    kinds = (
        "header",
        "subheader",
        "caption",
        "text",
        "markdown",
        "warning",
        "info",
        "error",
    )
    said = (str(item.value) for kind in kinds for item in getattr(app, kind))
    return "\n".join([*said, *sentences(app)])


def sentences(app: AppTest) -> list[str]:
    """Return the texts that stand ready to be copied."""
    found = (_COPYABLE.search(str(item.value)) for item in app.html)
    return [unescape(block[1]) for block in found if block]


def tables(app: AppTest) -> list[pd.DataFrame]:
    """Return the tables of texts on the page, as they are read."""
    blocks = (str(item.value) for item in app.html)
    found = (ElementTree.fromstring(block) for block in blocks if 'class="text_table"' in block)
    return [
        pd.DataFrame(
            [[cell.text or "" for cell in row] for row in table.iterfind(".//tbody/tr")],
            columns=[cell.text or "" for cell in table.iterfind(".//th")],
        )
        for table in found
    ]
