"""Files of one area's sheet, and of all municipalities of its prefecture in one go."""

from __future__ import annotations

import streamlit as st

from analytics.scope import sibling_scope
from exports.profile_workbook import to_profile_xlsx
from exports.sections import AreaSheet
from exports.slides import PPTX_TYPE, to_pptx
from exports.workbook import XLSX_TYPE
from ui import blocks
from ui.hidden import is_hidden
from ui.profile_records import with_records
from ui.profile_sheet import area_sheet, circle_options
from ui.selection import Area
from ui.sheets_of_all import OfferedFile, offer_sheets_of_all, save_button
from ui.store import ask, served


def offer_files(sheet: AreaSheet, *, area: Area, benchmark: tuple[str, str], year: int) -> None:
    """Offer the sheet as XLSX and PPTX, and those of all municipalities of the prefecture."""
    st.subheader("地域カルテを保存", anchor=False)
    with st.container(horizontal=True, gap="small"):
        save_button("XLSX（値・定義・出典）", lambda: to_profile_xlsx([sheet]),
                f"karte_{area.code}.xlsx", XLSX_TYPE)  # fmt: skip
        save_button("PPTX（編集できる図と表）", lambda: to_pptx([sheet], with_tables=True),
                f"karte_{area.code}.pptx", PPTX_TYPE)  # fmt: skip
    blocks.notes(["ブラウザーの印刷で、A4縦1枚に出力できます。"])
    if area.prefecture_code is not None and not is_hidden():
        _offer_all(area.prefecture_code, area.prefecture_name or "", benchmark, year)


@st.fragment
def _offer_all(code: str, name: str, benchmark: tuple[str, str], year: int) -> None:
    """Make the sheets of all municipalities on the press, and keep them to be saved."""
    offer_sheets_of_all(
        "all_profiles",
        prefecture=(code, name),
        chosen=(served(), code, benchmark, year),
        make=lambda area: _sheet(area, benchmark, year),
        bind=lambda sheets: (to_pptx(sheets, with_tables=False), to_profile_xlsx(sheets)),
        files=(
            OfferedFile("PPTX（{count}枚）", f"karte_all_{code}.pptx", PPTX_TYPE),
            OfferedFile("XLSX（{count}市区町村）", f"karte_all_{code}.xlsx", XLSX_TYPE),
        ),
    )


def _sheet(area: Area, benchmark: tuple[str, str], year: int) -> AreaSheet | None:
    circle = next(iter(circle_options(served(), area)), "")
    scope = ask(sibling_scope, area_code=area.code)
    made = area_sheet(served(), area, scope, benchmark, year, circle)
    return None if made is None else with_records(made)
