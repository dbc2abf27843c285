"""The general view of a form: whatever the catalogue asks is shown, without a page of its own."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.survey_results import is_number, other_surveys
from data.catalogue import load_catalogue
from data.era import fiscal_year_label
from ui import blocks
from ui.hidden import is_hidden
from ui.other_survey_parts import (
    MOST_BARS,
    Asked,
    grid,
    one_question,
    overview,
    respondents,
    results_of,
)
from ui.selection import choose, read
from ui.store import served
from ui.survey_columns import occurring
from ui.survey_parts import Part, matrix, opened_table, save, sources
from ui.survey_scope import Region, loaded_years

LABEL = "その他の調査"
ALL = "all"
HOW_COUNTED = (
    "割合＝その答えを選んだ数÷その設問に回答した数。"
    "未回答・該当なし・秘匿・欠測・未公表・回答票なしは回答に含めず、それぞれ別に数えます。"
    "回答票なし＝取り込んだ回答に行がない。どれも「なし」や0を意味しません。\n"
    "対象は各年度の10月1日に存在した自治体（保健所の調査では保健所の区域）です。年度は一つずつ示し、"
    "枠組み（R2まで・R3から）をまたいでつなぎません。"
)


def draw_other_surveys(regions: Mapping[str, Region]) -> None:
    """Let the viewer choose a form, a year and a question, and draw what was answered.

    regions has the place whose answers are shown by those who answer, in the order offered.
    """
    found = {key: who for who in regions for key in other_surveys(who)}
    forms = {key: load_catalogue().surveys[key].label for key in found}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        survey_id = choose("調査", forms, param="survey", default=next(iter(forms)), width=300)
        years = dict(loaded_years(survey_id))
        if not years:
            _say_how_to_publish(forms[survey_id])
            return
        year = _choose_year(years)
        asked = Asked(survey_id, regions[found[survey_id]], year, years[year], is_hidden())
        labels = _questions(asked)
        question = choose("設問", {ALL: "すべての設問"} | labels, param="question", default=ALL,
                          width=320)  # fmt: skip
    blocks.notes([load_catalogue().programme.frameworks[asked.framework].label])
    if question == ALL:
        _draw_all(asked)
    else:
        _draw_one(asked, question)
    blocks.definition("数え方", HOW_COUNTED)
    blocks.source_line(sources(survey_id, year))


def _say_how_to_publish(label: str) -> None:
    blocks.empty(
        f"「{label}」の回答は、まだ公表されていません。",
        "担当者が「調査の取り込み」でこの調査を選び、届いた回答を公表すると、ここに表示されます。"
        "配る調査票も同じページの「ひな型・書き出し」にあります。",
    )


def _choose_year(years: dict[int, str]) -> int:
    """Let the viewer choose a year with answers; the one of the other views where it is one."""
    options = {str(year): fiscal_year_label(year) for year in sorted(years, reverse=True)}
    kept = read("fy")
    first = kept if kept in options else next(iter(options))
    return int(choose("年度", options, param="survey_fy", default=first))


def _questions(asked: Asked) -> dict[str, str]:
    """Return the questions that were asked in the year, by id."""
    results = results_of(asked)
    return dict(zip(results["question_id"], results["item_label"], strict=True))


def _draw_all(asked: Asked) -> None:
    made = overview(served(), asked)
    if made.part.frame.empty:
        blocks.empty(made.sentence, "上で別の地域を選んでください。")
        return
    part = made.part
    st.subheader(part.title, anchor=False)
    blocks.figure(part.figure, alt=made.sentence, key="survey_kinds")
    blocks.statement(made.sentence)
    shown = occurring(part.frame, part.shown)
    opened_table(f"{part.title}の表", part.frame, columns=shown, key="survey_questions")
    _save(part, asked)
    _draw_grid(grid(served(), asked), asked)


def _draw_grid(part: Part, asked: Asked) -> None:
    st.subheader(part.title, anchor=False)
    if len(part.frame) > MOST_BARS:
        blocks.notes([f"{asked.unit}が多いため、表だけを示します。都道府県を選ぶと図も示します。"])
        opened_table(f"{part.title}の表", part.frame, columns=part.shown, key="survey_answers")
    else:
        matrix(part, key="survey_answers")
    _save(part, asked, with_figure=len(part.frame) <= MOST_BARS)


def _draw_one(asked: Asked, question_id: str) -> None:
    made = one_question(served(), asked, question_id)
    part, question = made.part, asked.form.question(question_id)
    st.subheader(part.title, anchor=False)
    if part.figure:
        blocks.figure(part.figure, alt=made.sentence, key="survey_question")
    blocks.statement(made.sentence)
    if is_number(question) and not part.figure:
        blocks.notes([f"{asked.unit}が多いため、図は示しません。都道府県を選ぶと示します。"])
    _draw_table(part, asked, key="survey_question_table")
    if question.allowed:
        _draw_table(respondents(served(), asked, question_id), asked, key="survey_respondents")


def _draw_table(part: Part, asked: Asked, *, key: str) -> None:
    label = f"{part.title}の表（{len(part.frame):,}行）"
    opened_table(label, part.frame, columns=part.shown, key=key)
    _save(part, asked, with_figure=bool(part.figure))


def _save(part: Part, asked: Asked, *, with_figure: bool = True) -> None:
    cited = sources(asked.survey_id, asked.fiscal_year)
    if with_figure:
        save(part, source=cited)
        return
    blocks.downloads(
        part.frame, columns=part.columns, stem=part.stem, title=part.title, source=cited
    )
