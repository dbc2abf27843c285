"""What the printed texts of a column mean: the doubtful ones to answer, all to be corrected."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from data.catalogue import load_catalogue
from data.catalogue.survey import Question, SurveyDefinition
from surveys.proposal import Asking
from surveys.values import ColumnReader
from ui.upload_question import AT_ONCE, Typed, ask_one, nearest_first, say_rest
from ui.upload_state import UploadState
from ui.upload_value_maps import GAPS, value_maps

WRITTEN = ("count", "number", "year")


def open_values(proposal: Asking) -> pd.DataFrame:
    """Return the printed texts about which somebody has to be asked."""
    return proposal.values[proposal.values["how"] == "asked"]


def values_step(proposal: Asking, state: UploadState) -> None:
    """Ask what each doubtful text means, then show how all were read, to be corrected."""
    left = open_values(proposal)
    definition = load_catalogue().surveys[proposal.target.survey_id]
    if left.empty:
        st.success("読み方を決めていない言葉はありません。", icon=":material/check:")
    else:
        _take_proposals(left, definition, state)
    for _, row in left.head(AT_ONCE).iterrows():
        question = definition.question(str(row["question_id"]))
        _ask(row, question, state, year=proposal.target.fiscal_year)
    say_rest(left)
    value_maps(proposal.values, definition, state)


def _take_proposals(left: pd.DataFrame, definition: SurveyDefinition, state: UploadState) -> None:
    """Offer one press for all that have one likely answer of the form."""
    sure = left[
        [
            len(near) == 1 and near[0] in definition.question(question).allowed
            for question, near in zip(left["question_id"], left["candidates"], strict=True)
        ]
    ]
    if sure.empty:
        return

    def take() -> None:
        for row in sure.itertuples():
            state.decide_value(str(row.question_id), str(row.folded), row.candidates[0])

    st.button(
        f"候補が一つの{len(sure)}件を、候補のとおりに決める",
        on_click=take,
        icon=":material/done_all:",
        key=f"upload_take_values_{state.round}",
    )


def _ask(row: pd.Series, question: Question, state: UploadState, *, year: int) -> None:
    folded, printed, near = str(row["folded"]), str(row["printed"]), list(row["candidates"])
    others = {code: code for code in near if code not in question.allowed}
    options = nearest_first(near, question.allowed | others | GAPS)
    likely = f"　候補：{'・'.join(options[code] for code in near)}" if near else ""
    ask_one(
        f"{question.label}：「{printed}」（{row['cells']:,}セル）　{row['note']}{likely}",
        label=f"{question.label}の「{printed}」の読み方",
        options=options,
        key=f"upload_value_{state.round}_{question.id}_{folded}",
        take=partial(state.decide_value, question.id, folded),
        typed=partial(typed_answer, question, year) if question.type in WRITTEN else None,
    )


def typed_answer(question: Question, year: int, text: str) -> Typed:
    """Return the number or year that somebody wrote, as the check would read it in a cell."""
    reading = ColumnReader(question, [text], survey_year=year).read(text)
    if reading.status == "observed" and reading.value is not None:
        return Typed(reading.value)
    return Typed(fault=f"「{text}」：{reading.note or '数ではありません。'}{reading.action}")
