"""The map of the comparison, and its own files."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.geometry import is_drawable
from charts.choropleth import choropleth
from ui import blocks
from ui.blocks import ColumnLabel
from ui.compare_classes import Classes, choose_classes, class_of_each
from ui.compare_hidden import NO_MAP
from ui.compare_state import Chosen
from ui.compare_view import Comparison, drawn_parts
from ui.kept_figures import framed_map
from ui.map_frame import choose_extent
from ui.parts import CLICK_NOTE, map_notes, mover
from ui.store import ask, geo_url, served


@lru_cache(maxsize=64)
def map_spec(store_key: str, chosen: Chosen, classes: Classes) -> dict[str, Any] | None:
    """Return the map of the areas in view, or None where they have no polygons."""
    entry, scope = chosen.entry, chosen.scope
    if not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        return None
    parts = drawn_parts(store_key, chosen)
    breaks = classes.breaks(parts["value"])
    smoothed = "ならした値" if chosen.smooth else ""
    legend = (entry.title, smoothed, classes.short if len(breaks) > 2 else "")
    return choropleth(
        topology_url=geo_url(scope.level, scope.parent_code),
        values=parts.assign(label=parts["status_label"])[["area_code", "value", "label"]],
        breaks=breaks,
        title=entry.title,
        unit=entry.unit,
        legend_title="・".join(filter(None, legend)),
        decimals=entry.decimals,
        selected=scope.own_code,
        palette="diverging" if classes.scheme == "std" else "sequential",
    )


@lru_cache(maxsize=64)
def _middle(store_key: str, chosen: Chosen) -> float:
    values = drawn_parts(store_key, chosen)["value"].dropna()
    return float(values.median()) if len(values) else 0.0


@lru_cache(maxsize=64)
def classed(store_key: str, chosen: Chosen, classes: Classes) -> pd.DataFrame:
    """Return the areas of the map with their class and how the classes are made."""
    parts = drawn_parts(store_key, chosen)
    label = class_of_each(parts["value"], classes, decimals=chosen.entry.decimals)
    return parts.assign(class_label=label.fillna(parts["status_label"]), scheme_label=classes.words)


def draw(made: Comparison, chosen: Chosen) -> None:
    """Draw the controls of the classes, the map, and what saves it."""
    if chosen.hide:
        blocks.empty(*NO_MAP)
        return
    scope = chosen.scope
    with st.container(horizontal=True, vertical_alignment="bottom"):
        classes = choose_classes(_middle(served(), chosen))
        saving = st.popover("地図を保存", key="map_files", icon=":material/download:",
                            on_change="rerun")  # fmt: skip
    spec = map_spec(served(), chosen, classes)
    if spec is None:
        blocks.empty("この単位の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return
    key = f"map_{scope.parent_code}_{scope.level}_{scope.own_code or ''}"
    extent = choose_extent(level=scope.level, parent=scope.parent_code, own_code=scope.own_code)
    drawn = framed_map(spec, extent=extent)
    blocks.figure(drawn, alt=made.sentence, key=key, on_select=mover(scope))
    outside = f"「{chosen.only_name}」の外の地域は値を示しません。" if chosen.only else ""
    blocks.notes(map_notes(f"{CLICK_NOTE}{outside}階級：{classes.words}。"))
    if saving.open:
        with saving:
            _files(drawn, made, chosen, classes)


def _files(spec: dict[str, Any], made: Comparison, chosen: Chosen, classes: Classes) -> None:
    entry = chosen.entry
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "value": ColumnLabel(entry.title, entry.unit, entry.decimals),
        "class_label": ColumnLabel("地図の階級"),
        "scheme_label": ColumnLabel("階級の分け方"),
        "definition_label": ColumnLabel("指標の定義"),
        "source_title": ColumnLabel("出典"),
        "vintage": ColumnLabel("時点"),
    }
    stem = f"map_{entry.key}_{chosen.scope.parent_code}_{chosen.period}"
    blocks.downloads(classed(served(), chosen, classes), columns=columns, stem=stem,
                     title=f"{made.title}　{classes.short}", source=made.source,
                     figure=spec)  # fmt: skip
