"""What is served: one look at the disk for a run of a page."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from data.generations import Store
from ui import store


def test_one_run_looks_once_and_the_next_anew(
    tiny_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    run = SimpleNamespace()
    look = store._look
    monkeypatch.setattr(store, "get_script_run_ctx", lambda **_: run)
    monkeypatch.setattr(store, "LOOK_SECONDS", 60.0)
    monkeypatch.setattr(store, "_look", lambda: looks.append(1) or look())
    assert [store.generation() for _ in range(3)] == ["000001"] * 3
    assert len(looks) == 1
    run = SimpleNamespace()
    assert store.generation() == "000001"
    assert len(looks) == 2
    monkeypatch.setattr(store, "LOOK_SECONDS", -1.0)  # a run that goes on for long
    assert store.generation() == "000001"
    assert len(looks) == 3
