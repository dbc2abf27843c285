"""Who is at this browser, asked of the server's own records on every rerun."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from threading import Lock
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from access.roles import ANONYMOUS, Actor
from data.errors import UserError
from ui.identity import Presented, actor_of, has_provider, is_same_origin

MAX_REMEMBERED = 5_000
_presented: OrderedDict[str, tuple[Presented, str]] = OrderedDict()
_lock = Lock()


def current_actor() -> Actor:
    """Return who is signed in, as the server's records say now; nobody is a viewer.

    When it is not who it was before, what that person had on this page is forgotten.
    """
    actor = identify()
    state = st.session_state
    if state.get("actor_subject", actor.subject) != actor.subject:
        state.clear()
        state["signed_out"] = actor.is_anonymous
    state["actor_subject"] = actor.subject
    return actor


def identify() -> Actor:
    """Return the actor behind the request that opened this page."""
    presented = presented_here()
    actor = ANONYMOUS
    if is_same_origin(presented.headers):
        with suppress(UserError):  # where the records cannot be read, nobody is more than a viewer
            actor = actor_of(presented)
    _remember(presented, actor)
    return actor


def presented_here() -> Presented:
    """Return what the browser of this session presented when it connected."""
    return Presented(
        cookies=st.context.cookies,
        headers=st.context.headers,
        claims=claims_here(),
    )


def presented_now() -> Presented:
    """Return what was presented when this run of the page began, without asking again."""
    context = get_script_run_ctx()
    with _lock:
        known = _presented.get(context.session_id) if context else None
    return known[0] if known else presented_here()


def claims_here() -> dict[str, Any]:
    """Return what the identity provider said of the person at this browser."""
    return dict(st.user.to_dict()) if has_provider() else {}


def _remember(presented: Presented, actor: Actor) -> None:
    context = get_script_run_ctx()
    if context is None:
        return
    with _lock:
        _presented[context.session_id] = (presented, actor.subject)
        _presented.move_to_end(context.session_id)
        while len(_presented) > MAX_REMEMBERED:
            _presented.popitem(last=False)


def actor_of_session(session_id: str) -> Actor:
    """Return who is at another session now; nobody when that is not who it was at its last run."""
    with _lock:
        presented, subject = _presented.get(session_id, (Presented(), ""))
    actor = actor_of(presented) if subject else ANONYMOUS
    return actor if actor.subject == subject else ANONYMOUS


def was_signed_in(session_id: str) -> bool:
    """Tell whether somebody was signed in at the last run of a session."""
    with _lock:
        return bool(_presented.get(session_id, (Presented(), ""))[1])
