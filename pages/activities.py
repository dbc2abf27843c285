from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.activities import item_rates, municipal_answers, prefecture_rates
from analytics.activities_sentence import activities_sentence
from analytics.activities_table import (
    counts_by_kind,
    crosswalk_table,
    implemented_word,
    item_labels,
    labelled_rates,
    printed_answers,
    sorted_answers,
)
from analytics.survey_status import category_labels, response_counts, survey_sources
from charts.rate_by_year import rate_by_year
from charts.rate_matrix import rate_matrix
from charts.status_bars import status_bars
from charts.status_matrix import status_matrix
from data.catalogue import load_catalogue
from data.era import fiscal_year_label, short_era
from ui import blocks
from ui import survey_columns as columns
from ui.selection import choose, current_area
from ui.store import ask
from ui.survey_scope import (
    Region,
    choose_fiscal_year,
    has_answers,
    say_how_to_load,
    survey_region,
)

FORM = "municipal_form"
ORDERS = {"code": "団体コード順", "done": "実施・ありの項目が多い順"}


def draw_response(region: Region, year: int) -> None:
    counts = ask(response_counts, area_code=region.code, fiscal_year=year)
    blocks.headline(
        [
            blocks.Headline("対象の市町村", f"{counts['expected']:,}", f"{year}年10月1日現在"),
            blocks.Headline("回答した市町村", f"{counts['returned']:,}"),
            blocks.Headline("未回収", f"{counts['unanswered']:,}", "調査票の全問が無回答"),
            blocks.Headline("回答票なし", f"{counts['absent']:,}", "取り込んだ回答に行がない"),
        ]
    )


def draw_years(rates: dict[str, pd.DataFrame], year: int) -> None:
    programme = load_catalogue().programme
    for place, (framework, frame) in zip(
        st.columns(len(rates), border=True), rates.items(), strict=True
    ):
        with place:
            st.markdown(f"**{programme.frameworks[framework].label}**")
            spec = rate_by_year(frame, word=implemented_word(framework), selected=short_era(year))
            alt = f"{programme.frameworks[framework].label}の項目別・年度別の割合"
            blocks.figure(spec, alt=f"{alt}。値は下の表にあります。", key=f"rates_{framework}")


def draw_break() -> None:
    programme = load_catalogue().programme
    blocks.notes([f"R2とR3の間の切れ目：{programme.series_break}"])
    with st.expander("R2までの項目は、R3からどうなったか"):
        blocks.table(crosswalk_table(), columns=columns.CROSSWALK, key="crosswalk")


def draw_year(rates: pd.DataFrame, region: Region, year: int, framework: str) -> None:
    word = implemented_word(framework)
    chosen = rates[rates["fiscal_year"] == year]
    sentence = activities_sentence(
        chosen, area_name=region.name, fiscal_year=year, labels=item_labels(framework), word=word
    )
    blocks.statement(sentence)
    draw_break()
    st.subheader(f"{fiscal_year_label(year)}の回答の内訳", anchor=False)
    spec = status_bars(
        counts_by_kind(chosen, framework=framework),
        labels=category_labels(framework),
        axis_title="市町村数",
        total=int(chosen["expected"].max()),
    )
    blocks.figure(spec, alt=sentence, key="kinds")


def draw_prefectures(region: Region, year: int, framework: str) -> None:
    frame = ask(prefecture_rates, area_code=region.code, framework=framework, fiscal_year=year)
    frame = frame.assign(
        item_label=frame["item_key"].map(item_labels(framework)),
        item_short=frame["item_key"].map(item_labels(framework, short=True)),
    )
    short = list(dict.fromkeys(frame["item_short"]))
    spec = rate_matrix(
        frame.assign(item_label=frame["item_short"]), word=implemented_word(framework), items=short
    )
    title = f"都道府県別・項目別の割合（{fiscal_year_label(year)}）"
    st.subheader(title, anchor=False)
    blocks.figure(spec, alt=f"{title}。値は保存できる表にあります。", key="prefectures")
    blocks.notes(["都道府県や医療圏を選ぶと、市町村ごとの回答を一つずつ表示します。"])
    blocks.downloads(
        frame,
        columns=columns.RATES_BY_PREFECTURE,
        stem=f"activities_prefectures_{year}",
        title=title,
        source=sources(year),
        figure=spec,
    )


def draw_municipalities(region: Region, year: int, framework: str) -> None:
    title = f"{region.name}の市町村×項目（{fiscal_year_label(year)}）"
    st.subheader(title, anchor=False)
    order = choose("並べ方", ORDERS, param="view", default="code", kind="segmented")
    answers = ask(municipal_answers, area_code=region.code, framework=framework, fiscal_year=year)
    answers = sorted_answers(answers, framework=framework, order=order)
    spec = status_matrix(
        answers.assign(item_label=answers["item_short"]),
        labels=category_labels(framework),
        items=list(item_labels(framework, short=True).values()),
        own_area=region.own_area,
    )
    blocks.figure(spec, alt=f"{title}。同じ内容が下の表にあります。", key="matrix")
    printed = printed_answers(answers, framework=framework)
    shown = columns.answer_columns(item_labels(framework, short=True))
    blocks.table(printed, columns=shown, key="answers", height=min(420, 36 * (len(printed) + 1)))
    blocks.downloads(
        printed,
        columns=columns.answer_columns(item_labels(framework)),
        stem=f"activities_{region.code}_{year}",
        title=title,
        source=sources(year),
        figure=spec,
    )


def sources(year: int | None = None) -> list[str]:
    found = ask(survey_sources, survey_id=FORM, fiscal_year=year)
    return list(found) or ["在宅医療・介護連携推進事業 実施状況調査（市町村票）"]


def draw_all_years(rates: dict[str, pd.DataFrame], region: Region, year: int) -> None:
    title = f"{region.name}の項目別の実施状況（全年度）"
    st.subheader(title, anchor=False)
    frame = pd.concat(list(rates.values()), ignore_index=True)
    blocks.table(frame, columns=columns.RATES_BY_YEAR, key="all_years", height=420)
    framework = frame.loc[frame["fiscal_year"] == year, "framework"].iloc[0]
    blocks.downloads(
        frame,
        columns=columns.RATES_BY_YEAR,
        stem=f"activities_rates_{region.code}",
        title=title,
        source=sources(),
        figure=rate_by_year(rates[framework], word=implemented_word(framework)),
    )


def main() -> None:
    region = survey_region(current_area())
    blocks.page_title(
        f"{region.name}の取組の実施状況", "どの項目が、どの市町村で行われ、どこが遅れているか。"
    )
    if not has_answers(FORM):
        say_how_to_load(FORM, "市町村の実施状況調査の回答が、まだ取り込まれていません。")
        return
    year, framework = choose_fiscal_year(FORM)
    rates = {
        key: labelled_rates(found, framework=key)
        for key in load_catalogue().programme.frameworks
        if not (found := ask(item_rates, area_code=region.code, framework=key)).empty
    }
    if framework not in rates:
        blocks.empty(
            f"{region.name}には、調査の対象となる市町村がありません。",
            "上で別の地域を選んでください。",
        )
        return
    draw_response(region, year)
    draw_years(rates, year)
    draw_year(rates[framework], region, year, framework)
    if region.code == "00":
        draw_prefectures(region, year, framework)
    else:
        draw_municipalities(region, year, framework)
    draw_all_years(rates, region, year)
    blocks.definition(
        "数え方",
        "割合＝実施÷回答（市町村数）。一部実施・実施予定・未実施・不明は回答に含み、実施には含めません。"
        "無回答・該当なし・秘匿・欠測・非公表・回答票なしは回答に含めず、それぞれ別に数えます。"
        "対象は各年度の10月1日に存在した市町村で、その後に合併した市町村も当時の年度には含みます。",
    )
    blocks.source_line(sources(year))


main()
