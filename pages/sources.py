from __future__ import annotations

import streamlit as st

from ui import sources_view as view
from ui.blocks import page_title
from ui.selection import choose
from ui.vintages_view import vintages

PARTS = {
    "sources": ("出典と適用範囲", view.loaded),
    "vintages": ("時点のちがい", vintages),
    "report": ("読み込みの記録", view.report),
    "indicators": ("指標の定義", view.definitions),
    "editions": ("人口の版", view.population_editions),
    "facts": ("公表値（187件）", view.facts),
}

page_title("出典と定義", "この数値はどこから来て、何を意味するか。")
part = choose(
    "見るもの",
    {key: label for key, (label, _) in PARTS.items()},
    param="view",
    default="sources",
    kind="segmented",
)
with st.container():
    PARTS[part][1]()
