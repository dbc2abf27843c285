"""How answers that contradict each other, or come from nobody asked, were read."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.activities_table import item_labels
from analytics.answer_conflicts import RULES, answer_conflicts, answers_of_none_asked
from analytics.survey_repeats import survey_repeats
from data.era import fiscal_year_label
from ui import blocks
from ui.activity_choice import FORM, Chosen
from ui.blocks import ColumnLabel
from ui.store import ask, served

COLUMNS = {
    "area_code": ColumnLabel("団体コード"),
    "area_name": ColumnLabel("市町村"),
    "item_label": ColumnLabel("項目"),
    "said": ColumnLabel("回答"),
    "rule": ColumnLabel("読み方"),
}
_NOT_ASKED = "調査の年度の10月1日に存在しない市町村の回答"


@lru_cache(maxsize=128)
def _reading(store_key: str, chosen: Chosen) -> pd.DataFrame:
    """Return every answer that was not taken as it stands, and the rule by which it was read."""
    of = {"area_code": chosen.region.code, "fiscal_year": chosen.fiscal_year}
    conflicts = ask(answer_conflicts, **of)
    strangers = ask(answers_of_none_asked, **of)
    rules = conflicts["kind"].map(RULES)
    told = conflicts.assign(
        item_label=conflicts["item_key"].map(item_labels("h27r2")).fillna("着手年度"),
        said=rules.str[0],
        rule=rules.str[1],
    )
    unasked = strangers.assign(
        item_label="すべて", said=_NOT_ASKED, rule="対象に数えず、割合にも入れません。"
    )
    whole: pd.DataFrame = pd.concat([told, unasked], ignore_index=True)
    return whole[list(COLUMNS)]


def draw(chosen: Chosen) -> None:
    """Say which answers were read by rule, and which years have no survey."""
    gaps = [fiscal_year_label(year) for year in chosen.gap_years]
    lines = [f"調査の回答がない年度：{'、'.join(gaps)}。前後の年度から補いません。"] if gaps else []
    repeats = ask(survey_repeats, survey_id=FORM, fiscal_year=chosen.fiscal_year)
    twice = "一つの回答票だけを使いました。理由は「出典と定義」の読み込みの記録にあります。"
    lines += [f"二回答えた団体：{repeats:,}。{twice}"] if repeats else []
    frame = _reading(served(), chosen)
    if not frame.empty:
        counts = frame["said"].value_counts(sort=False)
        said = "、".join(f"{words} {count:,}件" for words, count in counts.items())
        lines.append(f"決まりに従って読んだ回答：{said}。")
    blocks.notes(lines)
    if frame.empty:
        return
    opened = st.expander("決まりに従って読んだ回答", key="open_reading", on_change="rerun")
    if opened.open:
        with opened:
            blocks.table(frame, columns=COLUMNS, key="reading", height=320)
