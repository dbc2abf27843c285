"""Scenes and stages: which part of the four scenes is set, done and measured, and how often."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from analytics.form_answers import counts_of_code, named_most, question_of
from analytics.scenes import (
    ASKED,
    GOAL,
    PERIOD,
    SCENES,
    STAGES,
    contradictions,
    cycle_sentence,
    own_words,
    scene_answers,
    scene_rates,
    scene_sentence,
    scene_table,
)
from charts.code_bars import code_bars
from charts.count_grid import count_grid
from ui import blocks
from ui.activity_choice import Chosen
from ui.activity_parts import (
    PLACE,
    Picture,
    Table,
    masked,
    show_picture,
    show_table,
)
from ui.blocks import ColumnLabel
from ui.store import ask, served

NOT_IN_FORM = "設問なし"
_RATES = {
    "scene_label": ColumnLabel("場面・局面"),
    "stage_label": ColumnLabel("段階"),
    "rate": ColumnLabel("あり", "%", 1),
    "done": ColumnLabel("あり", "市町村", 0),
    "answering": ColumnLabel("回答", "市町村", 0),
    "expected": ColumnLabel("対象", "市町村", 0),
    "unanswered": ColumnLabel("未回答", "市町村", 0),
    "not_applicable": ColumnLabel("該当なし", "市町村", 0),
    "suppressed": ColumnLabel("秘匿", "市町村", 0),
    "missing": ColumnLabel("欠測", "市町村", 0),
    "absent": ColumnLabel("回答票なし", "市町村", 0),
}
_CODES = {
    "label": ColumnLabel("回答"),
    "rate": ColumnLabel("割合", "%", 1),
    "municipalities": ColumnLabel("市町村", "市町村", 0),
    "answering": ColumnLabel("回答", "市町村", 0),
    "expected": ColumnLabel("対象", "市町村", 0),
}
_HOW = (
    "割合＝「あり」÷回答（市町村数）。未回答・該当なし・回答票なしは回答に含みません。"
    "局面（認知症・感染症・災害）は取組だけを聞いています。令和3年度からの設問で、"
    "令和2年度までの8項目とはつながりません。"
)


class Scenes(NamedTuple):
    """The matrix of scenes, the improvement cycle, goals, the table and contradictions."""

    matrix: Picture
    periods: Picture
    goals: Picture
    table: Table
    contradictory: tuple[str, ...]


def draw(chosen: Chosen) -> None:
    """Draw the matrix of scenes and stages, the improvement cycle, and the municipalities."""
    made = scenes(served(), chosen)
    show_picture(made.matrix, chosen, key="scene_matrix")
    _say_contradictions(made.contradictory, hide=chosen.hide)
    for place, picture, key in zip(
        st.columns(2, border=True), (made.goals, made.periods), ("goals", "periods"), strict=True
    ):
        with place:
            show_picture(picture, chosen, key=key)
    show_table(made.table, chosen, key="scene_table")
    blocks.definition("数え方", _HOW)


def _say_contradictions(names: tuple[str, ...], *, hide: bool) -> None:
    if not names:
        return
    which = "" if hide else f"（{'、'.join(names[:10])}{'など' if len(names) > 10 else ''}）"
    blocks.notes([
        f"目指す姿を「4場面で定めた」と答えながら、どの場面も「なし」の市町村が{len(names):,}"
        f"あります{which}。どちらの回答もそのまま数えています。"
    ])  # fmt: skip


@lru_cache(maxsize=128)
def scenes(store_key: str, chosen: Chosen) -> Scenes:
    """Return everything that the view shows of a region and fiscal year."""
    answers = ask(scene_answers, area_code=chosen.region.code, fiscal_year=chosen.fiscal_year)
    own = own_words(answers, area_code=chosen.region.own_area or "")
    return Scenes(
        _matrix(chosen, answers, own),
        _codes(chosen, answers, PERIOD, "改善（PDCA）の目安期間"),
        _codes(chosen, answers, GOAL, "目指す姿の設定"),
        _table(chosen, answers),
        tuple(contradictions(answers)),
    )


def _matrix(chosen: Chosen, answers: pd.DataFrame, own: dict[str, str]) -> Picture:
    region, rates = chosen.region, scene_rates(answers)
    text = [_cell(row, own.get(str(row["question_id"]), "")) for row in rates.to_dict("records")]
    drawn = pd.DataFrame({
        "row": rates["scene_label"], "column": rates["stage_label"],
        "shade": rates["rate"].where(rates["asked"]), "text": text,
        "own": [own.get(str(q)) == "あり" for q in rates["question_id"]],
    })  # fmt: skip
    figure = count_grid(
        drawn, columns=list(STAGES.values()), shade_title="「あり」の割合（％）", shade_most=100,
        height=74,
    )  # fmt: skip
    title = f"{region.name}の場面×段階（{chosen.year_label}）"
    table = Table(title, f"scenes_{region.code}_{chosen.fiscal_year}", rates[rates["asked"]],
                  _RATES)  # fmt: skip
    said = scene_sentence(rates, area_name=region.name, year_label=chosen.year_label)
    return Picture(table, figure, said + _own_sentence(chosen, own))


def _cell(row: dict[Hashable, Any], own: str) -> str:
    if not row["asked"]:
        return NOT_IN_FORM
    rate = row["rate"]
    known = f"{rate:.0f}％\n{row['done']}／{row['answering']}" if rate == rate else "回答なし"
    return f"{known}\n▶ {own}" if own else known


def _own_sentence(chosen: Chosen, own: dict[str, str]) -> str:
    if not own:
        return ""
    missing = [
        f"{scene_label}の「{stage_label}」"
        for scene, scene_label in SCENES.items()
        for stage, stage_label in STAGES.items()
        if own.get(f"{scene}_{stage}") == "なし"
    ]
    told = [own[question] for question in ASKED if question in own]
    name = chosen.area.name
    if missing:
        return f"{name}が「なし」と答えたのは{'、'.join(missing[:6])}" + (
            f"など{len(missing)}か所です。" if len(missing) > 6 else "です。"
        )
    if told and set(told) == {"あり"}:
        return f"{name}は、聞かれたすべてに「あり」と答えています。"
    return f"{name}の回答は「{'」「'.join(dict.fromkeys(told))}」です。"


def _codes(chosen: Chosen, answers: pd.DataFrame, question_id: str, label: str) -> Picture:
    region = chosen.region
    frame = counts_of_code(answers, question_id=question_id)
    own = answers[
        (answers["area_code"] == (region.own_area or "")) & (answers["question_id"] == question_id)
    ]["value"].dropna()
    figure = code_bars(frame, axis_title="回答した市町村のうち（％）", own_codes=tuple(own))
    title = f"{region.name}の{label}（{chosen.year_label}）"
    stem = f"{question_id}_{region.code}_{chosen.fiscal_year}"
    if question_id == PERIOD:
        said = cycle_sentence(frame, area_name=region.name, year_label=chosen.year_label)
    else:
        said = goal_sentence(frame, area_name=region.name, year_label=chosen.year_label)
    return Picture(Table(title, stem, frame, _CODES), figure, said)


def goal_sentence(frame: pd.DataFrame, *, area_name: str, year_label: str) -> str:
    """Say how goals are set most often."""
    answering = int(frame["answering"].max())
    if not answering:
        return f"{area_name}の{year_label}は、目指す姿の設定を答えた市町村がありません。"
    top = frame.nlargest(1, "municipalities").iloc[0]
    return (
        f"{area_name}の{year_label}は、{named_most(frame)}が最も多く、回答{answering:,}市町村のうち"
        f"{int(top['municipalities']):,}（{top['rate']:.1f}％）です。"
    )


def _table(chosen: Chosen, answers: pd.DataFrame) -> Table:
    region = chosen.region
    counts = {
        f"{stage}_count": ColumnLabel(f"{label}あり", "場面・局面", 0)
        for stage, label in STAGES.items()
    }
    words = {q: ColumnLabel(question_of(q).label) for q in (GOAL, PERIOD, *ASKED)}
    title = f"{region.name}の市町村の場面別の回答（{chosen.year_label}）"
    stem = f"scene_answers_{region.code}_{chosen.fiscal_year}"
    frame = masked(scene_table(answers), chosen)
    return Table(title, stem, frame, PLACE | counts | words)
