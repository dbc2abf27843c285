from __future__ import annotations

import streamlit as st

from analytics.activities_table import crosswalk_table, item_labels
from analytics.activities_views import (
    all_rates_view,
    prefectures_view,
    printed_view,
    rates_view,
    statement_view,
)
from analytics.survey_status import response_counts, survey_sources
from data.catalogue import load_catalogue
from data.era import fiscal_year_label
from ui import blocks
from ui import survey_columns as columns
from ui import survey_figures as figures
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
            blocks.Headline("未回収", f"{counts['unanswered']:,}", "調査票の全問が未回答"),
            blocks.Headline("回答票なし", f"{counts['absent']:,}", "取り込んだ回答に行がない"),
        ]
    )


def draw_years(region: Region, year: int, drawn: list[str]) -> None:
    programme = load_catalogue().programme
    for place, framework in zip(st.columns(len(drawn), border=True), drawn, strict=True):
        with place:
            label = programme.frameworks[framework].label
            st.markdown(f"**{label}**")
            spec = ask(
                figures.rates_figure, area_code=region.code, framework=framework, fiscal_year=year
            )
            alt = f"{label}の項目別・年度別の割合。値は下の表にあります。"
            blocks.figure(spec, alt=alt, key=f"rates_{framework}")


def draw_break() -> None:
    programme = load_catalogue().programme
    blocks.notes([f"R2とR3の間の切れ目：{programme.series_break}"])
    with st.expander("R2までの項目は、R3からどうなったか"):
        blocks.table(crosswalk_table(), columns=columns.CROSSWALK, key="crosswalk")


def draw_year(region: Region, year: int, framework: str) -> None:
    chosen = {"area_code": region.code, "framework": framework, "fiscal_year": year}
    sentence = ask(statement_view, **chosen, area_name=region.name)
    blocks.statement(sentence)
    draw_break()
    st.subheader(f"{fiscal_year_label(year)}の回答の内訳", anchor=False)
    blocks.figure(ask(figures.kinds_figure, **chosen), alt=sentence, key="kinds")


def draw_prefectures(region: Region, year: int, framework: str) -> None:
    title = f"都道府県別・項目別の割合（{fiscal_year_label(year)}）"
    st.subheader(title, anchor=False)
    chosen = {"area_code": region.code, "framework": framework, "fiscal_year": year}
    spec = ask(figures.prefectures_figure, **chosen)
    blocks.figure(spec, alt=f"{title}。値は保存できる表にあります。", key="prefectures")
    blocks.notes(["都道府県や医療圏を選ぶと、市町村ごとの回答を一つずつ表示します。"])
    blocks.downloads(
        ask(prefectures_view, **chosen),
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
    chosen = {
        "area_code": region.code,
        "framework": framework,
        "fiscal_year": year,
        "order": order,
    }
    spec = ask(figures.answers_figure, **chosen, own_area=region.own_area)
    blocks.figure(spec, alt=f"{title}。同じ内容が下の表にあります。", key="matrix")
    printed = ask(printed_view, **chosen)
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


def draw_all_years(region: Region, year: int, framework: str) -> None:
    title = f"{region.name}の項目別の実施状況（全年度）"
    st.subheader(title, anchor=False)
    frame = ask(all_rates_view, area_code=region.code)
    blocks.table(frame, columns=columns.RATES_BY_YEAR, key="all_years", height=420)
    blocks.downloads(
        frame,
        columns=columns.RATES_BY_YEAR,
        stem=f"activities_rates_{region.code}",
        title=title,
        source=sources(),
        figure=ask(
            figures.rates_figure, area_code=region.code, framework=framework, fiscal_year=year
        ),
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
    drawn = [
        key
        for key in load_catalogue().programme.frameworks
        if not ask(rates_view, area_code=region.code, framework=key).empty
    ]
    if framework not in drawn:
        blocks.empty(
            f"{region.name}には、調査の対象となる市町村がありません。",
            "上で別の地域を選んでください。",
        )
        return
    draw_response(region, year)
    draw_years(region, year, drawn)
    draw_year(region, year, framework)
    if region.code == "00":
        draw_prefectures(region, year, framework)
    else:
        draw_municipalities(region, year, framework)
    draw_all_years(region, year, framework)
    blocks.definition(
        "数え方",
        "割合＝実施÷回答（市町村数）。一部実施・実施予定・未実施・不明は回答に含み、実施には含めません。"
        "未回答・該当なし・秘匿・欠測・未公表・回答票なしは回答に含めず、それぞれ別に数えます。"
        "対象は各年度の10月1日に存在した市町村で、その後に合併した市町村も当時の年度には含みます。",
    )
    blocks.source_line(sources(year))


main()
