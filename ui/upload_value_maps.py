"""The value maps of all columns: what each printed text was taken for, to be corrected."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from data.catalogue.survey import SurveyDefinition
from surveys.wording import fold_answer
from ui import blocks
from ui.blocks import ColumnLabel
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
UNDECIDED = "（未定）"
SUPPRESSED = {"[suppressed]": "秘匿"}
NUMBERS = {
    "question": ColumnLabel("設問"),
    "printed": ColumnLabel("書かれた言葉"),
    "cells": ColumnLabel("セル数", "", 0),
    "how_label": ColumnLabel("読み方"),
    "answer": ColumnLabel("回答"),
    "note": ColumnLabel("内容"),
}
_SHOWN = ["question", "printed", "cells", "how", "meaning"]
_LONGEST = 40


def value_maps(values: pd.DataFrame, definition: SurveyDefinition, state: UploadState) -> None:
    """Show the maps of columns with the same answers together, then numbers read otherwise."""
    shown = values[values["printed"].str.strip() != ""]
    closed = {question.id: question for question in definition.questions if question.allowed}
    own = shown[shown["question_id"].isin(list(closed))]
    if not own.empty:
        st.markdown("**言葉と回答の対応**")
        blocks.notes(
            ["「回答」を押すと直せます。決めたことは、公表すると次の取り込みでも使います。"
             "空欄は未回答です。誤りの言葉はブックで直します。"]
        )  # fmt: skip
    alike = own["question_id"].map(lambda key: _answers(closed[key].type, closed[key].allowed))
    for number, (answers, rows) in enumerate(own.groupby(alike, sort=False)):
        _group(rows.reset_index(drop=True), answers, state, number=number)
    _numbers(shown[~shown["question_id"].isin(list(closed))])


def _answers(kind: str, allowed: dict[str, str]) -> tuple[tuple[str, str], ...]:
    several = (("", "several"),) if kind == "multi" else ()
    return (*several, *allowed.items())


def _group(
    rows: pd.DataFrame, answers: tuple[tuple[str, str], ...], state: UploadState, *, number: int
) -> None:
    several = answers[0] == ("", "several")
    allowed = dict(answers[1:] if several else answers)
    words = "・".join(allowed.values())
    words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    count = f"{rows['question_id'].nunique()}設問・{len(rows):,}通り"
    with st.expander(blocks.plain(f"{words}（{count}）"), expanded=_is_unusual(rows)):
        _edit(rows, allowed, state, number=number, several=several)


def _is_unusual(rows: pd.DataFrame) -> bool:
    """Tell whether a text is open, wrong or decided, or several of a column mean one answer."""
    if rows["how"].isin(["asked", "wrong", "decided"]).any():
        return True
    read = rows[rows["code"] != ""].assign(same=rows["printed"].map(fold_answer))
    different = read.groupby(["question_id", "code"])["same"].nunique()
    return bool((different > 1).any())


def _edit(
    rows: pd.DataFrame, allowed: dict[str, str], state: UploadState, *, number: int, several: bool
) -> None:
    options = allowed | GAPS
    known = options | SUPPRESSED
    meanings = [
        [known.get(part, part) for part in code.split(";") if part] if several
        else known.get(code, UNDECIDED)
        for code in rows["code"]
    ]  # fmt: skip
    shown = rows.assign(how=rows["how"].map(HOW), meaning=meanings)[_SHOWN]
    key = f"upload_map_{state.round}_{state.edits}_{number}"
    chosen = list(dict.fromkeys(options.values()))
    st.data_editor(
        shown,
        key=key,
        hide_index=True,
        height=min(420, 36 * (len(shown) + 1)),
        disabled=[name for name in _SHOWN if name != "meaning"],
        column_config={
            "question": st.column_config.TextColumn("設問", width="medium"),
            "printed": st.column_config.TextColumn("書かれた言葉"),
            "cells": st.column_config.NumberColumn("セル数", format="localized"),
            "how": st.column_config.TextColumn("読み方"),
            "meaning": st.column_config.MultiselectColumn("回答", options=chosen, width="large")
            if several
            else st.column_config.SelectboxColumn(
                "回答",
                options=[UNDECIDED, *chosen, *SUPPRESSED.values()],
                required=True,
                width="medium",
            ),
        },
        on_change=partial(_take_edit, key, rows, options, state),
        alt="設問、書かれた言葉、セル数、読み方、回答",
    )


def _take_edit(key: str, rows: pd.DataFrame, options: dict[str, str], state: UploadState) -> None:
    codes = {words: code for code, words in reversed(options.items())}
    for position, changed in st.session_state[key]["edited_rows"].items():
        row = rows.iloc[int(position)]
        chosen = changed.get("meaning")
        picked = [codes[word] for word in _listed(chosen) if word in codes]
        answers = [code for code in options if code in picked and code not in GAPS]
        code = ";".join(answers or picked[:1])
        if code and row["how"] != "wrong":
            state.decide_value(str(row["question_id"]), str(row["folded"]), code)


def _listed(chosen: object) -> list[str]:
    return [str(word) for word in chosen] if isinstance(chosen, list) else [str(chosen)]


def _numbers(rows: pd.DataFrame) -> None:
    """List the numbers, years and texts that were not read as printed."""
    mended = rows[rows["how"] != "as_printed"]
    if mended.empty:
        return
    with st.expander(f"数・年度・文章で、直して読んだもの（{len(mended):,}）"):
        blocks.table(
            mended.assign(how_label=mended["how"].map(HOW)),
            columns=NUMBERS,
            key="upload_values",
            height=min(420, 36 * (len(mended) + 1)),
        )
