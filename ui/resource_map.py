"""The resource map, the card of what is clicked on it, and the tables below."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from analytics.denominators import denominator_of
from analytics.scope import Scope
from charts.facility_map import CLICKED
from ui import blocks
from ui.first_figure import give_way
from ui.map_frame import choose_extent
from ui.projector import shown
from ui.resource_card import draw_card, open_area, open_facility
from ui.resource_choice import ResourceChoice
from ui.resource_files import picture_files
from ui.resource_layers import choose_layers
from ui.resource_map_picture import MapPicture, map_picture
from ui.resource_redrawn import say_redrawn
from ui.resource_shade import choose_shade
from ui.resource_tables import draw_tables
from ui.resource_view import sources_of_types
from ui.selection import Area, follow_move, read
from ui.store import ask, served

CLICK_NOTE = "地図の地域や施設の点を押すと、その内容をここに表示します。"


def draw(area: Area, scope: Scope, choice: ResourceChoice) -> None:
    """Draw the map of the chosen types with its card, the sentence, the table and the list."""
    denominator = ask(denominator_of, scope=scope)
    label = denominator.full_label if denominator else None
    source = sources_of_types(choice.types, label, (scope.parent_code,))
    _map_and_card(scope, choice, source)
    draw_tables(scope, choice, source=source)
    say_redrawn(scope, types=choice.types)
    blocks.source_line(source)


@st.fragment
def _map_and_card(scope: Scope, choice: ResourceChoice, source: list[str]) -> None:
    """Draw the map beside its layers and the card; a click runs only this part anew."""
    follow_move()
    left, right = st.columns([5, 3], gap="medium")
    with right:
        has_people = ask(denominator_of, scope=scope) is not None
        shade = choose_shade(choice.types, has_people=has_people)
        layers = choose_layers(scope)
        extent = choose_extent(level=scope.level, parent=scope.parent_code, own_code=scope.own_code)
    picture = map_picture(served(), scope, choice, shade, layers, extent)
    with left:
        _draw_map(picture, scope)
    with right:
        if read("card") is None:
            st.caption(CLICK_NOTE)
        draw_card(scope, choice)
    blocks.statement(picture.sentence)
    blocks.notes([*picture.hints, *picture.notes])
    picture_files(picture, scope, choice, shade, source)


def _draw_map(picture: MapPicture, scope: Scope) -> None:
    st.subheader(picture.title, anchor=False)
    if picture.spec is None:
        blocks.empty("この単位の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return
    key = f"map_{scope.parent_code}_{scope.level}_{scope.own_code or ''}"
    clickable = ["area", *([CLICKED] if picture.has_points else [])]
    st.vega_lite_chart(
        shown(picture.spec),
        theme=None,
        alt=f"{picture.title}。{picture.sentence}",
        key=key,
        on_select=partial(_open_clicked, key),
        selection_mode=clickable,
    )
    give_way()


def _open_clicked(key: str) -> None:
    """Open the card of what has just been clicked: the part of the selection that is new."""
    selection = st.session_state[key].get("selection", {})
    now = {"facility": _first(selection, CLICKED, "i"), "area": _first(selection, "area",
           "area_code")}  # fmt: skip
    before = st.session_state.get(f"clicked_{key}", {})
    st.session_state[f"clicked_{key}"] = now
    for kind, open_card in (("facility", open_facility), ("area", open_area)):
        if now[kind] and now[kind] != before.get(kind):
            open_card(now[kind])
            return


def _first(selection: Mapping[str, Any], name: str, field: str) -> str:
    rows = selection.get(name) or [{}]
    return str(rows[0].get(field) or "")
