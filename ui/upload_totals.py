"""How often each answer stands in the published data, to be held against a sheet's own totals."""

from __future__ import annotations

import streamlit as st

from analytics.answer_counts import answer_counts
from data.era import fiscal_year_label
from ui import blocks
from ui.blocks import ColumnLabel
from ui.store import ask
from ui.upload_target import Scope

COUNTS = {
    "question": ColumnLabel("設問"),
    "answer": ColumnLabel("回答"),
    "respondents": ColumnLabel("回答者", "", 0),
    "total": ColumnLabel("数の和", "", 1),
}
HEIGHT = 520


def totals_view(scope: Scope) -> None:
    """Print the counts and sums of the published answers by question."""
    target = scope.target
    found = ask(
        answer_counts,
        survey_id=target.survey_id,
        fiscal_year=target.fiscal_year,
        prefecture=target.prefecture,
    )
    title = f"{scope.place}の回答の件数と和（{fiscal_year_label(target.fiscal_year)}）"
    st.subheader(title, anchor=False)
    if found.empty:
        blocks.empty("この年度の公表中の回答はありません。", "「取り込む」で入れると数えます。")
        return
    blocks.notes(
        [
            "公表中の回答を数えたものです。手元の集計表と照らし合わせます。複数回答はそれぞれ数えます。"
        ]
    )
    blocks.table(found, columns=COUNTS, key="upload_counts", height=HEIGHT, missing="")
    blocks.downloads(
        found,
        columns=COUNTS,
        stem=f"totals_{target.survey_id}_{target.fiscal_year}_{target.prefecture or 'all'}",
        title=title,
        source=["公表中の回答"],
    )
