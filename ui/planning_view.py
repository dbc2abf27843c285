"""The planning sheet on the screen: six steps with data and blanks, indicators, and files."""

from __future__ import annotations

from typing import Any

import streamlit as st

from access.roles import Action, may
from data.catalogue import load_catalogue
from data.errors import UserError
from exports.planning_sheet import STANDING_COLUMNS, PlanningSheet, Step
from exports.sections import AreaSheet, Section
from records.kinds import kind_of
from ui import blocks
from ui.actor import current_actor
from ui.planning_draft import KIND, Draft, draft_of, forget_draft, picked_of, save_draft
from ui.planning_files import offer_planning_files
from ui.planning_sheet import MOST_INDICATORS, planning_sheet, stage_label, suggested
from ui.profile_sections import printed_table
from ui.selection import Area, choose
from ui.text_table import draw_text_table

NEWEST_PERIOD = "9"
_TOLD = "planning_told"
_ROWS = (("quantity", "quality", "problem"), ("ideal", "activity", "target"))


def periods() -> dict[str, str]:
    """Return the plan periods that can be planned for."""
    return dict(kind_of(KIND).subjects)


@st.fragment
def draw_planning(area: Area, sheet: AreaSheet, benchmark: tuple[str, str]) -> None:
    """Draw the sheet of an area; what is typed redraws this part only."""
    options = periods()
    period = choose("計画期", options, param="plan", default=NEWEST_PERIOD, kind="segmented")
    draft = draft_of(area.code, period)
    picked = _choose_indicators(sheet, draft)
    made = planning_sheet(
        area, sheet, benchmark=benchmark, period=options[period],
        written=draft.texts, picked=tuple(picked), targets=draft.targets,
    )  # fmt: skip
    blocks.statement(planning_sentence(made, picked))
    for row in _ROWS:
        for place, key in zip(st.columns(3, gap="small"), row, strict=True):
            with place, st.container(border=True, key=f"step_{key}"):
                _draw_step(made, made.step(key), draft, area, period)
    _indicators(made, picked, draft, f"{area.code}_{period}_{draft.rounds}")
    _draw_saving(area, period, draft, picked)
    offer_planning_files(made, draft, area=area, benchmark=benchmark, period=period)
    blocks.source_line(made.source)


def planning_sentence(made: PlanningSheet, picked: list[str]) -> str:
    """Say how far the plan has come: steps written, indicators by stage."""
    written = [step.title for step in made.steps if step.written]
    stages = made.indicators["stage"].str[0].value_counts()
    told = "・".join(f"{stage} {int(stages.get(stage, 0))}" for stage in "SPO")
    standing = "、".join(f"{row.title}（{row.side}）" for row in made.standing.itertuples())
    return (
        f"{made.area_name}の検討シート：六つの段階のうち書いたもの{len(written)}。"
        f"指標{len(picked)}（{told}）。目立つ指標：{standing or 'なし'}。"
    )


def _choose_indicators(sheet: AreaSheet, draft: Draft) -> list[str]:
    entries = load_catalogue().indicators
    options = {key: f"{entry.title}（{stage_label(entry)[0]}）" for key, entry in entries.items()}
    saved = [key for key in picked_of(draft.entry) if key in options] if draft.entry else []
    default = saved or [key for key in suggested(sheet) if key in options]
    picked = choose("⑥ 指標（カタログから）", options, param="pick", default=default, kind="multi")
    if len(picked) > MOST_INDICATORS:
        st.warning(
            f"1枚に載る指標は{MOST_INDICATORS}つまでです。初めの{MOST_INDICATORS}つを載せます。"
        )
    return picked[:MOST_INDICATORS]


def _draw_step(made: PlanningSheet, step: Step, draft: Draft, area: Area, period: str) -> None:
    st.markdown(f"**{blocks.plain(step.title)}**　{blocks.plain(step.prompt)}")
    for fact in step.facts:
        st.text(f"・{fact}")
    if step.key == "quantity" and len(made.standing):
        section = Section("standing", "目立つ指標", "", made.standing, STANDING_COLUMNS)
        draw_text_table(printed_table(section), alt="目立つ指標の表")
    key = f"plan_{area.code}_{period}_{draft.rounds}_{step.key}"
    longest = kind_of(KIND).field(step.key).max_length
    st.text_area(
        f"{step.title}に書く", value=draft.texts.get(step.key, ""), key=key, height=120,
        max_chars=longest, placeholder="ここに書きます", label_visibility="collapsed",
        on_change=_typed, args=(draft, draft.texts, step.key, key),
    )  # fmt: skip


def _typed(draft: Draft, kept: dict[str, str], name: str, key: str) -> None:
    kept[name] = str(st.session_state[key] or "").strip()
    draft.is_changed = True


def _indicators(made: PlanningSheet, picked: list[str], draft: Draft, name: str) -> None:
    if made.indicators.empty:
        blocks.empty("指標がまだ選ばれていません。", "上の「⑥ 指標」でカタログから選びます。")
        return
    keys = {load_catalogue().indicators[key].title: key for key in picked}
    for row in made.indicators.to_dict("records"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _indicator(row, keys[row["title"]], draft, name)


def _indicator(row: dict[str, Any], indicator: str, draft: Draft, name: str) -> None:
    key = f"target_{name}_{indicator}"
    st.text_input(
        f"{row['title']}の目標", value=draft.targets.get(indicator, ""), key=key, max_chars=40,
        width=260, on_change=_typed, args=(draft, draft.targets, indicator, key),
    )  # fmt: skip
    st.text(
        f"{row['stage']}　いま {row['now']}　{row['period']}\n"
        f"定義：{row['definition']}\n出典：{row['source']}",
        width="stretch",
    )


def _draw_saving(area: Area, period: str, draft: Draft, picked: list[str]) -> None:
    """Staff keep the sheet as a record; others are told that it stays in their session."""
    is_staff = may(current_actor(), Action.WRITE_RECORD)
    saved = draft.entry
    who = f"保存：{saved['changed_by']}　{str(saved['changed_at'])[:16]}" if saved else "未保存"
    place = (area.code, period)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if is_staff:
            st.button(
                "検討シートを保存", type="primary", key="save_plan",
                on_click=_save, args=(*place, draft, picked),
            )  # fmt: skip
        if draft.is_changed:
            words = "書いたことを消して保存済みに戻す"
            st.button(words, key="forget_plan", on_click=forget_draft, args=place)
        st.caption(who.replace("T", " "))
    told = st.session_state.pop(_TOLD, None)
    if told is not None:
        (st.error if told[0] else st.success)(told[1])
    if not is_staff:
        blocks.notes(
            ["書いたことは、この画面を開いている間だけ残ります。ファイルに保存してください。"]
        )


def _save(area_code: str, period: str, draft: Draft, picked: list[str]) -> None:
    """Keep the sheet before it is drawn again; what is refused stays in the fields."""
    try:
        save_draft(area_code, period, draft, picked)
        st.session_state[_TOLD] = (False, "検討シートを保存しました。")
    except UserError as error:
        st.session_state[_TOLD] = (True, str(error))
