"""The way of a plain table: its problems by cell, what it changes, and its publication."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.roles import Actor
from analytics.table_intake import indicator_reach, zone_sizes
from data.catalogue import load_catalogue
from data.derive.measures_again import indicators_of
from data.era import period_label
from surveys.problems import LEVELS
from surveys.table_acceptance import preview_tables
from surveys.table_proposal import TableProposal
from ui import blocks
from ui.actor import current_actor
from ui.blocks import ColumnLabel
from ui.store import ask, store
from ui.upload_accept import accept_step
from ui.upload_comparison import CHANGES, compare_frames, differing
from ui.upload_figures import figures_row
from ui.upload_files import files_read
from ui.upload_forms import draw_form_step, form_head, form_steps
from ui.upload_problems import mended_step, problems_step
from ui.upload_state import UploadState

NATION = "00"
HEIGHT = 380
STEPS = {
    "problems": "問題",
    "mended": "直した所",
    "compare": "比較",
    "preview": "公表後",
    "accept": "公表する",
}
TABLE_CHANGES = CHANGES | {
    "area_code": ColumnLabel("地域コード"),
    "area_name": ColumnLabel("地域"),
    "question": ColumnLabel("項目"),
    "before": ColumnLabel("いまの値"),
    "after": ColumnLabel("取り込む値"),
}
REACH = {
    "title": ColumnLabel("指標"),
    "period_label": ColumnLabel("時点"),
    "areas_before": ColumnLabel("いま値のある地域", "", 0),
    "areas_after": ColumnLabel("公表後に値のある地域", "", 0),
    "whole_before": ColumnLabel("いまの全体の値", "", 2),
    "whole_after": ColumnLabel("公表後の全体の値", "", 2),
}
SIZES = {
    "type_label": ColumnLabel("種類"),
    "title": ColumnLabel("圏域"),
    "areas_before": ColumnLabel("いまの市町村数", "", 0),
    "areas_after": ColumnLabel("公表後の市町村数", "", 0),
}


def draw_tables(state: UploadState, *, prefecture: str) -> None:
    """Show what the files hold as tables, step by step, up to their publication."""
    proposal = state.table_proposal(prefecture)
    if proposal.forms:
        is_read = len(proposal.answers) > 0
        form_head(proposal.forms, proposal.comparison, state, is_read=is_read)
    else:
        told = "年度や都道府県は、表に書かれたとおりに使います。"
        blocks.notes([f"「{proposal.kind.label}」として読みました。{told}"])
    files_read(proposal)
    levels = [problem.level for problem in proposal.problems]
    counted = {text: levels.count(level) for level, text in LEVELS.items()}
    figures_row({"地域": proposal.areas, "行": proposal.rows, **counted})
    asking = form_steps(proposal.forms) if proposal.forms else {}
    steps = {"problems": STEPS["problems"], **asking, **STEPS}
    step = st.segmented_control(
        "手順",
        list(steps),
        format_func=lambda code: steps[code],
        default="accept" if state.is_ready(proposal) else "problems",
        required=True,
        wrap=True,
        key=f"upload_step_{state.round}",
    )
    if step == "mended":
        mended_step(proposal, state)
    elif step == "compare":
        compare_frames(proposal.comparison, TABLE_CHANGES, state)
    elif step == "preview":
        _preview(proposal, state, current_actor())
    elif step == "accept":
        accept_step(proposal, state)
    elif step in asking and proposal.forms:
        draw_form_step(str(step), proposal.forms, state)
    else:
        problems_step(proposal, state)


def _preview(proposal: TableProposal, state: UploadState, actor: Actor) -> None:
    """Show which indicators get values, or how large the areas become."""
    is_zones = len(proposal.memberships) > 0
    if is_zones:
        filters = {"types": tuple(sorted(set(proposal.memberships["parent_type"])))}
        count, keys, columns = zone_sizes, ["parent_type", "title"], SIZES
    else:
        found = indicators_of(load_catalogue(), proposal.measure_ids)
        filters = {"indicators": tuple(one.key for one in found), "whole": NATION}
        count, keys, columns = indicator_reach, ["title", "period"], REACH
    now = ask(count, **filters)
    if state.previewed is None or state.previewed[0] is not proposal:
        with (
            st.spinner("公表後の値を計算しています"),
            preview_tables(store(), actor=actor, proposal=proposal) as con,
        ):
            state.previewed = (proposal, count(con, **filters))
    frame = _beside(now, state.previewed[1], keys)
    if is_zones:
        labels = {key: entry.label for key, entry in load_catalogue().area_types.items()}
        frame["type_label"] = frame["parent_type"].map(labels)
    else:
        frame["period_label"] = frame["period"].map(period_label)
    changed = frame[_differs(frame)]
    blocks.notes([f"公表すると変わる{len(changed):,}行を示します（全{len(frame):,}行）。"])
    if len(changed):
        height = HEIGHT if len(changed) > 10 else None
        blocks.table(changed, columns=columns, key="upload_effect", height=height, missing="")


def _beside(now: pd.DataFrame, later: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    joined = now.merge(later, on=keys, how="outer", suffixes=("_before", "_after"))
    for name in ("areas_before", "areas_after"):
        joined[name] = joined[name].fillna(0)
    return joined.rename(
        columns={"whole_value_before": "whole_before", "whole_value_after": "whole_after"}
    )


def _differs(frame: pd.DataFrame) -> pd.Series:
    differs = frame["areas_before"] != frame["areas_after"]
    if "whole_after" in frame:
        differs |= differing(frame["whole_before"], frame["whole_after"])
    return differs
