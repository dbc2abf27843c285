"""The last line of every page: what the data are, since when, and who is looking."""

from __future__ import annotations

import streamlit as st

from access.roles import ROLE_LABELS, Actor
from ui.japan_time import moment_in_japan
from ui.store import meta, serving


def footer(product: str, actor: Actor) -> None:
    """Print dataset, generation and its moment, and the role of the one at the page."""
    facts = meta()
    kind = "演習データ（架空）" if facts.get("dataset") == "demo" else "公表データ"
    st.divider()
    # Of the file that is served: written by a build, or by a publication since.
    made = moment_in_japan(serving().modified)
    line = f"{kind}　世代 {facts.get('generation', '')}　作成 {made}（日本時間）"
    st.caption(f"{product}　{line}　役割 {ROLE_LABELS[actor.role]}")
