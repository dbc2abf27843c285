"""What a foreign care managers' form leaves open: its year, columns, words and health centres."""

from __future__ import annotations

import streamlit as st

from data.catalogue import load_catalogue
from data.extract.discharge_workbook import SURVEY_ID
from surveys.comparison import Comparison
from surveys.discharge_proposal import ForeignForms
from ui import blocks
from ui.selection import SELECT_WIDTH
from ui.upload_columns import columns_step, open_columns
from ui.upload_comparison import totals_sentence
from ui.upload_names import names_step, open_names
from ui.upload_question import counted
from ui.upload_state import UploadState
from ui.upload_target import year_options
from ui.upload_values import open_values, values_step

CENTRE = "保健所"


def form_steps(forms: ForeignForms) -> dict[str, str]:
    """Return the steps that ask, with how much is open in each."""
    return {
        "columns": counted("列", len(open_columns(forms))),
        "values": counted("言葉", len(open_values(forms))),
        "names": counted(CENTRE, len(open_names(forms))),
    }


def draw_form_step(step: str, forms: ForeignForms, state: UploadState) -> None:
    """Draw one of those steps."""
    if step == "columns":
        columns_step(forms, state)
    elif step == "values":
        values_step(forms, state)
    else:
        names_step(forms, state, places=forms.centres, what=CENTRE)


def form_head(
    forms: ForeignForms, comparison: Comparison, state: UploadState, *, is_read: bool
) -> None:
    """Say how the files were read, if they were, and ask for the year that they do not print."""
    label = load_catalogue().surveys[SURVEY_ID].label
    where = "保健所の名前は、画面上の地域で選んだ都道府県の中だけで探します。"
    if is_read:
        told = f"「{label}」として、月と保健所ごとの件数を読みました。"
        blocks.notes([told + where, totals_sentence(comparison)])
    else:
        told = f"「{label}」として確かめましたが、読めた件数はまだありません。"
        blocks.notes([told + where])
    if forms.asks_year or state.fiscal_year:
        _ask_year(state)


def _ask_year(state: UploadState) -> None:
    key = f"upload_year_{state.round}"

    def chosen() -> None:
        state.decide_year(int(st.session_state[key] or 0))

    options = year_options(SURVEY_ID)
    st.selectbox(
        "表に書かれていない年度",
        list(options),
        index=None,
        format_func=lambda year: options[year],
        placeholder="選んでください",
        key=key,
        on_change=chosen,
        width=SELECT_WIDTH,
    )
