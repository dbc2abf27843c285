"""The view of case cards."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.reference_facts import outside_facts, printed_facts, reference_facts
from data.catalogue import load_catalogue
from data.catalogue.reference_library import CaseCard, load_library
from ui import blocks
from ui import survey_columns as columns
from ui.few_rows import few_rows
from ui.library_links import draw_links
from ui.selection import area_of, choose
from ui.store import ask, dataset

READ_FIRST = ("measure", "value_text", "unit")  # what a telephone has room for


def draw() -> None:
    """Let the viewer choose a case; draw its card with its figures."""
    cards = load_library().cases
    names = {key: card.name for key, card in cards.items()}
    card = cards[choose("事例", names, param="case", default=next(iter(names)), width=460)]
    document = load_catalogue().documents[card.document]
    cited = f"{document.publisher}「{document.title}」（{document.date}）"
    with st.container(border=True):
        st.subheader(card.name, anchor=False)
        blocks.notes([f"場所：{card.place}　資料：{cited}"])
        for line in card.done:
            st.text(f"・{line}")
        _draw_place(card)
    facts = case_facts(card)
    if facts.empty:
        blocks.notes(["この事例についての数値は、資料の文にありません。"])
    else:
        title = "この事例の公表値"
        st.subheader(title, anchor=False)
        shown = {name: columns.FACTS[name] for name in READ_FIRST} | columns.FACTS
        few_rows(facts, columns=shown, alt=title, key=f"case_{card.key}")
        blocks.downloads(
            facts, columns=columns.FACTS, stem=f"case_{card.key}", title=card.name, source=[cited]
        )
    if card.key == "fukui":
        draw_links([("support?view=discharge", "前と後の図を見る")])
    blocks.source_line([cited])


def case_facts(card: CaseCard) -> pd.DataFrame:
    """Return the figures of a card, those of other sources last."""
    own = ask(reference_facts, fact_ids=tuple(card.facts))
    others = outside_facts(tuple(card.outside))
    return printed_facts(own if others.empty else pd.concat([own, others], ignore_index=True))


def _draw_place(card: CaseCard) -> None:
    """Link to the profile of the place where it is among the areas loaded."""
    if dataset() == "official" and card.area_code and area_of(card.area_code):
        draw_links([(f"profile?area={card.area_code}", f"{card.place}のプロフィールを見る")])
    else:
        blocks.notes(["この場所は読み込んだ地域にないため、プロフィールへの案内はありません。"])
