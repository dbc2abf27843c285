"""Files of a workshop: scenes for a hall without network, planning sheets, sheets of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from exports.group_sheet import GroupSheet
from exports.group_slides import PPTX_TYPE, SLIDES_A_GROUP, to_group_pptx
from exports.group_workbook import to_group_xlsx
from exports.offline_bundle import SAVED_TYPE, to_bundle
from exports.planning_slides import to_planning_pptx
from exports.planning_workbook import to_planning_xlsx
from exports.workbook import XLSX_TYPE
from ui import blocks
from ui.group_facts import sheet_of_area
from ui.hidden import is_hidden
from ui.map_urls import content_at
from ui.planning_files import offer_plans_of_all, saved_sheet
from ui.planning_view import NEWEST_PERIOD
from ui.profile_sheet import MUNICIPAL
from ui.scene_picture import figure_png
from ui.scene_rendering import render
from ui.scenes_in_hand import current_set
from ui.selection import Area, current_area
from ui.sheets_of_all import save_button
from ui.store import served, store
from ui.workshop_sheets import blank_sheet, sheet_of_group
from workshop.rendered import RenderedScene
from workshop.rooms import Room, rendered_of
from workshop.scenes import Scene, SceneSet
from workshop.sheets import sheets_of

_ZIP_TYPE = "application/zip"
_KEPT = "workshop_scene_files"
_HIDDEN = "名前を隠している間は、グループのシートを作りません。"


@dataclass(frozen=True)
class _SceneFiles:
    """The files made of some scenes, and of which data and scenes they were made."""

    chosen: tuple[str, SceneSet]
    bundle: bytes
    rendered: tuple[RenderedScene, ...]


def draw_files(room: Room | None) -> None:
    """Draw the files of the scenes in hand, of the region's plans, and of a room's groups."""
    st.subheader("シーン", anchor=False)
    _offer_scenes(room)
    area = current_area()
    st.subheader("グループのシート", anchor=False)
    if room is not None:
        _offer_groups(room)
    _offer_blanks(area)
    if area.prefecture_code is not None and not is_hidden():
        st.subheader("検討シート（六つの段階）", anchor=False)
        _offer_plans(area, area.prefecture_code)


# --- scenes ------------------------------------------------------------------------------------


def _offer_scenes(room: Room | None) -> None:
    """Offer the scenes in hand, or those of the room where nothing is in hand."""
    held = current_set()
    own_room = room if room is not None and not held.scenes else None
    offered = own_room.scene_set if own_room is not None else held
    if not offered.scenes:
        blocks.empty(
            "シーンがまだありません。",
            "「シーン」で、用意されたセットを選ぶか、見せたいページを加えてください。",
        )
        return
    titles = {each.scene_id: f"{n}　{each.title}" for n, each in enumerate(offered.scenes, start=1)}
    picked = st.multiselect(f"「{offered.title}」から入れるシーン", list(titles), list(titles),
                            format_func=lambda key: titles.get(key, ""),
                            key=f"workshop_file_scenes_{hash(tuple(titles))}")  # fmt: skip
    scenes = tuple(each for each in offered.scenes if each.scene_id in picked)
    chosen = (served(), SceneSet(offered.title, scenes))
    if st.button("シーンのファイルを作る", type="primary", disabled=not scenes,
                 key="make_scene_files"):  # fmt: skip
        st.session_state[_KEPT] = _made(chosen, own_room)
    kept: _SceneFiles | None = st.session_state.get(_KEPT)
    if kept is not None and kept.chosen == chosen:
        _offer_made(kept, len(scenes))


def _offer_made(kept: _SceneFiles, count: int) -> None:
    for each in kept.rendered:
        if each.problem:
            st.warning(blocks.plain(f"「{each.title}」：{each.problem}"))
    with st.container(horizontal=True, gap="small"):
        size = f"{len(kept.bundle) / 1_000_000:.1f} MB"
        save_button(
            f"会場用のHTML（{count}シーン、{size}）", kept.bundle, "scenes.html", SAVED_TYPE
        )
        save_button("図のPNG（ZIP、1枚に1秒ほど）", partial(_pictures, kept.rendered),
                    "scenes_png.zip", _ZIP_TYPE)  # fmt: skip
    blocks.notes([
        "会場用のHTMLは、ネットワークのないパソコンでも、ダブルクリックすれば Edge や Chrome で"
        "開きます。年のスライダーと、図に触れると出る値も動きます。進行メモと問いは入りません。"
    ])  # fmt: skip


def _made(chosen: tuple[str, SceneSet], room: Room | None) -> _SceneFiles:
    """Render the scenes, or take those that the room has finished, and bind them into files."""
    scenes = chosen[1].scenes
    bar = st.progress(0.0, text="シーンを用意しています…")
    rendered = _rendered(scenes, room, bar)
    bar.progress(1.0, text="ファイルにまとめています…")
    made = _SceneFiles(
        chosen=chosen,
        bundle=to_bundle(rendered, title=chosen[1].title, geometry=content_at),
        rendered=rendered,
    )
    bar.empty()
    return made


def _rendered(
    scenes: Sequence[Scene], room: Room | None, bar: st.delta_generator.DeltaGenerator
) -> tuple[RenderedScene, ...]:
    if room is not None:
        return tuple(rendered_of(store().root, room, each.scene_id) for each in scenes)

    def told(done: int) -> None:
        bar.progress(done / len(scenes), text=f"シーン {done}／{len(scenes)}")

    return render(scenes, on_done=told)


def _pictures(rendered: Sequence[RenderedScene]) -> bytes:
    """Return the figures as PNG in one archive, numbered as the scenes are."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for number, scene in enumerate(rendered, start=1):
            figures = sum(part.kind == "figure" for part in scene.parts)
            for place in range(max(figures, 1)):
                name = f"{number:02d}_{place + 1}.png" if figures > 1 else f"{number:02d}.png"
                archive.writestr(name, figure_png(scene, place))
    return stream.getvalue()


# --- sheets ------------------------------------------------------------------------------------


def _offer_groups(room: Room) -> None:
    """Offer what all groups have written, as it stands when the button is pressed."""
    if is_hidden():
        blocks.notes([_HIDDEN])
        return
    count = len(sheets_of(store().root, code=room.code))
    if not count:
        blocks.notes(["このルームにグループはまだありません。"])
        return

    with st.container(horizontal=True, gap="small"):
        for as_file, kind, size in (
            ("pptx", PPTX_TYPE, f"{count * SLIDES_A_GROUP}枚"),
            ("xlsx", XLSX_TYPE, f"{count}グループ"),
        ):
            save_button(f"全グループの{as_file.upper()}（{size}）",
                        partial(_written, room, as_file),
                        f"groups_{room.code}.{as_file}", kind)  # fmt: skip


def _offer_blanks(area: Area) -> None:
    """Offer the form for paper: with the data of the area in view, and with none."""
    forms = {"": "空欄のシート"}
    if area.prefecture_code is not None and not is_hidden():
        forms = {area.code: f"{area.name}のデータ入りの空欄シート", **forms}
    for code, label in forms.items():
        with st.container(horizontal=True, gap="small"):
            stem = f"group_sheet_{code or 'blank'}"
            save_button(f"{label} PPTX（A4横{SLIDES_A_GROUP}枚）", partial(_blank, code, "pptx"),
                        f"{stem}.pptx", PPTX_TYPE)  # fmt: skip
            save_button(f"{label} XLSX", partial(_blank, code, "xlsx"),
                        f"{stem}.xlsx", XLSX_TYPE)  # fmt: skip
    if area.is_nation:
        blocks.notes(["左上で市区町村を選ぶと、その市区町村のデータ入りのシートを作れます。"])


def _written(room: Room, as_file: str) -> bytes:
    sheets = [sheet_of_group(each) for each in sheets_of(store().root, code=room.code)]
    return _bound(sheets, as_file)


def _blank(code: str, as_file: str) -> bytes:
    return _bound([blank_sheet(code)], as_file)


def _bound(sheets: Sequence[GroupSheet], as_file: str) -> bytes:
    return to_group_pptx(sheets) if as_file == "pptx" else to_group_xlsx(sheets)


def _offer_plans(area: Area, prefecture_code: str) -> None:
    """Offer the planning sheet of the municipality in view, and those of the whole prefecture."""
    found = sheet_of_area(area.code)
    benchmark = found[2] if found else ("", "基準なし")
    if area.area_type in MUNICIPAL and found is not None:
        with st.container(horizontal=True, gap="small"):
            for as_file, kind in (("pptx", PPTX_TYPE), ("xlsx", XLSX_TYPE)):
                save_button(f"{area.name}の検討シート {as_file.upper()}",
                            partial(_plan, area, benchmark, as_file),
                            f"planning_{area.code}.{as_file}", kind)  # fmt: skip
    name = area.prefecture_name or ""
    offer_plans_of_all(prefecture_code, name, benchmark, NEWEST_PERIOD)


def _plan(area: Area, benchmark: tuple[str, str], as_file: str) -> bytes:
    sheets = [sheet for sheet in [saved_sheet(area, benchmark, NEWEST_PERIOD)] if sheet]
    return to_planning_pptx(sheets) if as_file == "pptx" else to_planning_xlsx(sheets)
