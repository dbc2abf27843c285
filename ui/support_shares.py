"""The view of the shares of prefectures giving each support, and what is asked of the own one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.reference_facts import printed_facts, reference_facts
from analytics.support_table import PUBLISHED_FACTS
from ui import blocks
from ui import survey_columns as columns
from ui.few_rows import few_rows
from ui.store import ask, dataset, served
from ui.support_choice import DEMO, FORM, MUNICIPAL_FORM, Chosen
from ui.survey_parts import opened_table, save, sources
from ui.survey_support import PUBLISHED, Told, requests, shares


def draw(chosen: Chosen) -> None:
    """Draw the shares against the published figures, and the requests of the own prefecture."""
    facts = printed_facts(ask(reference_facts, fact_ids=PUBLISHED_FACTS))
    own = chosen.prefecture_code
    made = shares(
        served(),
        chosen.fiscal_year,
        own_area=own,
        own_name=chosen.prefecture_name if own else "",
        is_demo=dataset() == "demo",
    )
    _draw_shares(made, chosen.prefecture_name if own else "")
    if own:
        _draw_requests(requests(served(), own, chosen.prefecture_name, chosen.fiscal_year), chosen)
    else:
        blocks.notes(["都道府県を選ぶと、その市町村が希望する支援と行われている支援を並べます。"])
    _draw_share_table(made, facts, chosen)
    asked = sources(MUNICIPAL_FORM, chosen.fiscal_year) if own else []
    blocks.source_line([*sources(FORM, chosen.fiscal_year), *asked, *facts["source_title"]])


def _draw_shares(made: Told, own_name: str) -> None:
    st.subheader(made.part.title, anchor=False)
    bars = f"{DEMO}の値" if dataset() == "demo" else "調査の回答"
    own = f"　棒の左の ●行う・○行わない＝{own_name}の回答" if own_name else ""
    lines = f"棒＝{bars}{own}　橙の縦線＝{PUBLISHED}"
    blocks.notes([f"{lines}。調査の年度も対象も棒とは異なり、比べる目安です。"])
    blocks.figure(made.part.figure, alt=made.sentence, key="shares")
    blocks.statement(made.sentence)


def _draw_requests(made: Told, chosen: Chosen) -> None:
    part = made.part
    st.subheader(part.title, anchor=False)
    blocks.figure(part.figure, alt=made.sentence, key="requests")
    blocks.statement(made.sentence)
    few_rows(part.frame, columns=part.shown, alt=part.title, key="request_table")
    year = chosen.fiscal_year
    save(part, source=[*sources(FORM, year), *sources(MUNICIPAL_FORM, year)])


def _draw_share_table(made: Told, facts: pd.DataFrame, chosen: Chosen) -> None:
    part = made.part
    st.subheader(f"{part.title}の表", anchor=False)
    shown = columns.occurring(part.frame, part.shown)
    few_rows(part.frame, columns=shown, alt=part.title, key="share_table")
    published = [f"{PUBLISHED}：{title}" for title in dict.fromkeys(facts["source_title"])]
    save(part, source=[*sources(FORM, chosen.fiscal_year), *published])
    opened_table("公表値の出典と文書の言葉", facts, columns=columns.FACTS, key="facts")
