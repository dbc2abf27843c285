"""Who each row is about, where the file leaves it open."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from surveys.proposal import Asking
from surveys.target import Target
from ui import blocks
from ui.blocks import ColumnLabel
from ui.upload_question import AT_ONCE, ask_one, nearest_first, say_rest
from ui.upload_state import UploadState

MUNICIPALITY = "市町村"
RESPONDENTS = {
    "municipality": MUNICIPALITY,
    "prefecture": "都道府県",
    "health_center_area": "保健所",
}
HOW = {"mended": "直した", "asked": "確認", "decided": "人が決めた"}
NAMES = {
    "printed": ColumnLabel("書かれた名前"),
    "file": ColumnLabel("ファイル"),
    "sheet": ColumnLabel("シート"),
    "cell": ColumnLabel("セル"),
    "how_label": ColumnLabel("読み方"),
    "area_name": ColumnLabel(MUNICIPALITY),
    "note": ColumnLabel("内容"),
}


def respondent_word(target: Target) -> str:
    """Return what those are called who answer the form."""
    return RESPONDENTS[target.definition.respondent]


def open_names(proposal: Asking) -> pd.DataFrame:
    """Return the printed names about which somebody has to be asked, each once."""
    names = proposal.names
    return names[names["how"] == "asked"].drop_duplicates("printed")


def names_step(
    proposal: Asking, state: UploadState, *, places: dict[str, str], what: str = MUNICIPALITY
) -> None:
    """Ask which respondent is meant, then show how all unusual names were read."""
    left = open_names(proposal)
    if left.empty:
        st.success(f"{what}名で確認することはありません。", icon=":material/check:")
    for _, row in left.head(AT_ONCE).iterrows():
        _ask(row, places, state, what)
    say_rest(left)
    if proposal.names.empty:
        return
    blocks.notes(["決めた名前は、公表すると次の取り込みでも使います。"])
    shown = proposal.names.assign(how_label=proposal.names["how"].map(HOW))
    blocks.table(
        shown,
        columns=NAMES | {"area_name": ColumnLabel(what)},
        key="upload_names",
        height=280 if len(shown) > 6 else None,
    )


def _ask(row: pd.Series, places: dict[str, str], state: UploadState, what: str) -> None:
    printed = str(row["printed"])
    options = {code: f"{name}（{code}）" for code, name in places.items()}
    ask_one(
        f"「{printed}」（{row['file']}・{row['sheet']}・{row['cell']}）　{row['note']}",
        label=f"「{printed}」の{what}",
        options=nearest_first(list(row["candidates"]), options),
        key=f"upload_name_{state.round}_{printed}",
        take=partial(state.decide_name, printed),
    )
