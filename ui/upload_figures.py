"""A row of small counts that stays low on a narrow screen."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

WIDTH = 110


def figures_row(counts: Mapping[str, int]) -> None:
    """Print counts under their labels, side by side."""
    with st.container(horizontal=True, gap="small"):
        for label, count in counts.items():
            st.metric(label, f"{count:,}", width=WIDTH)
