from __future__ import annotations

import gc
import threading
import time

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui import first_figure
from ui.lasting import set_aside


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Let the module believe in a server, and in one session of it."""
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(first_figure.runtime, "exists", lambda: True)
    return state


def waited() -> float:
    before = time.monotonic()
    first_figure.give_way()
    return time.monotonic() - before


def test_without_a_browser_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_figure, "LONGEST_SECONDS", 60)
    assert waited() < 1


def test_a_drawn_figure_lets_the_rest_follow(
    session: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_figure, "LONGEST_SECONDS", 60)
    page = threading.Thread(target=first_figure.give_way)
    page.start()
    client = TestClient(Starlette(routes=first_figure.DRAWN_ROUTES))
    while not session:
        time.sleep(0.01)
    time.sleep(0.05)
    assert client.get("/drawn").status_code == 405
    assert page.is_alive()
    assert client.post("/drawn").status_code == 204
    page.join(timeout=10)
    assert not page.is_alive()
    assert waited() < 1  # once in a session


def test_a_browser_that_tells_nothing_is_not_waited_for(
    session: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_figure, "LONGEST_SECONDS", 0.1)
    assert 0.09 < waited() < 5


def test_what_lasts_is_passed_over_by_the_collector() -> None:
    gc.unfreeze()
    try:
        set_aside()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_no_run_of_a_page_is_followed_by_a_search_for_garbage() -> None:
    assert st.get_option("runner.postScriptGC") is False
