from __future__ import annotations

import streamlit as st

from analytics.municipal_facts import built_year
from data.catalogue import load_catalogue
from ui import activity_crosswalk, activity_pair, blocks
from ui.activity_choice import FORM, Chosen, within
from ui.activity_views import View, views
from ui.hidden import NOTE, is_hidden
from ui.pair_choice import other_area
from ui.redrawn_note import redrawn_answers
from ui.selection import Area, choose, current_area, read, write
from ui.store import ask, served
from ui.survey_activities import response
from ui.survey_parts import sources
from ui.survey_scope import (
    Region,
    choose_fiscal_year,
    has_answers,
    kept_fiscal_year,
    loaded_years,
    say_how_to_load,
    survey_region,
)


def draw_answers(view: View, chosen: Chosen, moved: str, said: str) -> None:
    blocks.notes([moved] if moved else [])
    if not said:
        blocks.empty(
            f"{chosen.region.name}には、調査の対象となる市町村がありません。",
            "上で別の地域を選んでください。",
        )
        return
    view.draw(chosen)
    blocks.notes([NOTE] if chosen.hide else [])
    blocks.notes(
        redrawn_answers(chosen.region.code, fiscal_years=[year for year, _ in chosen.years])
    )
    if view.cites_survey:
        blocks.source_line(sources(FORM, chosen.fiscal_year))


def draw_without_answers(area: Area, region: Region) -> None:
    say_how_to_load(FORM, "市町村の実施状況調査の回答が、まだ取り込まれていません。")
    labels = {"crosswalk": activity_crosswalk.TITLE}
    offered = views()
    labels |= {key: view.label for key, view in offered.items() if not view.needs_answers}
    if read("view") in offered.keys() - labels.keys():
        write("view", None)
    key = choose("回答がなくても見られるもの", labels, param="view", default="crosswalk")
    if key == "crosswalk":
        activity_crosswalk.draw()
        return
    year = ask(built_year)
    framework = load_catalogue().programme.framework_of(year).key
    offered[key].draw(Chosen(region, area, year, framework, (), is_hidden()))


def main() -> None:
    area = current_area()
    region = survey_region(area)
    blocks.page_title(
        f"{region.name}の取組の実施状況", "どの項目が、どの市町村で行われ、どこが遅れているか。"
    )
    if not has_answers(FORM):
        draw_without_answers(area, region)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        offered = views()
        labels = {key: view.label for key, view in offered.items()}
        view = offered[choose("見かた", labels, param="view", default="rates")]
        other = other_area(area) if view is offered["rates"] else None
        year, framework = (kept_fiscal_year if view.own_year else choose_fiscal_year)(FORM)
        chosen = Chosen(region, area, year, framework, loaded_years(FORM), is_hidden())
        shown, moved = within(chosen, view.framework or framework)
        said = response(served(), region.code, shown.fiscal_year) if shown else ""
        st.markdown("" if view.own_year or other else said, width="content")
    if other:
        activity_pair.draw(area, other, year, framework)
        return
    if shown is None:
        blocks.notes([moved])
        return
    draw_answers(view, shown, moved, said)


main()
