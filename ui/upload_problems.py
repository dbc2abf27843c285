"""Every problem by file, sheet and cell: filtered, saved, and marked in the workbook itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import streamlit as st

from access.roles import Actor
from exports.workbook import XLSX_TYPE
from surveys.marked import marked_workbook
from surveys.problems import (
    COLUMNS,
    LEVELS,
    Level,
    Problem,
    problem_table,
    ranked,
    storable,
)
from surveys.proposal import Proposal
from surveys.uploads import ReadFile
from ui import blocks
from ui.actor import current_actor
from ui.blocks import ColumnLabel
from ui.failures import explain
from ui.upload_state import UploadState
from ui.upload_zip import zipped

ALL = "（すべて）"
TABLE = {label: ColumnLabel(label) for label in COLUMNS.values()}
SCREEN = {
    "kind": ColumnLabel("種別"),
    "place": ColumnLabel("場所"),
    "text": ColumnLabel("内容と対応"),
}
# Pinned columns keep their width, the last takes the rest; together they fit a telephone.
LAYOUT = {
    "kind": st.column_config.TextColumn("種別", width=50, pinned=True),
    "place": st.column_config.TextColumn("場所", width=76, pinned=True),
    "text": st.column_config.TextColumn("内容と対応", width=211),
}
LETTERS, MOST_LINES, LINE, EDGE = 14, 3, 20, 16
HEAD, MOST_ROWS = 38, 8


class Found(NamedTuple):
    """What problems can be kept apart by: kinds with their number, rules and files."""

    kinds: dict[Level, int]
    rules: list[str]
    files: list[str]


class Wanted(NamedTuple):
    """Which problems are asked for; no level stands for all of them."""

    levels: tuple[Level, ...]
    rule: str
    file: str
    word: str

    def has(self, problem: Problem) -> bool:
        """Tell whether a problem is one of them."""
        text = f"{problem.sheet} {problem.cell} {problem.value} {problem.message}"
        return (
            (not self.levels or problem.level in self.levels)
            and self.rule in (ALL, problem.rule)
            and self.file in (ALL, problem.file)
            and self.word in text
        )


def problems_step(proposal: Proposal, state: UploadState) -> None:
    """Show what is to be mended, answered or confirmed; what was mended is a list of its own."""
    problems = state.kept(
        "problems", proposal.problems,
        make=lambda: [problem for problem in proposal.problems if problem.level != "mended"],
    )  # fmt: skip
    if not problems:
        st.success("誤り・確認・注意はありません。", icon=":material/check:")
        return
    blocks.notes(
        ["誤りはブックを直して入れ直します。確認はこの画面で決めます。"
         "注意は公表のときに理由を書きます。"]
    )  # fmt: skip
    _table(problems, state, key="upload_problems", title="取り込みの問題")
    _save_marked(proposal, state)


def mended_step(proposal: Proposal, state: UploadState) -> None:
    """Show what was read otherwise than printed, and how."""
    mended = state.kept(
        "mended", proposal.problems,
        make=lambda: [problem for problem in proposal.problems if problem.level == "mended"],
    )  # fmt: skip
    if not mended:
        st.success("直して読んだ所はありません。書かれたとおりに読みました。")
        return
    blocks.notes(["書かれたままでなく、直して読んだ所です。違っていれば、ブックを直してください。"])
    _table(mended, state, key="upload_mended", title="直して読んだ所")


def _table(problems: list[Problem], state: UploadState, *, key: str, title: str) -> None:
    found = state.kept(f"{key}_found", problems, make=lambda: _found_in(problems))
    wanted = _choose(found, key=key)
    note, frame = state.kept(key, problems, by=wanted, make=lambda: _screen(problems, wanted))
    blocks.notes([note])
    row = row_height(frame)
    height = HEAD + row * min(MOST_ROWS, len(frame)) if len(frame) else None
    blocks.table(frame, columns=SCREEN, key=key, height=height, layout=LAYOUT, row_height=row)
    blocks.downloads(
        lambda: problem_table(problems), columns=TABLE, stem=key, title=title,
        source=["取り込みの検査"],
    )  # fmt: skip


def _screen(problems: list[Problem], wanted: Wanted) -> tuple[str, pd.DataFrame]:
    """Return how many problems are wanted, in words, and the table of them."""
    shown = [problem for problem in problems if wanted.has(problem)]
    lines = condensed(shown)
    joined = (
        f"（場所のない同じ種類のものをまとめて{len(lines):,}行）" if len(lines) < len(shown) else ""
    )
    note = f"{len(problems):,}件のうち{len(shown):,}件を表示{joined}"
    return note, screen_table(lines)


def screen_table(problems: list[Problem]) -> pd.DataFrame:
    """Return problems in three columns that a telephone holds; of a place only what differs."""
    several_files = len({problem.file for problem in problems} - {""}) > 1
    several_sheets = len({problem.sheet for problem in problems} - {""}) > 1
    rows = []
    for problem in ranked(problems):
        parts = (
            (problem.file, several_files or not (problem.sheet or problem.cell)),
            (problem.sheet, several_sheets or not problem.cell),
            (problem.cell, True),
        )
        place = " ".join(part for part, is_told in parts if part and is_told)
        rows.append((LEVELS[problem.level], place, _text(problem)))
    return pd.DataFrame(rows, columns=list(SCREEN), dtype="str")


def row_height(frame: pd.DataFrame) -> int:
    """Return the pixels in which the longest text stands on a telephone, more lines in few rows."""
    longest = int(frame["text"].str.len().max()) if len(frame) else 0
    most = MOST_LINES * MOST_ROWS // max(1, min(MOST_ROWS, len(frame)))
    return LINE * max(1, min(most, -(-longest // LETTERS))) + EDGE


def _text(problem: Problem) -> str:
    """Say the rule, the value unless the message names it, the message, and what to do."""
    printed = storable(problem.value)
    value = f"「{printed}」" if printed and printed not in problem.message else ""
    said = f"{problem.rule}{value}：{problem.message}"
    return f"{said}　→ {problem.action}" if problem.action else said


def condensed(problems: list[Problem]) -> list[Problem]:
    """Return the problems with those of a file that name no cell joined by their rule."""
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for number, problem in enumerate(problems):
        alone = (str(number),) if problem.cell else ()
        key = (problem.level, problem.rule, problem.file, problem.action, *alone)
        groups.setdefault(key, []).append(problem)
    return [
        replace(same[0], message=f"{same[0].message}　ほか{len(same) - 1}件")
        if len(same) > 1
        else same[0]
        for same in groups.values()
    ]


def _found_in(problems: list[Problem]) -> Found:
    counts = Counter(problem.level for problem in problems)
    return Found(
        {level: counts[level] for level in LEVELS if level in counts},
        [ALL, *dict.fromkeys(problem.rule for problem in problems if problem.rule)],
        [ALL, *dict.fromkeys(problem.file for problem in problems if problem.file)],
    )


def _choose(found: Found, *, key: str) -> Wanted:
    """Let the user keep some kinds, one rule, one file, or what holds a word."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        levels = st.pills(
            "種別",
            list(found.kinds),
            selection_mode="multi",
            format_func=lambda level: f"{LEVELS[level]} {found.kinds[level]:,}",
            key=f"{key}_levels",
        )
        rule = st.selectbox("規則", found.rules, key=f"{key}_rule", width=220)
        file = st.selectbox("ファイル", found.files, key=f"{key}_file", width=220)
        word = st.text_input("言葉で絞る", key=f"{key}_word", width=220)
    return Wanted(tuple(levels), rule, file, word)


@st.fragment
def _save_marked(proposal: Proposal, state: UploadState) -> None:
    """Make the marked books at a press, so that what fails is said, then hand them over."""
    files = [file for file in state.files.values() if file.refusal is None]
    if not files:
        return
    several = len(files) > 1
    pressed = st.button(
        "印を付けたブックを作る" + (f"（{len(files)}冊）" if several else ""),
        icon=":material/format_color_fill:",
        help="同じブックの該当するセルに色と説明のコメントを付けます。",
        key=f"upload_mark_{state.round}",
    )
    if not pressed:
        return
    try:
        with st.spinner("印を付けています"):
            content = _marked(files, proposal.problems, current_actor())
    except Exception as error:
        explain(error)
        return
    st.download_button(
        "印を付けたブックを保存" + ("（ZIP）" if several else ""),
        data=content,
        file_name="印付き.zip" if several else f"印付き_{_stem(files[0].name)}.xlsx",
        mime="application/zip" if several else XLSX_TYPE,
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )


def _marked(files: list[ReadFile], problems: list[Problem], actor: Actor) -> bytes:
    made = {
        f"印付き_{number:03d}_{_stem(file.name)}.xlsx": marked_workbook(
            file, actor=actor, problems=[p for p in problems if p.file in ("", file.name)]
        )
        for number, file in enumerate(files, start=1)
    }
    if len(made) == 1:
        return next(iter(made.values()))
    return zipped(made)


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0][:80]
