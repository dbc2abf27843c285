"""The generations that are kept, and going back to one of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.restore import Kept, kept_generations, restore
from data.errors import UserError
from exports.columns import ColumnLabel
from ui import blocks
from ui.actor import current_actor
from ui.store import store

COLUMNS = {
    "name": ColumnLabel("世代"),
    "published_at": ColumnLabel("公開した日時（日本時間）"),
    "megabytes": ColumnLabel("大きさ", unit="MB", decimals=1),
    "state": ColumnLabel("状態"),
}


def restore_view() -> None:
    """Draw the generations, and the one press that serves another."""
    kept = kept_generations(store(), actor=current_actor())
    if words := st.session_state.pop("restore_failed", ""):
        st.error(words, icon=":material/error:")
    blocks.statement(restore_sentence(kept))
    frame = pd.DataFrame([_row(item) for item in kept])
    blocks.table(frame, columns=COLUMNS, key="generations_table")
    others = [item.name for item in kept if not item.is_served]
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("表示する世代", others, key="generation_chosen", width=200)
        is_sure = st.checkbox("すべての人の画面が、この世代に変わることを確かめました")
        st.button(
            "この世代にする",
            key="restore",
            disabled=not is_sure,
            on_click=_restore,
            args=(chosen,),
        )
    blocks.definition(
        "世代",
        "取り込みや作り直しのたびに、新しい世代ができます。戻しても、新しいほうの世代は残り、"
        "また選べます。戻した後に取り込むと、戻した世代に足されます。",
    )


def restore_sentence(kept: list[Kept]) -> str:
    """Say which generation is served, and how many others can be."""
    served = next(item for item in kept if item.is_served)
    moment = served.published_at.strftime("%Y-%m-%d %H:%M")
    later = sum(item.name > served.name for item in kept)
    words = f"表示しているのは、{moment}に公開した世代 {served.name} です。"
    if len(kept) == 1:
        return words + "ほかの世代は、まだありません。取り込みや作り直しをすると、増えます。"
    words += f"ほかに{len(kept) - 1}世代を残しています。"
    return words + (f"これより新しい世代が{later}つあります。" if later else "")


def _row(item: Kept) -> dict[str, object]:
    return {
        "name": item.name,
        "published_at": item.published_at.strftime("%Y-%m-%d %H:%M:%S"),
        "megabytes": item.megabytes,
        "state": "表示中" if item.is_served else "",
    }


def _restore(name: str) -> None:
    try:
        restore(store(), actor=current_actor(), to=name)
    except UserError as error:
        st.session_state["restore_failed"] = str(error)
