from __future__ import annotations

import streamlit as st

from ui import library_cases, library_entries, library_money
from ui.blocks import page_title
from ui.selection import choose

VIEWS = {
    "entries": ("項目を探す", library_entries.draw),
    "cases": ("事例カード", library_cases.draw),
    "money": ("報酬・財源の表", library_money.draw),
}

page_title("資料集", "資料に出てくる制度・方法・事例は何で、数値はいつのもので、どの画面にあるか。")
names = {key: name for key, (name, _) in VIEWS.items()}
view = choose("見るもの", names, param="view", default="entries", kind="segmented")
with st.container():
    VIEWS[view][1]()
