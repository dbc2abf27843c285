"""The view of support given beside the change in implementation since."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.support_change import change_sentence, support_and_change
from analytics.survey_status import survey_years
from charts.support_change import support_change
from data.catalogue import load_catalogue
from data.era import fiscal_year_label, short_era
from ui import blocks
from ui.blocks import ColumnLabel
from ui.selection import choose
from ui.store import ask, served
from ui.support_choice import FORM, MUNICIPAL_FORM, Chosen
from ui.survey_parts import Part, save, sources

COLUMNS = {
    "area_code": ColumnLabel("都道府県コード"),
    "area_name": ColumnLabel("都道府県"),
    "given": ColumnLabel("行っていた支援", "件", 0),
    "asked": ColumnLabel("回答した支援の設問", "件", 0),
    "rate_before": ColumnLabel("はじめの実施割合", "%", 1),
    "done_before": ColumnLabel("はじめ：実施", "件", 0),
    "answering_before": ColumnLabel("はじめ：回答", "件", 0),
    "rate_after": ColumnLabel("おわりの実施割合", "%", 1),
    "done_after": ColumnLabel("おわり：実施", "件", 0),
    "answering_after": ColumnLabel("おわり：回答", "件", 0),
    "change": ColumnLabel("変化", "ポイント", 1),
}
NO_CAUSE = (
    "この図は二つの数を並べたもので、支援が変化の原因であることを示しません。"
    "人口規模や、もともとの実施の高さなど、ほかの違いを除いていません。"
)
HOW = (
    "実施割合＝両方の年度に尋ねた項目について、実施÷回答を市町村と項目で合計したもの。"
    "令和2年度までと令和3年度からは項目が違うため、同じ枠組みの中だけで比べます。"
)


def draw(chosen: Chosen) -> None:
    """Let the viewer choose the first year; draw the prefectures and say that it shows no cause."""
    years = _years(served(), chosen.framework)
    label = load_catalogue().programme.frameworks[chosen.framework].label
    if len(years) < 2:
        blocks.empty(
            f"{label}の回答が2年度分そろっていません。",
            "都道府県票と市町村票の別の年度を読み込むか、上で別の枠組みの年度を選んでください。",
        )
        return
    options = {str(year): fiscal_year_label(year) for year in years[:-1]}
    since = int(choose("支援を見る年度", options, param="since", default=str(years[0])))
    part, sentence = _made(served(), chosen, since, years[-1])
    st.subheader(part.title, anchor=False)
    blocks.notes([NO_CAUSE])
    blocks.figure(part.figure, alt=sentence, key="support_change")
    blocks.statement(sentence)
    blocks.notes([HOW])
    blocks.table(part.frame, columns=COLUMNS, key="change_table")
    rates = [source for year in (since, years[-1]) for source in sources(MUNICIPAL_FORM, year)]
    cited = [*sources(FORM, since), *rates]
    save(part, source=[*cited, NO_CAUSE])
    blocks.source_line(cited)


@lru_cache(maxsize=16)
def _years(store_key: str, framework: str) -> list[int]:
    """Return the years of a framework in which both forms were answered."""
    found = []
    for form in (FORM, MUNICIPAL_FORM):
        years = ask(survey_years, survey_id=form)
        found.append(set(years.loc[years["framework"] == framework, "fiscal_year"]))
    return sorted(int(year) for year in found[0] & found[1])


@lru_cache(maxsize=256)
def _made(store_key: str, chosen: Chosen, since: int, last: int) -> tuple[Part, str]:
    frame = ask(support_and_change, first_year=since, last_year=last)
    first, end = short_era(since), short_era(last)
    figure = support_change(
        frame,
        x_title=f"{first}に行っていた支援の数（件）",
        y_title=f"{first}→{end}の実施割合の変化（ポイント）",
        own_area=chosen.prefecture_code,
    )
    title = f"支援の数と、その後の実施割合の変化（{first}→{end}・因果を示すものではない）"
    part = Part(title, f"support_change_{since}_{last}", figure, frame, COLUMNS)
    return part, change_sentence(frame, first=first, last=end)
