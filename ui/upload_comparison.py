"""What the files change: against what is published, last year, and the sheet's own totals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from analytics.answer_counts import answer_counts
from surveys.acceptance import preview
from surveys.comparison import KIND_LABELS, Comparison
from surveys.proposal import Proposal
from ui import blocks
from ui.actor import current_actor
from ui.blocks import ColumnLabel
from ui.selection import SELECT_WIDTH
from ui.store import ask, store
from ui.upload_figures import figures_row
from ui.upload_state import UploadState

KINDS = ("changed", "withdrawn", "new", "unchanged")
AREA = {"area_code": ColumnLabel("団体コード"), "area_name": ColumnLabel("回答者")}
CHANGES = {
    **AREA,
    "question": ColumnLabel("設問"),
    "before": ColumnLabel("いまの回答"),
    "after": ColumnLabel("取り込む回答"),
    "kind_label": ColumnLabel("違い"),
}
JUMPS = {
    **AREA,
    "question": ColumnLabel("設問"),
    "last_year": ColumnLabel("前年度", "", 1),
    "this_year": ColumnLabel("今回", "", 1),
    "change_percent": ColumnLabel("増減", "%", 1),
}
TOTALS = {
    "question": ColumnLabel("設問"),
    "printed": ColumnLabel("表の合計", "", 1),
    "added": ColumnLabel("行の和", "", 1),
    "agrees_label": ColumnLabel("一致"),
    "file": ColumnLabel("ファイル"),
    "sheet": ColumnLabel("シート"),
    "cell": ColumnLabel("セル"),
}
BEFORE_AFTER = {
    "question": ColumnLabel("設問"),
    "answer": ColumnLabel("回答"),
    "before": ColumnLabel("いまの件数", "", 0),
    "after": ColumnLabel("取り込み後の件数", "", 0),
    "before_total": ColumnLabel("いまの和", "", 1),
    "after_total": ColumnLabel("取り込み後の和", "", 1),
}
BESIDE = (
    ("last_year", "this_year"),
    ("printed", "added"),
    ("before_total", "after_total"),
)
_KEYS = ["question_id", "question", "answer"]
HEIGHT = 380
FEW_ROWS = 10
SAME_SUM = 1e-9


def totals_sentence(comparison: Comparison) -> str:
    """Say whether the totals of the sheets are the sums of their rows."""
    totals = comparison.totals
    if totals.empty:
        return "行の和と照らし合わせられる合計の行は、表にありません。"
    wrong = totals[~totals["agrees"].astype(bool)]
    if wrong.empty:
        return f"表の合計{len(totals)}か所は、すべて行の和と一致します。"
    first = wrong.iloc[0]
    return (
        f"表の合計{len(totals)}か所のうち{len(wrong)}か所が行の和と違います"
        f"（{first['question']}：合計{first['printed']:g}、行の和{first['added']:g}）。"
    )


def compare_step(proposal: Proposal, state: UploadState) -> None:
    """Show the changes, the jumps since last year, the totals and who is missing."""
    comparison = proposal.comparison
    counts = comparison.counts
    figures_row({KIND_LABELS[kind]: counts[kind] for kind in KINDS})
    _changes(comparison, CHANGES, state)
    _part("前年度から50％を超えて変わる数", comparison.jumps, JUMPS, "upload_jumps")
    _totals(comparison.totals, state)
    _part("まだ回答のない回答者", comparison.missing, AREA, "upload_missing")


def compare_frames(
    comparison: Comparison, columns: dict[str, ColumnLabel], state: UploadState
) -> None:
    """Show the changes and the jumps of a table, and its totals where it prints any."""
    counts = comparison.counts
    figures_row({KIND_LABELS[kind]: counts[kind] for kind in KINDS})
    if counts == dict.fromkeys(KINDS, 0):
        return
    _changes(comparison, columns, state)
    if len(comparison.jumps):
        title = "前の年から50％を超えて変わる値"
        _part(title, comparison.jumps, JUMPS, "upload_jumps")
    if len(comparison.missing):
        _part("まだ回答のない所", comparison.missing, AREA, "upload_missing")
    if len(comparison.totals):
        _totals(comparison.totals, state)


def _totals(totals: pd.DataFrame, state: UploadState) -> None:
    def made() -> pd.DataFrame:
        words = totals["agrees"].astype(bool).map({True: "一致", False: "違う"})
        return totals.assign(agrees_label=words)

    shown = state.kept("totals", totals, make=made)
    _part("表の合計と行の和", shown, TOTALS, "upload_totals")


def _changes(comparison: Comparison, columns: dict[str, ColumnLabel], state: UploadState) -> None:
    changes, counts = comparison.changes, comparison.counts
    most_telling = next((kind for kind in KINDS if counts[kind]), KINDS[0])
    kind = st.selectbox(
        "違い",
        KINDS,
        index=KINDS.index(most_telling),
        format_func=lambda code: f"{KIND_LABELS[code]}（{counts[code]:,}）",
        key="upload_kind",
        width=SELECT_WIDTH,
    )

    def made() -> pd.DataFrame:
        return changes[changes["kind"] == kind].assign(kind_label=KIND_LABELS[kind])

    shown = state.kept("changes", changes, by=kind, make=made)
    _part(f"いまの公表との違い：{KIND_LABELS[kind]}", shown, columns, f"upload_changes_{kind}")


def as_needed(frame: pd.DataFrame, columns: dict[str, ColumnLabel]) -> dict[str, ColumnLabel]:
    """Return the columns, those that stand beside each other without decimals if all are whole."""
    found = dict(columns)
    for group in BESIDE:
        names = [name for name in group if name in frame and name in columns]
        if all((frame[name].dropna() % 1 == 0).all() for name in names):
            found |= {name: replace(columns[name], decimals=0) for name in names}
    return found


def _part(title: str, frame: pd.DataFrame, columns: dict[str, ColumnLabel], key: str) -> None:
    columns = as_needed(frame, columns)
    st.markdown(f"**{title}**（{len(frame):,}件）")
    if frame.empty:
        blocks.notes(["ありません。"])
        return
    blocks.table(frame, columns=columns, key=key, height=_height(frame))
    blocks.downloads(frame, columns=columns, stem=key, title=title, source=["取り込みの比較"])


def _height(frame: pd.DataFrame) -> int | None:
    return HEIGHT if len(frame) > FEW_ROWS else None


def preview_step(proposal: Proposal, state: UploadState) -> None:
    """Show how often each answer is given now and after acceptance, as the pages would count."""
    target = proposal.target
    filters = {
        "survey_id": target.survey_id,
        "fiscal_year": target.fiscal_year,
        "prefecture": target.prefecture,
    }
    now = ask(answer_counts, **filters)
    if state.previewed is None or state.previewed[0] is not proposal:
        with (
            st.spinner("公表後の件数を数えています"),
            preview(store(), actor=current_actor(), proposal=proposal) as con,
        ):
            state.previewed = (proposal, answer_counts(con, **filters))
    later = state.previewed[1]
    frame = before_after(now, later)
    sums_differ = differing(frame["before_total"], frame["after_total"])
    changed = frame[(frame["before"] != frame["after"]) | sums_differ]
    columns = as_needed(changed, BEFORE_AFTER)
    blocks.notes(
        ["公表すると各ページが数える件数です。変わる行だけを表示し、保存には全行が入ります。"]
    )
    if changed.empty:
        blocks.notes(["件数の変わる回答はありません。"])
    else:
        blocks.table(
            changed,
            columns=columns,
            key="upload_preview",
            height=_height(changed),
            missing="",
        )
    blocks.downloads(
        frame,
        columns=BEFORE_AFTER,
        stem="upload_preview",
        title="取り込み前後の件数",
        source=["取り込みの下見"],
    )


def differing(before: pd.Series, after: pd.Series) -> pd.Series:
    """Tell where two sums differ by more than the order in which they were added up."""
    same = np.isclose(before, after, rtol=SAME_SUM, atol=SAME_SUM, equal_nan=True)
    return pd.Series(~same, index=before.index)


def before_after(now: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Return both counts side by side in the order of the form; an answer nobody gives is 0."""
    joined = later.merge(now, on=_KEYS, how="outer", suffixes=("_after", "_before"), sort=False)
    order = {key: place for place, key in enumerate([*later["question_id"], *now["question_id"]])}
    joined = joined.assign(
        before=joined["respondents_before"].fillna(0),
        after=joined["respondents_after"].fillna(0),
        before_total=joined["total_before"],
        after_total=joined["total_after"],
        place=joined["question_id"].map(order),
    )
    columns = [*_KEYS, "before", "after", "before_total", "after_total"]
    return joined.sort_values("place", kind="stable")[columns].reset_index(drop=True)
