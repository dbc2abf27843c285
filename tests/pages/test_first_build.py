"""The first view of an empty store: one build for all viewers, and a word when it fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.errors import StoreError
from data.generations import Store
from tests.pages.opening import FRAME
from ui import first_build


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("STORE", str(tmp_path / "empty"))
    return Store(tmp_path / "empty")


def view() -> AppTest:
    return AppTest.from_file(FRAME, default_timeout=30).run()


def wait(store: Store) -> None:
    thread = first_build._build_of(store.root)._thread
    assert thread is not None
    thread.join(20)


def test_two_viewers_see_one_build_and_then_the_page(
    empty_store: Store, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = [], threading.Event()

    def build(store: Store, *, progress: Callable[[str, float], None]) -> None:
        begun.append(threading.current_thread().name)
        progress("人口を計算しています", 0.4)
        assert go_on.wait(20)
        with store.writing() as draft:
            draft.write_bytes(tiny.read_bytes())

    monkeypatch.setattr("data.build.build_demo", build)
    first, second = view(), view()
    for viewer in (first, second):
        assert [item.value for item in viewer.header] == ["演習データを準備しています"]
        assert not viewer.error
    go_on.set()
    wait(empty_store)
    assert first.run().header[0].value == "見本地方（架空）の概況"
    assert second.run().header[0].value == "見本地方（架空）の概況"
    assert begun == ["first-build"]


def test_a_failed_build_is_explained_and_can_be_tried_again(
    empty_store: Store, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(store: Store, *, progress: Callable[[str, float], None]) -> None:
        raise StoreError("空き容量が足りません。", "不要なファイルを消してください。")

    def build(store: Store, *, progress: Callable[[str, float], None]) -> None:
        with store.writing() as draft:
            draft.write_bytes(tiny.read_bytes())

    monkeypatch.setattr("data.build.build_demo", full)
    view()
    wait(empty_store)
    for viewer in (view(), view()):
        assert "空き容量が足りません" in viewer.error[0].value
    monkeypatch.setattr("data.build.build_demo", build)
    viewer.button[0].click().run()
    wait(empty_store)
    assert view().header[0].value == "見本地方（架空）の概況"
