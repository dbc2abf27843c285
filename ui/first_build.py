"""Building the demo on the first view of an empty store."""

from __future__ import annotations

import streamlit as st

from data.generations import Store


def is_untouched(store: Store) -> bool:
    """Tell whether nothing has ever been in the store, not even something that broke."""
    quarantine = store.root / "quarantine"
    return store.is_empty() and not store.pointer.exists() and not quarantine.exists()


def build_first_demo(store: Store) -> None:
    """Build the demo with progress on the page, then start over."""
    from data.build import build_demo  # noqa: PLC0415 - heavy, and needed once

    st.header("演習データを準備しています", anchor=False)
    st.text("はじめての起動です。架空の地域のデータを作ります。30秒ほどかかります。")
    bar = st.progress(0.0, text="開始しています")

    def progress(text: str, share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=text)

    build_demo(store, progress=progress)
    st.rerun()
