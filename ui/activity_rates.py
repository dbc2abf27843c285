"""The first view of the programme items: rates by year in each framework, and their crosswalk."""

from __future__ import annotations

import streamlit as st

from data.catalogue import load_catalogue
from ui import activity_crosswalk, activity_reading, blocks
from ui.activity_choice import FORM, Chosen
from ui.store import served
from ui.survey_activities import Activities, activities
from ui.survey_columns import occurring
from ui.survey_parts import Figure, opened_table, save, sources
from ui.survey_scope import HOW_COUNTED


def draw(chosen: Chosen) -> None:
    """Draw the rates by year, what may be compared, the kinds of answer and the tables."""
    made = activities(
        served(), chosen.region, chosen.framework, chosen.fiscal_year, chosen.gap_years
    )
    if made is None:
        return
    _by_framework(made.by_year)
    blocks.statement(made.sentence)
    activity_crosswalk.draw()
    st.subheader(f"{chosen.year_label}の回答の内訳", anchor=False)
    blocks.figure(made.kinds, alt=made.sentence, key="kinds")
    _tables(made, chosen.year_label)
    activity_reading.draw(chosen)
    blocks.definition("数え方", HOW_COUNTED)


def _by_framework(by_year: dict[str, Figure]) -> None:
    """Draw the rates of each framework in a frame of its own."""
    frameworks = load_catalogue().programme.frameworks
    places = st.columns(len(by_year), border=True)
    for place, (framework, figure) in zip(places, by_year.items(), strict=True):
        label = frameworks[framework].label
        with place:
            st.markdown(f"**{label}**", help=frameworks[framework].explanation)
            alt = f"{label}の項目別・年度別の割合。値は下の表にあります。"
            blocks.figure(figure, alt=alt, key=f"rates_{framework}")


def _tables(made: Activities, year_label: str) -> None:
    part = made.all_years
    shown = occurring(made.of_year, part.shown)
    opened_table(f"{year_label}の表", made.of_year, columns=shown, key="of_year")
    opened_table(f"{part.title}の表", part.frame, columns=part.columns, key="all_years")
    save(part, source=sources(FORM))
