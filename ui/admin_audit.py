"""Who did what when: the chain's verdict, a filtered table, and files of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.audit import head
from access.audit_table import chain_sentence, read_log
from exports.columns import ColumnLabel
from records.kinds import load_kinds
from ui import blocks
from ui.actor import current_actor
from ui.copyable import copyable
from ui.kept import Kept
from ui.store import store

COLUMNS = {
    "number": ColumnLabel("番号", decimals=0),
    "at": ColumnLabel("日時（日本時間）"),
    "name": ColumnLabel("人"),
    "actor": ColumnLabel("利用者"),
    "role": ColumnLabel("役割"),
    "action": ColumnLabel("操作"),
    "result": ColumnLabel("結果"),
    "details": ColumnLabel("内容"),
}
_NARROWED = {"actor": ("利用者", 220), "action": ("操作", 220), "result": ("結果", 160)}
_choices: Kept[list[str]] = Kept(most=8)
SOURCE = ["この製品の操作の記録（audit.jsonl）"]


def audit_view() -> None:
    """Draw the audit log for an admin."""
    root = store().root
    kinds = {key: kind.label for key, kind in load_kinds().items()}
    frame, verdict = read_log(root, actor=current_actor(), words={"kind": kinds})
    said = chain_sentence(verdict)
    if verdict.is_sound and frame.empty:
        blocks.empty(said, "サインインや取り込みをすると、ここに残ります。")
        return
    blocks.statement(said)
    if not verdict.is_sound:
        st.error("控えの audit.jsonl と比べ、保存先に書ける人を確かめてください。")
    if frame.empty:
        return
    shown = _filtered(frame)
    st.caption(f"{len(frame):,}件のうち{len(shown):,}件")
    blocks.table(shown, columns=COLUMNS, key="audit_table", height=420 if len(shown) > 10 else None)
    blocks.downloads(shown, columns=COLUMNS, stem="操作の記録", title="操作の記録", source=SOURCE)
    blocks.definition(
        "控え",
        "末尾の番号と印を、毎日、別の場所に控えてください。"
        "控えと合わなければ、記録が作り直されています。",
    )
    number, seal = head(root)
    copyable(f"{number} {seal}")


def _filtered(frame: pd.DataFrame) -> pd.DataFrame:
    """Let the admin narrow by person, deed, result and day."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = {
            column: st.multiselect(label, _choices.of(frame, by=column,
                                                      make=lambda c=column: sorted(set(frame[c]))),
                                   key=f"audit_{column}", width=width, placeholder="すべて")
            for column, (label, width) in _NARROWED.items()
        }  # fmt: skip
        days = st.date_input("期間", value=(), key="audit_days", format="YYYY-MM-DD", width=300)
    if not any(wanted.values()) and len(days) < 2:
        return frame
    kept = pd.Series(True, index=frame.index)
    for column, chosen in wanted.items():
        if chosen:
            kept &= frame[column].isin(chosen)
    if len(days) == 2:
        first, last = pd.Timestamp(days[0]), pd.Timestamp(days[1]) + pd.Timedelta(days=1)
        kept &= frame["moment"].between(first, last, inclusive="left")
    return frame[kept]
