from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.scope import Scope
from ui import (
    blocks,
    resource_future,
    resource_hubs,
    resource_map,
    resource_pair,
    resource_thin,
    structure_gaps,
)
from ui.hidden import NO_PLACES, is_hidden
from ui.parts import choose_parts
from ui.resource_choice import ResourceChoice, choose_resources
from ui.selection import Area, choose, current_area

Draw = Callable[[Area, Scope, ResourceChoice], None]
VIEWS: dict[str, tuple[str, Draw]] = {
    "map": ("地図", resource_map.draw),
    "thin": ("手薄な地域・届きやすさ", resource_thin.draw),
    "pair": ("2地域を比べる", resource_pair.draw),
    "future": ("将来の需要に対して", resource_future.draw),
    "gaps": ("不足の重なり", structure_gaps.draw),
    "hubs": ("拠点・窓口", resource_hubs.draw),
}
# These show facilities by name and place.
NAMING_PLACES = ("map", "pair", "hubs")
FIRST_LEVELS = {"gaps": structure_gaps.ZONES}


def main() -> None:
    area = current_area()
    blocks.page_title(
        f"{area.name}の資源マップ", "在宅医療・介護の資源はどこにあり、高齢者の数に見合っているか。"
    )
    names = {key: name for key, (name, _) in VIEWS.items()}
    view = choose("見かた", names, param="view", default="map", kind="segmented")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        scope = choose_parts(area, first=FIRST_LEVELS.get(view, ()))
        choice = choose_resources(area, scope)
    if not choice.types:
        blocks.empty("種類が選ばれていません。", "上の欄で施設・事業所の種類を選んでください。")
        return
    if is_hidden() and view in NAMING_PLACES:
        blocks.empty(*NO_PLACES)
        return
    VIEWS[view][1](area, scope, choice)


main()
