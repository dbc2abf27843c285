"""Files of one area's sheet, and of all municipalities of its prefecture in one go."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.areas import areas_inside
from analytics.scope import sibling_scope
from exports.profile_workbook import to_profile_xlsx
from exports.sections import AreaSheet
from exports.slides import PPTX_TYPE, to_pptx
from exports.workbook import XLSX_TYPE
from ui import blocks
from ui.hidden import is_hidden
from ui.profile_records import with_records
from ui.profile_sheet import area_sheet, circle_options
from ui.selection import Area, area_of
from ui.store import ask, served

_MADE = "profile_files_of_all"


def offer_files(sheet: AreaSheet, *, area: Area, benchmark: tuple[str, str], year: int) -> None:
    """Offer the sheet as XLSX and PPTX, and those of all municipalities of the prefecture."""
    st.subheader("地域カルテを保存", anchor=False)
    with st.container(horizontal=True, gap="small"):
        _button("XLSX（値・定義・出典）", lambda: to_profile_xlsx([sheet]),
                f"karte_{area.code}.xlsx", XLSX_TYPE)  # fmt: skip
        _button("PPTX（編集できる図と表）", lambda: to_pptx([sheet], with_tables=True),
                f"karte_{area.code}.pptx", PPTX_TYPE)  # fmt: skip
    blocks.notes(["ブラウザーの印刷で、A4縦1枚に出力できます。"])
    if area.prefecture_code is not None and not is_hidden():
        _offer_all(area.prefecture_code, area.prefecture_name or "", benchmark, year)


@st.fragment
def _offer_all(code: str, name: str, benchmark: tuple[str, str], year: int) -> None:
    """Make the sheets of all municipalities on the press, and keep them to be saved."""
    chosen = (served(), code, benchmark, year)
    if st.button(f"{name}の全市区町村分を作る（1枚ずつ）", key="make_all_profiles"):
        bar = st.progress(0.0, text="作成中…")
        sheets = _all_sheets(code, benchmark, year, bar)
        bar.progress(1.0, text="ファイルにまとめています…")
        if sheets:
            files = (to_pptx(sheets, with_tables=False), to_profile_xlsx(sheets))
            st.session_state[_MADE] = (chosen, len(sheets), files)
        bar.empty()
    made = st.session_state.get(_MADE)
    if made is None or made[0] != chosen:
        return
    _, count, (deck, book) = made
    with st.container(horizontal=True, gap="small"):
        _button(f"PPTX（{count}枚）", lambda: deck, f"karte_all_{code}.pptx", PPTX_TYPE)
        _button(f"XLSX（{count}市区町村）", lambda: book, f"karte_all_{code}.xlsx", XLSX_TYPE)


def _all_sheets(
    code: str,
    benchmark: tuple[str, str],
    year: int,
    bar: st.delta_generator.DeltaGenerator,
) -> list[AreaSheet]:
    codes = list(ask(areas_inside, area_code=code, level="municipality")["area_code"])
    sheets = []
    for number, each in enumerate(codes, start=1):
        area = area_of(each)
        if area is None:
            continue
        bar.progress(number / len(codes), text=f"{area.name}（{number}／{len(codes)}）")
        circle = next(iter(circle_options(served(), area)), "")
        scope = ask(sibling_scope, area_code=each)
        made = area_sheet(served(), area, scope, benchmark, year, circle)
        if made is not None:
            sheets.append(with_records(made))
    return sheets


def _button(label: str, data: Callable[[], bytes], file_name: str, kind: str) -> None:
    st.download_button(label, data=data, file_name=file_name, mime=kind, on_click="ignore",
                       key=f"download_{file_name}")  # fmt: skip
