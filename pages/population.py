from __future__ import annotations

import streamlit as st

from ui.blocks import page_title
from ui.population_map import pictures
from ui.population_view import nothing_for, picked
from ui.selection import current_area

area = current_area()
page_title("人口の見通し", f"{area.name}で、高齢者はいつ、どれだけ増えるか。減るか。")
with st.container(horizontal=True, vertical_alignment="bottom"):
    choice = picked(area)
if choice is None:
    nothing_for(area)
else:
    pictures(area, choice)
