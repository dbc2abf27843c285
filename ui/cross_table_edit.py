"""The 5 × 5 table as staff fill it: changed cells are kept one by one, and can be undone."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.roles import Action, may
from analytics.cross_table import FUNCTIONS, PROGRAMMES, changed_cells, grid_of
from data.errors import UserError
from records.entries import Entry, remove, restore, save
from ui.actor import current_actor
from ui.store import store

KIND = "cross_table"
_ROW = 110
_WIDTHS = {
    "home_care": 205,
    "dementia": 165,
    "daily_support": 235,
    "care_meeting": 165,
    "other": 160,
}
_DONE = "cross_table_done"


def cross_grid(entries: pd.DataFrame, *, area_code: str, name: str) -> None:
    """Draw the table of a municipality: to read, and for staff to write in and to save."""
    grid = grid_of(entries, area_code=area_code)
    columns = {
        "function": st.column_config.TextColumn("", disabled=True, width=120),
        **{
            key: st.column_config.TextColumn(label, max_chars=400, width=_WIDTHS[key])
            for key, label in PROGRAMMES.items()
        },
    }
    can_write = may(current_actor(), Action.WRITE_RECORD)
    key = f"cross_{area_code}_{st.session_state.get('cross_round', 0)}"
    if can_write:
        st.session_state.setdefault(f"{key}_before", entries)
    shown = st.session_state.get(f"{key}_before", entries)
    after = st.data_editor(
        grid_of(shown, area_code=area_code) if can_write else grid,
        column_config=columns,
        hide_index=True,
        disabled=not can_write,
        row_height=_ROW,
        height=_ROW * len(FUNCTIONS) + 40,
        placeholder="",
        key=key,
    )
    _message()
    if not can_write:
        st.caption("書けるのは担当者です。担当者としてサインインすると、升に直接書けます。")
        return
    after = after.set_axis(list(FUNCTIONS), axis="index")
    changes = changed_cells(grid_of(shown, area_code=area_code), after)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(f"{name}の横断表を保存", type="primary", disabled=not changes):
            _save(shown, changes, area_code=area_code, key=key)
        st.caption(f"書きかえた升：{len(changes)}" if changes else "升を押すと、直接書けます。")


def _save(
    entries: pd.DataFrame, changes: list[tuple[str, str | None]], *, area_code: str, key: str
) -> None:
    """Keep each changed cell; what is refused is said, and the others are kept."""
    mine = entries[entries["area_code"] == area_code].set_index("subject")
    made: list[Entry] = []
    refused: list[str] = []
    for subject, text in changes:
        known = mine.loc[subject] if subject in mine.index else None
        try:
            made.append(_keep(subject, text, known, area_code=area_code))
        except UserError as error:
            refused.append(f"{_label(subject)}：{error}")
    if made:
        st.session_state[_DONE] = (f"{len(made)}の升を保存しました。", made, refused)
        st.session_state["cross_round"] = st.session_state.get("cross_round", 0) + 1
        st.session_state.pop(f"{key}_before", None)
        st.rerun()
    for line in refused:
        st.error(line)


def _keep(
    subject: str, text: str | None, known: pd.Series | None, *, area_code: str
) -> Entry:  # fmt: skip
    root, actor = store().root, current_actor()
    entry_id = None if known is None else str(known["entry_id"])
    version = None if known is None else int(known["version"])
    if text is None and entry_id is not None and version is not None:
        return remove(root, actor=actor, entry_id=entry_id, version=version)
    return save(
        root,
        actor=actor,
        kind=KIND,
        area_code=area_code,
        subject=subject,
        fields={"text": text},
        entry_id=entry_id,
        version=version,
    )


def _label(subject: str) -> str:
    programme, function = subject.split(".")
    return f"「{PROGRAMMES[programme]} × {FUNCTIONS[function]}」"


def _message() -> None:
    text, made, refused = st.session_state.get(_DONE, ("", [], []))
    if not text:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.info(text, width=320)
        if made:
            st.button("元に戻す", key="cross_undo", on_click=_undo, args=(made,))
    for line in refused:
        st.error(line)


def _undo(made: list[Entry]) -> None:
    """Bring back what stood in the cells before; what another has changed since stays."""
    refused = []
    for entry in made:
        try:
            restore(store().root, actor=current_actor(), entry_id=entry.entry_id,
                    version=entry.version)  # fmt: skip
        except UserError as error:
            refused.append(f"{_label(entry.place.subject)}：{error}")
    st.session_state[_DONE] = ("元に戻しました。", [], refused)
    st.session_state["cross_round"] = st.session_state.get("cross_round", 0) + 1
