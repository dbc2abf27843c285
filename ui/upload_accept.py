"""The reasons for what is unusual, the one press that publishes, and its undoing."""

from __future__ import annotations

import time

import streamlit as st

from analytics.survey_results import other_surveys
from data.errors import UserError
from surveys.acceptance import Accepted, accept, redo, undo
from surveys.comparison import KIND_LABELS
from surveys.proposal import Proposal
from surveys.table_acceptance import accept_tables
from surveys.table_kinds import table_labels
from surveys.table_proposal import TableProposal
from ui import blocks
from ui.actor import current_actor
from ui.failures import explain
from ui.selection import query
from ui.store import store
from ui.upload_history import import_told
from ui.upload_problems import condensed
from ui.upload_state import UploadState, start_anew

SHOWN = 5
VIEW_OF = {"discharge_form": {"view": "discharge"}}
SHOWN_ON = {
    "discharge_form": ("pages/support.py", "都道府県の支援"),
    "common_table": ("pages/compare.py", "地域比較"),
    "area_membership": ("pages/resources.py", "資源マップ"),
    "municipal_form": ("pages/activities.py", "取組の実施状況"),
    "prefectural_form": ("pages/support.py", "都道府県の支援"),
}


def accept_step(proposal: Proposal | TableProposal, state: UploadState) -> None:
    """Ask for a reason under each rule that warns, then offer to publish."""
    if not proposal.acceptable:
        st.warning("誤りか確認が残っているため、まだ公表できません。「問題」で確かめてください。")
        return
    counts = proposal.comparison.counts
    changes = "・".join(f"{KIND_LABELS[kind]}{count:,}" for kind, count in counts.items())
    blocks.notes([f"いまの公表との違い：{changes}。くわしくは「比較」にあります。"])
    warned = proposal.warnings
    for rule, problems in warned.items():
        with st.container(border=True):
            st.text(f"注意：{rule}（{len(problems):,}件）")
            lines = condensed(problems)
            for line in lines[:SHOWN]:
                st.text(f"・{line.message}　{line.file} {line.sheet} {line.cell}")
            if len(lines) > SHOWN:
                blocks.notes([f"ほか{len(lines) - SHOWN:,}行。すべては「問題」にあります。"])
            ticked = st.checkbox(
                f"確かめました（{blocks.plain(rule)}）", key=f"upload_tick_{state.round}_{rule}"
            )
            reason = st.text_input(
                f"理由（{blocks.plain(rule)}）",
                key=f"upload_reason_{state.round}_{rule}",
                placeholder="このままでよい理由",
                max_chars=200,
            )
            state.reasons[rule] = reason.strip() if ticked else ""
    open_ones = [rule for rule in warned if not state.reasons.get(rule)]
    if open_ones:
        blocks.notes([f"確かめて理由を書くと公表できます：{'・'.join(open_ones)}"])
    st.button(
        "公表する",
        type="primary",
        icon=":material/publish:",
        disabled=bool(open_ones),
        key="upload_accept",
        on_click=state.press,
        args=(proposal,),
    )


def publish_pressed(state: UploadState) -> None:
    """Publish what stood on the screen when the button was pressed, unless the data moved on."""
    proposal, state.pressed = state.pressed, None
    if proposal is None:
        return
    reasons = {rule: state.reasons.get(rule, "") for rule in proposal.warnings}
    begun = time.monotonic()
    try:
        with st.spinner("公表しています"):
            accepted = _accept(proposal, reasons)
    except UserError as error:
        explain(error)
        return
    is_table = isinstance(proposal, TableProposal)
    kind = proposal.kind.key if is_table else proposal.target.survey_id
    state.finish(accepted, survey_id=kind, seconds=time.monotonic() - begun)
    st.rerun()


def _accept(proposal: Proposal | TableProposal, reasons: dict[str, str]) -> Accepted:
    if isinstance(proposal, TableProposal):
        return accept_tables(store(), actor=current_actor(), proposal=proposal, reasons=reasons)
    return accept(store(), actor=current_actor(), proposal=proposal, reasons=reasons)


def done(state: UploadState) -> None:
    """Say what was published, and offer to undo it at once."""
    made = state.accepted
    if made is None:
        return
    if state.undone:
        st.info(
            f"{import_told(made.import_id)}を取り消しました。"
            "公表していたデータは取り込みの前に戻りました。"
        )
        _press("やり直す（再び公表）", redo, state, undone=False)
        return
    st.success(
        f"公表しました。{_size(made, state.survey_id)}、"
        f"世代{made.generation}、{state.seconds:.1f}秒。"
        "開いているほかの画面も、次の操作から新しいデータになります。",
        icon=":material/check_circle:",
    )
    _press("取り消す", undo, state, undone=True)
    page, label, view = shown_on(state.survey_id)
    if page:
        shown = {**query(), **view}
        st.page_link(page, label=f"公表した結果を「{label}」で見る", query_params=shown)


def shown_on(survey_id: str) -> tuple[str, str, dict[str, str]]:
    """Return the page that shows a form or table, its name, and the view of it; blank for none."""
    if survey_id in SHOWN_ON:
        return *SHOWN_ON[survey_id], VIEW_OF.get(survey_id, {})
    for respondent, form in (
        ("municipality", "municipal_form"),
        ("prefecture", "prefectural_form"),
        ("health_center_area", "prefectural_form"),
    ):
        if survey_id in other_surveys(respondent):
            return *SHOWN_ON[form], {"view": "surveys", "survey": survey_id}
    return "", "", {}


def _size(made: Accepted, kind: str) -> str:
    who, what = ("地域", "行") if kind in table_labels() else ("回答者", "回答")
    return f"{who}{made.respondents:,}・{what}{made.answers:,}"


def _press(label: str, change: object, state: UploadState, *, undone: bool) -> None:
    def pressed() -> None:
        try:
            change(store(), actor=current_actor(), import_id=state.accepted.import_id)  # type: ignore[operator,union-attr]
        except Exception as error:
            explain(error)
            return
        state.undone = undone

    with st.container(horizontal=True, gap="small"):
        st.button(label, on_click=pressed, icon=":material/undo:", key="upload_undo")
        st.button("次のファイルを取り込む", on_click=start_anew, key="upload_next")
