"""The first view of the programme items: rates by year in each framework, and their crosswalk."""

from __future__ import annotations

import streamlit as st

from ui import blocks
from ui.activity_choice import FORM, Chosen
from ui.store import served
from ui.survey_activities import Activities, activities
from ui.survey_columns import occurring
from ui.survey_parts import opened_table, rates_by_framework, save, sources
from ui.survey_scope import HOW_COUNTED


def draw(chosen: Chosen) -> None:
    """Draw the rates by year, the sentence, the kinds of answer of the year and the tables."""
    made = activities(served(), chosen.region, chosen.framework, chosen.fiscal_year)
    if made is None:
        return
    rates_by_framework(made.by_year)
    blocks.statement(made.sentence)
    st.subheader(f"{chosen.year_label}の回答の内訳", anchor=False)
    blocks.figure(made.kinds, alt=made.sentence, key="kinds")
    _tables(made)
    blocks.definition("数え方", HOW_COUNTED)


def _tables(made: Activities) -> None:
    part = made.all_years
    shown = occurring(made.of_year, part.shown)
    blocks.table(made.of_year, columns=shown, key="of_year", height=420)
    opened_table(f"{part.title}の表", part.frame, columns=part.columns, key="all_years")
    save(part, source=sources(FORM))
