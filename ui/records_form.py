"""What staff write by hand: the entries of a place, and a form for those who may write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from access.roles import Action, may
from data.errors import UserError
from records.entries import Entry, entries, remove, restore, save
from records.kinds import KindEntry, Value, kind_of
from ui.actor import current_actor
from ui.records_fields import draw_fields, in_words
from ui.store import store

__all__ = ["record_form", "records_of"]


def records_of(kind: str, *, area_code: str | None, subject: str | None = None) -> pd.DataFrame:
    """Return the entries of a place as they stand now, in the order of the subjects."""
    rows = entries(store().root, kind=kind, area_code=area_code, subject=subject)
    order = {code: place for place, code in enumerate(kind_of(kind).subjects)}
    place = rows["subject"].map(lambda code: order.get(code, len(order)))
    return rows.iloc[place.argsort(kind="stable")].reset_index(drop=True)


def record_form(kind: str, *, area_code: str, subject: str | None = None) -> None:
    """Draw the entries of an area (of one subject, or of all) and, for staff, what changes them."""
    _Form(kind_of(kind), area_code, subject).draw()


class _Form:
    """One list of entries with its form; keys are told apart by kind and place."""

    def __init__(self, kind: KindEntry, area_code: str, subject: str | None) -> None:
        self.kind = kind
        self.area_code = area_code
        self.subject = subject
        self.name = f"records_{kind.key}_{area_code}_{subject}"

    def draw(self) -> None:
        can_write = may(current_actor(), Action.WRITE_RECORD)
        rows = records_of(self.kind.key, area_code=self.area_code, subject=self.subject)
        self._message()
        if rows.empty:
            st.caption(f"{self.kind.label}は、まだ書かれていません。")
        # As it was read when the form was opened: what others saved since must not be overwritten.
        editing = st.session_state.get(f"{self.name}_editing", {})
        for row in rows.to_dict("records"):
            with st.container(border=True, gap="small"):
                if can_write and row["entry_id"] == editing.get("entry_id"):
                    self._editor(editing)
                else:
                    self._entry(row, can_write=can_write)
        if not can_write:
            st.caption("書けるのは担当者です。担当者としてサインインすると、ここで書けます。")
        elif not (self.kind.single and self.subject is not None and len(rows)):
            with st.expander(f"{self.kind.label}を書く", key=f"{self.name}_add"):
                self._editor(None)

    def _entry(self, row: Mapping[str, Any], *, can_write: bool) -> None:
        short, long = in_words(self.kind, row, with_subject=self.subject is None)
        if short:
            st.text("　／　".join(f"{label}：{text}" for label, text in short))
        for label, text in long:
            with st.container(horizontal=True, gap="small"):
                st.caption(label, width=130)
                st.text(text, width="stretch")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"{row['changed_by']}　{str(row['changed_at'])[:16].replace('T', ' ')}")
            if can_write:
                key = f"{self.name}_{row['entry_id']}"
                st.button("書きかえる", key=f"{key}_edit", on_click=self._edit, args=(row,))
                st.button("削除", key=f"{key}_remove", on_click=self._remove, args=(row,))

    def _editor(self, row: Mapping[str, Any] | None) -> None:
        # A new round gives an empty form once what was in it has been kept.
        rounds = st.session_state.get(f"{self.name}_round", 0)
        key = f"{self.name}_{row['entry_id'] if row else 'new'}_{rounds}"
        with st.form(key, border=False):
            subject, fields = draw_fields(self.kind, row, key=key, subject=self.subject)
            with st.container(horizontal=True, gap="small"):
                is_saved = st.form_submit_button("保存", type="primary")
                is_left = row is not None and st.form_submit_button("やめる")
        if is_left:
            st.session_state.pop(f"{self.name}_editing", None)
            st.rerun(scope="app")
        if is_saved:
            self._save(row, subject, fields)

    def _save(
        self,
        row: Mapping[str, Any] | None,
        subject: str,
        fields: Mapping[str, Value],
    ) -> None:
        """Keep what was typed; when it is refused the form stays as it is, with the reason."""
        try:
            made = save(
                store().root,
                actor=current_actor(),
                kind=self.kind.key,
                area_code=self.area_code,
                subject=subject,
                fields=fields,
                entry_id=row["entry_id"] if row else None,
                version=row["version"] if row else None,
            )
        except UserError as error:
            st.error(str(error))
            return
        self._done("保存しました。", made)
        st.rerun(scope="app")

    def _edit(self, row: Mapping[str, Any]) -> None:
        st.session_state[f"{self.name}_editing"] = dict(row)
        st.session_state.pop(f"{self.name}_done", None)

    def _remove(self, row: Mapping[str, Any]) -> None:
        root = store().root
        try:
            made = remove(
                root, actor=current_actor(), entry_id=row["entry_id"], version=row["version"]
            )
        except UserError as error:
            st.session_state[f"{self.name}_done"] = (str(error), None)
            return
        self._done("削除しました。", made)

    def _undo(self, made: Entry) -> None:
        root = store().root
        try:
            restore(root, actor=current_actor(), entry_id=made.entry_id, version=made.version)
        except UserError as error:
            st.session_state[f"{self.name}_done"] = (str(error), None)
            return
        st.session_state[f"{self.name}_done"] = ("元に戻しました。", None)

    def _done(self, text: str, made: Entry) -> None:
        st.session_state[f"{self.name}_done"] = (text, made)
        st.session_state.pop(f"{self.name}_editing", None)
        st.session_state[f"{self.name}_round"] = st.session_state.get(f"{self.name}_round", 0) + 1

    def _message(self) -> None:
        text, made = st.session_state.get(f"{self.name}_done", ("", None))
        if not text:
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.info(text, width=420)
            if made is not None:
                st.button("元に戻す", key=f"{self.name}_undo", on_click=self._undo, args=(made,))
