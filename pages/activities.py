from __future__ import annotations

import streamlit as st

from data.era import fiscal_year_label
from ui import blocks
from ui.selection import choose, current_area
from ui.store import served
from ui.survey_activities import Activities, activities, municipalities, prefectures
from ui.survey_columns import occurring
from ui.survey_parts import matrix, opened_table, rates_by_framework, save, sources
from ui.survey_scope import (
    HOW_COUNTED,
    Region,
    choose_fiscal_year,
    has_answers,
    say_how_to_load,
    survey_region,
)

FORM = "municipal_form"
ORDERS = {"code": "団体コード順", "done": "実施・ありの項目が多い順"}


def draw_parts(region: Region, framework: str, year: int) -> None:
    place = st.empty()
    if region.code == "00":
        part = prefectures(served(), region, framework, year)
    else:
        order = choose("並べ方", ORDERS, param="view", default="code", kind="segmented")
        part = municipalities(served(), region, framework, year, order)
    place.subheader(part.title, anchor=False)
    matrix(part, key="answers")
    save(part, source=sources(FORM, year))


def draw_table(made: Activities) -> None:
    part = made.all_years
    shown = occurring(made.of_year, part.shown)
    blocks.table(made.of_year, columns=shown, key="of_year", height=420)
    opened_table(f"{part.title}の表", part.frame, columns=part.columns, key="all_years")
    save(part, source=sources(FORM))


def main() -> None:
    region = survey_region(current_area())
    blocks.page_title(
        f"{region.name}の取組の実施状況", "どの項目が、どの市町村で行われ、どこが遅れているか。"
    )
    if not has_answers(FORM):
        say_how_to_load(FORM, "市町村の実施状況調査の回答が、まだ取り込まれていません。")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year, framework = choose_fiscal_year(FORM)
        made = activities(served(), region, framework, year)
        if made:
            st.markdown(made.response, width="content")
    if made is None:
        blocks.empty(
            f"{region.name}には、調査の対象となる市町村がありません。",
            "上で別の地域を選んでください。",
        )
        return
    rates_by_framework(made.by_year)
    blocks.statement(made.sentence)
    draw_parts(region, framework, year)
    st.subheader(f"{fiscal_year_label(year)}の回答の内訳", anchor=False)
    blocks.figure(made.kinds, alt=made.sentence, key="kinds")
    draw_table(made)
    blocks.definition("数え方", HOW_COUNTED)
    blocks.source_line(sources(FORM, year))


main()
