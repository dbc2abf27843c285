"""Who is at this browser, asked of the server's own records on every rerun."""

from __future__ import annotations

from access.roles import ANONYMOUS, Actor


def current_actor() -> Actor:
    """Return who is signed in, as the server's records say now; nobody is a viewer."""
    return identify()


def identify() -> Actor:
    """Return the actor behind the request that opened this page."""
    return ANONYMOUS
