from __future__ import annotations

import streamlit as st

from access.roles import Action, require
from surveys.problems import LEVELS
from surveys.proposal import Proposal
from ui import blocks
from ui.actor import current_actor
from ui.selection import Area, choose, current_area
from ui.upload_accept import accept_step, done, publish_pressed
from ui.upload_columns import columns_step, open_columns
from ui.upload_comparison import compare_step, preview_step, totals_sentence
from ui.upload_definitions import definitions_view
from ui.upload_figures import figures_row
from ui.upload_files import drop_files, files_read
from ui.upload_files_out import files_view, quick_files
from ui.upload_history import history_view, say_changed
from ui.upload_names import names_step, open_names, respondent_word
from ui.upload_problems import mended_step, problems_step
from ui.upload_question import counted
from ui.upload_state import UploadState, upload_state
from ui.upload_tables import draw_tables
from ui.upload_target import choose_scope, respondents
from ui.upload_totals import totals_view
from ui.upload_values import open_values, values_step

VIEWS = {
    "import": "取り込む",
    "history": "履歴・取り消し",
    "files": "ひな型・書き出し",
    "totals": "合計",
    "definitions": "設問の定義",
}


def main() -> None:
    require(current_actor(), Action.UPLOAD)
    area = current_area()
    blocks.page_title("調査の取り込み", "届いた回答や統計の表を確かめて公表し、必要なら取り消す。")
    view = choose("することを選ぶ", VIEWS, param="view", default="import", kind="segmented")
    say_changed()
    if view == "import":
        draw_import(area)
        return
    scope = choose_scope(area)
    if view == "history":
        history_view(area, scope)
    elif view == "files":
        files_view(area, scope)
    elif view == "totals":
        totals_view(scope)
    else:
        definitions_view(scope)


def draw_import(area: Area) -> None:
    state = upload_state()
    head = st.container()
    publish_pressed(state)
    done(state)
    drop_files(state)
    if state.told_kind() is not None:
        draw_tables(state, prefecture=area.prefecture_code or "")
        return
    with head:
        scope = choose_scope(area, files=list(state.files.values()))
    if not state.files:
        quick_files(scope)
        return
    proposal = state.proposal(scope.target)
    files_read(proposal)
    draw_summary(proposal, state)
    draw_step(proposal, state)


def summary(proposal: Proposal) -> dict[str, int]:
    levels = [problem.level for problem in proposal.problems]
    return {
        "回答者": proposal.answers["area_code"].nunique(),
        "回答": len(proposal.answers),
        **{label: levels.count(level) for level, label in LEVELS.items()},
    }


def draw_summary(proposal: Proposal, state: UploadState) -> None:
    figures_row(state.kept("summary", proposal, make=lambda: summary(proposal)))
    blocks.notes([totals_sentence(proposal.comparison)])


def open_ones(proposal: Proposal) -> tuple[int, int, int]:
    parts = (open_columns(proposal), open_values(proposal), open_names(proposal))
    return len(parts[0]), len(parts[1]), len(parts[2])


def draw_step(proposal: Proposal, state: UploadState) -> None:
    who = respondent_word(proposal.target)
    columns, values, names = state.kept("open", proposal, make=lambda: open_ones(proposal))
    steps = {
        "problems": "問題",
        "columns": counted("列", columns),
        "values": counted("言葉", values),
        "names": counted(f"{who}名", names),
        "mended": "直した所",
        "compare": "比較",
        "preview": "公表後の件数",
        "accept": "公表する",
    }
    step = st.segmented_control(
        "手順",
        list(steps),
        format_func=lambda code: steps[code],
        default="accept" if state.is_ready(proposal) else "problems",
        required=True,
        wrap=True,
        key=f"upload_step_{state.round}",
    )
    if step == "columns":
        columns_step(proposal, state)
    elif step == "values":
        values_step(proposal, state)
    elif step == "names":
        names_step(proposal, state, places=respondents(proposal.target), what=who)
    elif step == "mended":
        mended_step(proposal, state)
    elif step == "compare":
        compare_step(proposal, state)
    elif step == "preview":
        preview_step(proposal, state)
    elif step == "accept":
        accept_step(proposal, state)
    else:
        problems_step(proposal, state)


main()
