from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.reference_facts import reference_facts
from analytics.support import support_matrix, support_requests
from analytics.support_sentence import request_sentence, support_sentence
from analytics.support_table import (
    PUBLISHED_FACTS,
    printed_provision,
    provision_labels,
    shares_view,
)
from analytics.survey_status import survey_sources
from data.era import fiscal_year_label
from ui import blocks
from ui import survey_columns as columns
from ui import survey_figures as figures
from ui.selection import current_area
from ui.store import ask, dataset
from ui.survey_scope import choose_fiscal_year, has_answers, say_how_to_load

FORM = "prefectural_form"
PUBLISHED = "公表値（平成28年度・全国）"


def draw_shares(year: int, facts: pd.DataFrame) -> None:
    shares = ask(shares_view, fiscal_year=year)
    place = "演習データ（架空）の都道府県" if dataset() == "demo" else "都道府県"
    sentence = support_sentence(shares, fiscal_year=year, place=place)
    spec = ask(figures.shares_figure, fiscal_year=year, published=PUBLISHED)
    blocks.figure(spec, alt=sentence, key="shares")
    blocks.statement(sentence)
    published = "橙の縦線は平成28年度の全国の公表値で、調査の年度も対象も棒とは異なります。"
    fictional = "棒は架空の地域の値です。" if dataset() == "demo" else ""
    blocks.notes([fictional + published])
    draw_facts(facts)
    blocks.table(shares, columns=columns.SUPPORT_SHARES, key="share_table")
    blocks.downloads(
        shares,
        columns=columns.SUPPORT_SHARES,
        stem=f"support_shares_{year}",
        title=f"支援を行う都道府県の割合（{fiscal_year_label(year)}）",
        source=[*sources(year), *(f"{PUBLISHED}：{title}" for title in set(facts["source_title"]))],
        figure=spec,
    )


def draw_facts(facts: pd.DataFrame, *, opened: bool = False) -> None:
    with st.expander("公表値の出典と文書の言葉", expanded=opened):
        blocks.table(facts, columns=columns.FACTS, key="facts")


def draw_matrix(year: int, own_area: str | None) -> None:
    title = f"都道府県×支援（{fiscal_year_label(year)}）"
    st.subheader(title, anchor=False)
    matrix = ask(support_matrix, fiscal_year=year)
    spec = ask(figures.provision_figure, fiscal_year=year, own_area=own_area)
    blocks.figure(spec, alt=f"{title}。同じ内容が下の表にあります。", key="provision")
    printed = printed_provision(matrix, words=columns.PROVISION_WORDS)
    shown = columns.provision_columns(provision_labels())
    blocks.table(printed, columns=shown, key="provision_table")
    blocks.downloads(
        printed,
        columns=shown,
        stem=f"support_matrix_{year}",
        title=title,
        source=sources(year),
        figure=spec,
    )


def draw_requests(prefecture_code: str, name: str, year: int) -> None:
    title = f"{name}の市町村が希望する支援と、行われている支援（{fiscal_year_label(year)}）"
    st.subheader(title, anchor=False)
    requests = ask(support_requests, prefecture_code=prefecture_code, fiscal_year=year)
    requests["given_label"] = requests["given"].map(columns.PROVISION_WORDS)
    sentence = request_sentence(requests, area_name=name, fiscal_year=year)
    spec = ask(figures.requests_figure, prefecture_code=prefecture_code, fiscal_year=year)
    blocks.figure(spec, alt=sentence, key="requests")
    blocks.statement(sentence)
    blocks.table(requests, columns=columns.REQUESTS, key="request_table")
    blocks.downloads(
        requests,
        columns=columns.REQUESTS,
        stem=f"support_requests_{prefecture_code}_{year}",
        title=title,
        source=[*sources(year), "希望する支援：市町村票の回答"],
        figure=spec,
    )


def sources(year: int) -> list[str]:
    found = ask(survey_sources, survey_id=FORM, fiscal_year=year)
    return list(found) or ["在宅医療・介護連携推進事業 実施状況調査（都道府県票）"]


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
    draw_shares(year, facts)
    draw_matrix(year, area.prefecture_code)
    if area.prefecture_code:
        name = area.prefecture_name or area.name
        draw_requests(area.prefecture_code, name, year)
    else:
        blocks.notes(["都道府県を選ぶと、その市町村が希望する支援と行われている支援を並べます。"])
    blocks.source_line([*sources(year), *dict.fromkeys(facts["source_title"])])


main()
