"""The answers of every municipality to every item, or the rates of every prefecture."""

from __future__ import annotations

import streamlit as st

from ui.activity_choice import FORM, Chosen
from ui.selection import choose
from ui.store import served
from ui.survey_activities import municipalities, prefectures
from ui.survey_parts import matrix, save, sources

ORDERS = {"code": "団体コード順", "done": "実施・ありの項目が多い順"}


def draw(chosen: Chosen) -> None:
    """Draw the matrix with its table and downloads."""
    place = st.empty()
    of = (chosen.region, chosen.framework, chosen.fiscal_year)
    if chosen.region.code == "00":
        part = prefectures(served(), *of)
    else:
        order = choose("並べ方", ORDERS, param="order", default="code", kind="segmented")
        part = municipalities(served(), *of, order)
    place.subheader(part.title, anchor=False)
    matrix(part, key="answers")
    save(part, source=sources(FORM, chosen.fiscal_year))
