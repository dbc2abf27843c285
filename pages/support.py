from __future__ import annotations

import streamlit as st

from analytics.reference_facts import printed_facts, reference_facts
from analytics.support_table import PUBLISHED_FACTS
from analytics.survey_repeats import survey_repeats
from data.catalogue import load_catalogue
from ui import blocks, support_discharge, support_headings, support_pair
from ui import survey_columns as columns
from ui.few_rows import few_rows
from ui.other_survey_view import LABEL
from ui.pair_choice import other_area
from ui.selection import Area, choose, current_area
from ui.store import ask
from ui.support_choice import FORM, Chosen
from ui.support_views import OTHER_SURVEYS, VIEWS, draw_others, labels
from ui.survey_scope import choose_fiscal_year, has_answers, say_how_to_load


def draw_without_answers(area: Area) -> None:
    """Draw the published figures, and the counts of care managers, which need no such form."""
    say_how_to_load(FORM, "都道府県の支援についての調査の回答が、まだ取り込まれていません。")
    facts = printed_facts(ask(reference_facts, fact_ids=PUBLISHED_FACTS))
    blocks.notes(["次は平成28年度の全国の公表値です。現在の状況を示すものではありません。"])
    few_rows(facts, columns=columns.FACTS_BY_MEASURE, alt="公表された全国の値", key="facts")
    support_headings.draw_list()
    newest = list(load_catalogue().programme.frameworks.values())[-1]
    support_discharge.draw(Chosen(area, newest.first_year, newest.key))
    if OTHER_SURVEYS in labels():
        st.subheader(LABEL, anchor=False)
        draw_others(area)


def main() -> None:
    area = current_area()
    blocks.page_title("都道府県の支援", "どの支援が行われ、市町村が希望するどの支援が足りないか。")
    if not has_answers(FORM):
        draw_without_answers(area)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = choose("見かた", labels(), param="view", default="shares")
        year, framework = (0, "") if view == OTHER_SURVEYS else choose_fiscal_year(FORM)
    if view == OTHER_SURVEYS:
        draw_others(area)
        return
    if view == "shares" and (other := other_area(area)):
        support_pair.draw(area, other, year, framework)
        return
    VIEWS[view][1](Chosen(area, year, framework))
    if repeats := ask(survey_repeats, survey_id=FORM, fiscal_year=year):
        blocks.notes([f"{repeats}都道府県の票が同じ年度に2つ以上あり、後に読んだ票を使いました。"])


main()
