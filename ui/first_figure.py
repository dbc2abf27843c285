"""The first figure of a visit is drawn before the rest of its page is sent.

A browser first makes all that has come and then draws: what stands below the first figure would
hold it up by half a second on a small computer.
"""

from __future__ import annotations

from threading import Condition

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit import runtime

LONGEST_SECONDS = 1.2
_KEY = "first_figure"
_drawn = Condition()


def give_way() -> None:
    """Wait, once in a session, until a browser tells of a drawn figure (see first_figure.js)."""
    if not runtime.exists() or _KEY in st.session_state:
        return
    st.session_state[_KEY] = True
    with _drawn:
        _drawn.wait(LONGEST_SECONDS)


async def _figure_drawn(request: Request) -> Response:
    """Let all go on who wait: whose figure it is does not matter to those who draw at once."""
    with _drawn:
        _drawn.notify_all()
    return Response(status_code=204)


DRAWN_ROUTES = [Route("/drawn", _figure_drawn, methods=["POST"])]
