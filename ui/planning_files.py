"""Files of the planning sheet: one area's, the blank form, and all municipalities' in one go."""

from __future__ import annotations

import time
from dataclasses import replace

import streamlit as st

from analytics.scope import sibling_scope
from exports.planning_sheet import PlanningSheet, blank_planning_sheet
from exports.planning_slides import PPTX_TYPE, to_planning_pptx
from exports.planning_workbook import to_planning_xlsx
from exports.workbook import XLSX_TYPE
from records.kinds import kind_of
from ui import blocks
from ui.hidden import is_hidden
from ui.planning_draft import KIND, Draft, picked_of, saved_plan, targets_of, texts_of
from ui.planning_sheet import planning_sheet, suggested
from ui.profile_records import with_records
from ui.profile_sheet import area_sheet, circle_options
from ui.selection import Area
from ui.sheets_of_all import OfferedFile, offer_sheets_of_all, save_button
from ui.store import ask, meta, served

_LAST_FIELD_SECONDS = 0.5


def offer_planning_files(
    made: PlanningSheet, draft: Draft, *, area: Area, benchmark: tuple[str, str], period: str
) -> None:
    """Offer the sheet of the area, the blank form, and those of the whole prefecture."""

    def as_typed() -> PlanningSheet:
        # The press that starts the download also ends the typing in the last field.
        time.sleep(_LAST_FIELD_SECONDS)
        steps = tuple(replace(step, written=draft.texts.get(step.key, "")) for step in made.steps)
        return replace(made, steps=steps)

    st.subheader("検討シートを保存", anchor=False)
    with st.container(horizontal=True, gap="small"):
        save_button("PPTX（編集できるA4横1枚）", lambda: to_planning_pptx([as_typed()]),
                f"planning_{area.code}.pptx", PPTX_TYPE)  # fmt: skip
        save_button("XLSX", lambda: to_planning_xlsx([as_typed()]),
                f"planning_{area.code}.xlsx", XLSX_TYPE)  # fmt: skip
        save_button("白紙 PPTX（印刷して書く）", lambda: to_planning_pptx([blank_planning_sheet()]),
                "planning_blank.pptx", PPTX_TYPE)  # fmt: skip
        save_button("白紙 XLSX", lambda: to_planning_xlsx([blank_planning_sheet()]),
                "planning_blank.xlsx", XLSX_TYPE)  # fmt: skip
    if area.prefecture_code is not None and not is_hidden():
        offer_plans_of_all(area.prefecture_code, area.prefecture_name or "", benchmark, period)


def offer_plans_of_all(code: str, name: str, benchmark: tuple[str, str], period: str) -> None:
    """Offer the sheets of all municipalities of a prefecture (code, name) as one file."""
    offer_sheets_of_all(
        "all_plans",
        prefecture=(code, name),
        chosen=(served(), code, benchmark, period),
        make=lambda area: saved_sheet(area, benchmark, period),
        bind=lambda sheets: (to_planning_pptx(sheets), to_planning_xlsx(sheets)),
        files=(
            OfferedFile("PPTX（{count}枚）", f"planning_all_{code}.pptx", PPTX_TYPE),
            OfferedFile("XLSX（{count}市区町村）", f"planning_all_{code}.xlsx", XLSX_TYPE),
        ),
    )
    blocks.notes(["全市区町村分には、担当者が保存した検討シートの書き込みが入ります。"])


def saved_sheet(area: Area, benchmark: tuple[str, str], period: str) -> PlanningSheet | None:
    """Return the sheet of an area with what staff have saved; nothing where there are no data."""
    circle = next(iter(circle_options(served(), area)), "")
    scope = ask(sibling_scope, area_code=area.code)
    sheet = area_sheet(served(), area, scope, benchmark, int(meta()["built_at"][:4]), circle)
    if sheet is None:
        return None
    sheet, saved = with_records(sheet), saved_plan(area.code, period)
    picked = picked_of(saved) or suggested(sheet)
    return planning_sheet(
        area, sheet, benchmark=benchmark, period=kind_of(KIND).subjects[period],
        written=texts_of(saved), picked=tuple(picked), targets=targets_of(saved),
    )  # fmt: skip
