"""The same sheet for all municipalities of a prefecture in one go, with progress."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from analytics.areas import areas_inside
from ui.selection import Area, area_of
from ui.store import ask

Sheet = TypeVar("Sheet")


@dataclass(frozen=True)
class OfferedFile:
    """A file that is made of all sheets: its button (with {count}), its name and its type."""

    label: str
    name: str
    kind: str


def offer_sheets_of_all(
    key: str,
    *,
    prefecture: tuple[str, str],
    chosen: Hashable,
    make: Callable[[Area], Sheet | None],
    bind: Callable[[Sequence[Sheet]], Sequence[bytes]],
    files: Sequence[OfferedFile],
) -> None:
    """Make the sheets on the press, bind them into files, and keep these while `chosen` stays."""
    code, name = prefecture
    if st.button(f"{name}の全市区町村分を作る（1枚ずつ）", key=f"make_{key}"):
        bar = st.progress(0.0, text="作成中…")
        sheets = _sheets(code, make, bar)
        bar.progress(1.0, text="ファイルにまとめています…")
        if sheets:
            st.session_state[f"files_{key}"] = (chosen, len(sheets), bind(sheets))
        bar.empty()
    kept = st.session_state.get(f"files_{key}")
    if kept is None or kept[0] != chosen:
        return
    _, count, contents = kept
    with st.container(horizontal=True, gap="small"):
        for file, content in zip(files, contents, strict=True):
            save_button(file.label.format(count=count), content, file.name, file.kind)


def _sheets(
    code: str, make: Callable[[Area], Sheet | None], bar: st.delta_generator.DeltaGenerator
) -> list[Sheet]:
    codes = list(ask(areas_inside, area_code=code, level="municipality")["area_code"])
    sheets = []
    for number, each in enumerate(codes, start=1):
        area = area_of(each)
        if area is None:
            continue
        bar.progress(number / len(codes), text=f"{area.name}（{number}／{len(codes)}）")
        made = make(area)
        if made is not None:
            sheets.append(made)
    return sheets


def save_button(label: str, data: bytes | Callable[[], bytes], file_name: str, kind: str) -> None:
    """Offer a file; one given as a function is made on the press."""
    st.download_button(label, data=data, file_name=file_name, mime=kind, on_click="ignore",
                       key=f"download_{file_name}")  # fmt: skip
