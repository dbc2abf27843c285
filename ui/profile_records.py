"""The issue log and the PDCA record of an area: parts of its sheet, and the view to write them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from exports.columns import ColumnLabel
from exports.sections import AreaSheet, Section
from records.file import stamp
from records.kinds import KindEntry, kind_of
from ui import blocks
from ui.records_fields import NOTHING, field_words, indicator_title
from ui.records_form import record_form, records_of
from ui.selection import Area
from ui.store import store

_STATES = ("open", "doing", "done")
_ISSUE_COLUMNS = {
    "scene": ColumnLabel("場面"),
    "text": ColumnLabel("課題"),
    "state": ColumnLabel("状態"),
    "since": ColumnLabel("いつから"),
    "next_step": ColumnLabel("次に行うこと"),
}
_PDCA_COLUMNS = {
    "period": ColumnLabel("計画期"),
    "plan": ColumnLabel("計画"),
    "target": ColumnLabel("目標"),
    "now": ColumnLabel("いまの値"),
    "actual": ColumnLabel("実績"),
    "next_action": ColumnLabel("次の取組"),
}


def with_records(sheet: AreaSheet) -> AreaSheet:
    """Return the sheet with what staff keep for the area, read anew after every save."""
    return _with_records(stamp(store().root), sheet)


@lru_cache(maxsize=128)
def _with_records(records_stamp: tuple[int, int], sheet: AreaSheet) -> AreaSheet:
    sections = (issue_section(sheet.area_code), pdca_section(sheet.area_code, sheet.rows))
    return replace(sheet, sections=(*sheet.sections, *sections))


def issue_section(area_code: str) -> Section:
    """Return the issue log: what is not done first, in the order of the scenes."""
    kind = kind_of("issue")
    rows = records_of("issue", area_code=area_code)
    order = list(kind.subjects)
    rows = rows.assign(
        state_order=rows["state"].map({state: n for n, state in enumerate(_STATES)}),
        scene_order=rows["subject"].map({scene: n for n, scene in enumerate(order)}),
    ).sort_values(["state_order", "scene_order"], kind="stable")
    frame = pd.DataFrame(
        {
            "scene": [kind.subjects.get(scene, scene) for scene in rows["subject"]],
            **{
                key: [field_words(kind.field(key), value) for value in rows[key]]
                for key in ("text", "state", "since", "next_step")
            },
        },
        columns=list(_ISSUE_COLUMNS),
        dtype="object",
    ).reset_index(drop=True)
    labels = kind.field("state").choices
    counts = rows["state"].value_counts()
    told = "、".join(f"{labels[state]}{int(counts.get(state, 0))}" for state in _STATES)
    sentence = f"課題{len(frame)}件：{told}。" if len(frame) else _unwritten(kind)
    return Section("issues", "課題の記録", sentence, frame, _ISSUE_COLUMNS)


def pdca_section(area_code: str, indicators: pd.DataFrame) -> Section:
    """Return the PDCA record; the value of today stands beside the target."""
    kind = kind_of("pdca")
    rows = records_of("pdca", area_code=area_code)
    today = indicators.set_index("indicator_id").to_dict("index")
    frame = pd.DataFrame(
        [_pdca_row(kind, row, today) for row in rows.to_dict("records")],
        columns=list(_PDCA_COLUMNS),
        dtype="object",
    )
    with_target = int(rows["target_indicator"].notna().sum())
    sentence = (
        f"計画{len(frame)}件。うち目標とする指標のあるもの{with_target}件。"
        if len(frame)
        else _unwritten(kind)
    )
    return Section("pdca", "PDCAの記録", sentence, frame, _PDCA_COLUMNS)


def _pdca_row(kind: KindEntry, row: dict[str, Any], today: dict[str, Any]) -> dict[str, str]:
    key = row["target_indicator"]
    value = field_words(kind.field("target_value"), row["target_value"])
    found = today.get(key) if key else None
    now = NOTHING
    if key:
        now = f"{found['printed']}（{found['period_label']}）" if found else "データなし"
    return {
        "period": kind.subjects.get(row["subject"], row["subject"]).partition("（")[0],
        "target": f"{indicator_title(key)} {value}" if key else value,
        "now": now,
        **{
            name: field_words(kind.field(name), row[name])
            for name in ("plan", "actual", "next_action")
        },
    }


def _unwritten(kind: KindEntry) -> str:
    return f"{kind.label}は、まだ書かれていません。担当者がこのページの「課題とPDCA」で書きます。"


def draw_records(area: Area) -> None:
    """Draw both records of an area, with forms for those who may write."""
    for key in ("issue", "pdca"):
        kind = kind_of(key)
        st.subheader(kind.label, anchor=False)
        blocks.notes([kind.explanation])
        record_form(key, area_code=area.code)
    blocks.notes(
        [
            "ここに書いたことは地域カルテとそのファイルに載り、閲覧者も読めます。"
            "個人の名前、電話番号、メールアドレスは書けません。"
        ]
    )
