"""Which question each column answers: the open ones to be answered, all of them to be corrected."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from data.catalogue import load_catalogue
from data.era import fiscal_year_label
from surveys.proposal import Asking
from surveys.proposal_tables import YEARS
from surveys.target import Target
from ui import blocks
from ui.upload_question import AT_ONCE, ask_one, nearest_first, say_rest
from ui.upload_state import UploadState

OPEN = ("proposed", "none", "other_framework")
HOW = {
    "code": "設問の記号",
    "label": "設問の名前",
    "decision": "人が決めた",
    "ignored": "使わない",
    "proposed": "候補あり",
    "year": "年度を選ぶ",
    "other_framework": "別の枠組の設問",
    "none": "見当たらない",
}
NOT_USED = "（使わない）"
UNDECIDED = "（未定）"
SURE_ENOUGH = 0.9


def open_columns(proposal: Asking) -> pd.DataFrame:
    """Return the columns that nobody has decided about."""
    columns = proposal.columns
    undecided = (columns["how"] == YEARS) & (columns["question_id"] == "")
    return columns[columns["how"].isin(OPEN) | undecided]


def columns_step(proposal: Asking, state: UploadState) -> None:
    """Ask for each open column, then show all in a table that can be corrected."""
    labels = question_labels(proposal)
    left = open_columns(proposal)
    for _, row in proposal.columns[proposal.columns["how"] == YEARS].iterrows():
        _ask_year(row, proposal.target, state)
    left = left[left["how"] != YEARS]
    if open_columns(proposal).empty:
        st.success("すべての列の設問が決まっています。", icon=":material/check:")
    else:
        _take_proposals(left, state)
        for _, row in left.head(AT_ONCE).iterrows():
            _ask(row, labels, state)
        say_rest(left)
    st.markdown("**すべての列**")
    blocks.notes(
        [
            "「設問」を押すと直せます。決めたことは、公表すると次の取り込みでも使います"
            "（年度の入った見出しは除きます）。"
        ]
    )
    _edit(proposal, labels, state)


def question_labels(proposal: Asking) -> dict[str, str]:
    """Return the labels of the questions that the framework asks, by identifier."""
    target = proposal.target
    questions = load_catalogue().surveys[target.survey_id].questions
    return {q.id: q.label for q in questions if target.framework in q.frameworks}


def _take_proposals(left: pd.DataFrame, state: UploadState) -> None:
    sure = left[(left["how"] == "proposed") & (left["confidence"] >= SURE_ENOUGH)]
    sure = sure[sure["candidates"].map(len) == 1]
    if sure.empty:
        return

    def take() -> None:
        for row in sure.itertuples():
            state.decide_column(str(row.key), row.candidates[0])

    st.button(f"候補が一つで確信度90％以上の{len(sure)}列を、候補のとおりに決める", on_click=take)


def _ask(row: pd.Series, labels: dict[str, str], state: UploadState) -> None:
    key = str(row["key"])
    share = f"　確信度 {row['confidence']:.0%}" if len(row["candidates"]) else ""
    ask_one(
        f"「{row['header']}」（{row['file']}・{row['sheet']}・{row['cell']}）{share}",
        label=f"「{row['header']}」の設問",
        options=nearest_first(list(row["candidates"]), labels | {"": NOT_USED}),
        key=f"upload_column_{state.round}_{key}",
        take=partial(state.decide_column, key),
    )


def _ask_year(row: pd.Series, target: Target, state: UploadState) -> None:
    """Ask which of several years beside each other is that of the import."""
    key, year = str(row["key"]), fiscal_year_label(target.fiscal_year)
    taken = f"　いまは「{row['question_id']}」の列を使います。" if row["question_id"] else ""
    ask_one(
        f"「{row['header']}」（{row['file']}・{row['sheet']}・{row['cell']}）のうち、"
        f"{year}の回答はどの列ですか。{taken}",
        label=f"「{row['header']}」のうち{year}の列",
        options={heading: f"「{heading}」の列" for heading in row["candidates"]},
        key=f"upload_column_{state.round}_{key}",
        take=partial(state.decide_column, key),
    )


def _edit(proposal: Asking, labels: dict[str, str], state: UploadState) -> None:
    frame = proposal.columns[proposal.columns["how"] != YEARS]
    by_words = {_words(code, labels): code for code in labels} | {NOT_USED: ""}
    shown = pd.DataFrame(
        {
            "header": frame["header"],
            "place": frame["file"] + "・" + frame["sheet"] + "・" + frame["cell"],
            "how": frame["how"].map(HOW),
            "confidence": frame["confidence"],
            "question": [_chosen(row, labels) for _, row in frame.iterrows()],
        }
    )
    key = f"upload_all_columns_{state.round}_{state.edits}"
    st.data_editor(
        shown,
        key=key,
        hide_index=True,
        disabled=["header", "place", "how", "confidence"],
        column_config={
            "header": st.column_config.TextColumn("見出し", width="medium"),
            "place": st.column_config.TextColumn("場所"),
            "how": st.column_config.TextColumn("決め方"),
            "confidence": st.column_config.NumberColumn("確信度", format="percent"),
            "question": st.column_config.SelectboxColumn(
                "設問", options=[UNDECIDED, *by_words], required=True, width="large"
            ),
        },
        on_change=partial(_take_edit, key, frame, by_words, state),
        alt="列の見出し、場所、決め方、確信度、設問",
    )


def _take_edit(key: str, frame: pd.DataFrame, by_words: dict[str, str], state: UploadState) -> None:
    for position, changed in st.session_state[key]["edited_rows"].items():
        chosen = changed.get("question")
        if chosen in by_words:
            state.decide_column(str(frame.iloc[int(position)]["key"]), by_words[chosen])


def _words(code: str, labels: dict[str, str]) -> str:
    return f"{labels[code]}（{code}）"


def _chosen(row: pd.Series, labels: dict[str, str]) -> str:
    if row["question_id"] in labels:
        return _words(str(row["question_id"]), labels)
    return UNDECIDED if row["how"] in (*OPEN, "year") else NOT_USED
