from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

import streamlit as st

from ui import (
    population_demand,
    population_outlook,
    population_parts,
    population_pyramid,
    population_workers,
    population_years_map,
)
from ui.blocks import notes, page_title
from ui.population_beside import beside
from ui.population_choice import ALONE, CONTROLS, Choice, picked
from ui.population_reasons import nothing_for, old_links
from ui.redrawn_note import redrawn_years
from ui.selection import Area, choose, current_area


class View(NamedTuple):
    label: str
    draw: Callable[[Area, Choice], None]
    controls: Collection[str] = CONTROLS  # what of the choice the picture can use
    without: Callable[[Area], None] = nothing_for  # what is shown where no edition has the measure
    of_parts: bool = False  # whether the parts of the area are drawn, not the area itself


PARTS = ("measure", "form", "base", "edition")
VIEWS = {
    "outlook": View("見通し", population_outlook.draw),
    "pyramid": View("ピラミッド", population_pyramid.draw, ("edition", "with")),
    "map": View("地図・2時点", population_years_map.draw, PARTS, of_parts=True),
    "parts": View("市町村を並べる", population_parts.draw, PARTS, of_parts=True),
    "demand": View("医療・介護の需要", population_demand.draw, ("edition", "with"),
                   population_demand.draw_without),
    "workers": View("支え手", population_workers.draw, ("edition", "with")),
}  # fmt: skip

area = current_area()
page_title("人口の見通し", f"{area.name}で、高齢者はいつ、どれだけ増えるか。減るか。")
old_links()
names = {key: view.label for key, view in VIEWS.items()}
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = VIEWS[choose("画面", names, param="view", default="outlook", kind="segmented")]
    others = beside(area) if "with" in view.controls else ALONE
with st.container(horizontal=True, vertical_alignment="bottom"):
    choice = picked(area, controls=view.controls, beside=others, of_parts=view.of_parts)
if choice is None:
    view.without(area)
else:
    view.draw(area, choice)
    notes(redrawn_years(area))
