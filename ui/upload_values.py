"""What the printed texts of a column mean: the strange ones to be answered, all of them to read."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from data.catalogue import load_catalogue
from data.catalogue.survey import Question
from surveys.proposal import Asking
from ui.blocks import ColumnLabel
from ui.survey_parts import opened_table
from ui.upload_question import AT_ONCE, ask_one, nearest_first, say_rest
from ui.upload_state import UploadState

GAPS = {
    "[unanswered]": "（未回答とする）",
    "[not_applicable]": "（該当なしとする）",
    "[missing]": "（欠測とする）",
}
HOW = {
    "as_printed": "そのまま",
    "mended": "読み替え",
    "asked": "確認",
    "wrong": "誤り",
    "decided": "人が決めた",
}
VALUES = {
    "question": ColumnLabel("設問"),
    "printed": ColumnLabel("書かれた言葉"),
    "cells": ColumnLabel("セル数", "", 0),
    "how_label": ColumnLabel("読み方"),
    "answer": ColumnLabel("回答"),
    "note": ColumnLabel("内容"),
}


def open_values(proposal: Asking) -> pd.DataFrame:
    """Return the printed texts about which somebody has to be asked."""
    return proposal.values[proposal.values["how"] == "asked"]


def values_step(proposal: Asking, state: UploadState) -> None:
    """Ask what each strange text means, then show how all were read."""
    left = open_values(proposal)
    definition = load_catalogue().surveys[proposal.target.survey_id]
    if left.empty:
        st.success("読み方を決めていない言葉はありません。", icon=":material/check:")
    for _, row in left.head(AT_ONCE).iterrows():
        _ask(row, definition.question(str(row["question_id"])), state)
    say_rest(left)
    opened_table(
        f"すべての言葉の読み方（{len(proposal.values):,}）",
        proposal.values.assign(how_label=proposal.values["how"].map(HOW)),
        columns=VALUES,
        key="upload_values",
    )


def _ask(row: pd.Series, question: Question, state: UploadState) -> None:
    folded, printed = str(row["folded"]), str(row["printed"])
    others = {code: code for code in row["candidates"] if code not in question.allowed}
    ask_one(
        f"{question.label}：「{printed}」（{row['cells']:,}セル）　{row['note']}",
        label=f"{question.label}の「{printed}」の読み方",
        options=nearest_first(list(row["candidates"]), question.allowed | others | GAPS),
        key=f"upload_value_{state.round}_{question.id}_{folded}",
        take=partial(state.decide_value, question.id, folded),
    )
