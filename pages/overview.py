from __future__ import annotations

import streamlit as st

from analytics.overview import outlook, own_answers, programme_state, supply
from analytics.scope import scope_of
from ui import overview_pair
from ui.blocks import empty, page_title, statement
from ui.overview_view import (
    onward,
    people,
    programme,
    say_redrawn,
    sentence_of,
    services,
    small_map,
)
from ui.pair_choice import other_area
from ui.selection import Area, current_area, map_scope
from ui.store import ask
from ui.survey_scope import survey_region


def draw(area: Area) -> None:
    """Draw what the page says about one area."""
    seen = ask(outlook, area_code=area.code)
    left, right = st.columns(2, gap="large")
    if seen is None:
        empty(
            f"{area.name}の人口は読み込まれていません。",
            "「人口の見通し」のページに、この地域の推計がない理由を示しています。",
        )
    else:
        with left:
            small_map(area, seen)
        with right:
            people(seen)
            statement(sentence_of(seen, area.name))
    left, right = st.columns(2, gap="large")
    with left:
        parent, level = map_scope(area)
        scope = ask(scope_of, area_code=parent, level=level)
        found = ask(supply, area_code=area.code, scope=scope)
        services(area, found)
    with right:
        region = survey_region(area)
        if region.own_area is None:
            programme(area, ask(programme_state, area_code=area.code))
        else:
            own = ask(own_answers, area_code=region.own_area, prefecture_code=region.code)
            programme(area, own)
    say_redrawn(area, seen, found.denominator)


area = current_area()
page_title(f"{area.name}の概況", "この地域はいまどうなっていて、これからどうなるか。")
other = other_area(area)
if other is None:
    draw(area)
else:
    overview_pair.draw(area, other)
onward()
