from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.reference_facts import reference_facts
from analytics.support_table import PUBLISHED_FACTS
from ui import blocks
from ui import survey_columns as columns
from ui.selection import current_area
from ui.store import ask, dataset, served
from ui.survey_parts import Part, matrix, opened_table, save, sources
from ui.survey_scope import choose_fiscal_year, has_answers, say_how_to_load
from ui.survey_support import DEMO, PUBLISHED, Told, provision, requests, shares

FORM = "prefectural_form"


def draw_shares(made: Told) -> None:
    st.subheader(made.part.title, anchor=False)
    bars = f"{DEMO}の値" if dataset() == "demo" else "調査の回答"
    blocks.notes(
        [f"棒＝{bars}　橙の縦線＝{PUBLISHED}。調査の年度も対象も棒とは異なり、比べる目安です。"]
    )
    blocks.figure(made.part.figure, alt=made.sentence, key="shares")
    blocks.statement(made.sentence)


def draw_requests(made: Told, year: int) -> None:
    part = made.part
    st.subheader(part.title, anchor=False)
    blocks.figure(part.figure, alt=made.sentence, key="requests")
    blocks.statement(made.sentence)
    blocks.table(part.frame, columns=part.shown, key="request_table")
    save(part, source=[*sources(FORM, year), *sources("municipal_form", year)])


def draw_provision(part: Part, year: int) -> None:
    st.subheader(part.title, anchor=False)
    matrix(part, key="provision")
    save(part, source=sources(FORM, year))


def draw_share_table(part: Part, facts: pd.DataFrame, year: int) -> None:
    st.subheader(f"{part.title}の表", anchor=False)
    shown = columns.occurring(part.frame, part.shown)
    blocks.table(part.frame, columns=shown, key="share_table")
    published = [f"{PUBLISHED}：{title}" for title in dict.fromkeys(facts["source_title"])]
    save(part, source=[*sources(FORM, year), *published])
    opened_table("公表値の出典と文書の言葉", facts, columns=columns.FACTS, key="facts")


def main() -> None:
    area = current_area()
    blocks.page_title("都道府県の支援", "どの支援が行われ、市町村が希望するどの支援が足りないか。")
    facts = ask(reference_facts, fact_ids=PUBLISHED_FACTS)
    if not has_answers(FORM):
        say_how_to_load(FORM, "都道府県の支援についての調査の回答が、まだ取り込まれていません。")
        blocks.notes(["次は平成28年度の全国の公表値です。現在の状況を示すものではありません。"])
        blocks.table(facts, columns=columns.FACTS, key="facts")
        return
    year, _ = choose_fiscal_year(FORM)
    made = shares(served(), year, is_demo=dataset() == "demo")
    draw_shares(made)
    if area.prefecture_code:
        name = area.prefecture_name or area.name
        draw_requests(requests(served(), area.prefecture_code, name, year), year)
    else:
        blocks.notes(["都道府県を選ぶと、その市町村が希望する支援と行われている支援を並べます。"])
    draw_provision(provision(served(), year, area.prefecture_code), year)
    draw_share_table(made.part, facts, year)
    blocks.source_line([*sources(FORM, year), *dict.fromkeys(facts["source_title"])])


main()
