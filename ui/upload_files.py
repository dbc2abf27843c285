"""Dropping files, reading them with progress, and what became of each."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile as DroppedFile

from surveys.proposal import Proposal
from surveys.table_proposal import TableProposal
from surveys.uploads import ReadFile, UploadedFile, read_uploads, target_of
from ui import blocks
from ui.actor import current_actor
from ui.blocks import ColumnLabel
from ui.selection import write
from ui.upload_state import UploadState, start_anew

_STYLE = Path(__file__).with_name("upload.css")
FILES = {
    "name": ColumnLabel("ファイル"),
    "outcome": ColumnLabel("結果"),
    "message": ColumnLabel("内容"),
}


def drop_files(state: UploadState) -> None:
    """Offer the drop zone and read what is new in it; a template of ours names its survey."""
    st.html(_STYLE)
    dropped = st.file_uploader(
        "届いたファイル（Excel・CSV）",
        accept_multiple_files=True,
        help="調査の回答、指標の表、圏域の対応表。Excelブック（.xlsx）かCSVです。",
        key=f"upload_files_{state.round}",
    )
    chosen = {file.file_id: file for file in dropped}
    if list(chosen) == list(state.files):
        return
    fresh = {key: file for key, file in chosen.items() if key not in state.files}
    read = dict(zip(fresh, _read(list(fresh.values())), strict=True))
    state.files = {key: read.get(key) or state.files[key] for key in chosen}
    _follow_mark(list(read.values()))


def _read(fresh: list[DroppedFile]) -> list[ReadFile]:
    if not fresh:
        return []
    files = [UploadedFile(name=file.name, content=file.getvalue()) for file in fresh]
    place = st.empty()
    bar = place.progress(0.0, text="ファイルを読んでいます")

    def advance(text: str, share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=blocks.plain(text))

    try:
        return read_uploads(files, actor=current_actor(), progress=advance)
    finally:
        place.empty()


def _follow_mark(read: list[ReadFile]) -> None:
    """Choose the survey and the year that our own template names."""
    target = target_of(read)
    if target is None:
        return
    write("survey", target.survey_id)
    write("fy", str(target.fiscal_year))


def files_read(proposal: Proposal | TableProposal) -> None:
    """Say of each file whether it was read, and what stands in its way."""
    frame = proposal.files
    refused = frame[frame["message"] != ""]
    known = frame[frame["known_import"] != ""]
    for row in known.itertuples():
        st.info(f"{blocks.plain(row.name)}：取込済みです（{row.known_import}）。")
    for row in refused.itertuples():
        st.error(blocks.plain(f"{row.name}：{row.message}"), icon=":material/error:")
    if len(frame) > 1:
        blocks.table(frame, columns=FILES, key="upload_files_table", height=_height(len(frame)))
    st.button("ファイルを外して最初から", on_click=start_anew, icon=":material/restart_alt:")


def _height(rows: int) -> int | None:
    return None if rows <= 5 else 220
