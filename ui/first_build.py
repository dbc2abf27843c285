"""Building the demo on the first view of an empty store: once in a process, for all viewers."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import streamlit as st

from data.generations import Store
from ui.failures import explain

REFRESH_SECONDS = 1.0


@dataclass
class FirstBuild:
    """The build of a store in a thread of its own, which no viewer who leaves can stop."""

    store: Store
    text: str = "開始しています"
    share: float = 0.0
    failure: Exception | None = None
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        """Start the build unless it runs or has been done."""
        with self._lock:
            if not self.runs and is_untouched(self.store):
                self.failure = None
                self._thread = threading.Thread(target=self._build, name="first-build", daemon=True)
                self._thread.start()

    @property
    def runs(self) -> bool:
        """Tell whether the build is going on."""
        return self._thread is not None and self._thread.is_alive()

    def _build(self) -> None:
        from data.build import build_demo  # noqa: PLC0415 - heavy, and needed once

        try:
            build_demo(self.store, progress=self._note)
        except Exception as error:  # told to every viewer by `build_first_demo`
            self.failure = error

    def _note(self, text: str, share: float) -> None:
        self.text, self.share = text, min(max(share, 0.0), 1.0)


@lru_cache(maxsize=8)
def _build_of(root: Path) -> FirstBuild:
    return FirstBuild(Store(root))


def is_untouched(store: Store) -> bool:
    """Tell whether nothing has ever been in the store, not even something that broke."""
    quarantine = store.root / "quarantine"
    return store.is_empty() and not store.pointer.exists() and not quarantine.exists()


def build_first_demo(store: Store) -> None:
    """Show how far the one build of the store has come; start over when it is done."""
    build = _build_of(store.root)
    if build.failure is not None:
        explain(build.failure)
        st.button("もう一度試す", on_click=build.begin)
        return
    build.begin()
    st.header("演習データを準備しています", anchor=False)
    st.text("はじめての起動です。架空の地域のデータを作ります。30秒ほどかかります。")
    _progress(build)


@st.fragment(run_every=REFRESH_SECONDS)
def _progress(build: FirstBuild) -> None:
    st.progress(build.share, text=build.text)
    if not build.runs:
        st.rerun()
