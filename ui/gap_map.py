"""The map of how many items lie below the median, drawn when it is opened."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.geometry import is_drawable
from analytics.scope import Scope
from charts.choropleth import choropleth
from geo.classification import class_breaks
from ui import blocks
from ui.kept_figures import framed_map
from ui.map_frame import choose_extent
from ui.parts import CLICK_NOTE, map_notes, mover
from ui.store import ask, geo_url, served

LABEL = "下回る項目の数"
BOUNDS = (0.0, 1.0, 2.0, 4.0, 6.0)


def draw_map(
    table: pd.DataFrame,
    scope: Scope,
    *,
    title: str,
    sentence: str,
    columns: dict[str, blocks.ColumnLabel],
    source: list[str],
) -> None:
    """Draw the counts of a table of gaps; a click moves to the area."""
    if not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        blocks.notes(["この単位の地図はありません（境界のファイルを読み込むと表示されます）。"])
        return
    opened = st.expander(f"地図：{LABEL}", key="open_gap_map", on_change="rerun")
    if not opened.open:
        return
    with opened:
        counts = zip(table["gaps"].tolist(), table["compared"].tolist(), strict=True)
        known = tuple(gaps if compared else None for gaps, compared in counts)
        spec = _spec(served(), scope, tuple(table["area_code"]), known)
        extent = choose_extent(level=scope.level, parent=scope.parent_code, own_code=scope.own_code)
        spec = framed_map(spec, extent=extent)
        key = f"gap_map_{scope.parent_code}_{scope.level}_{scope.own_code or ''}"
        blocks.figure(spec, alt=f"{title}。{sentence}", key=key, on_select=mover(scope))
        blocks.notes(map_notes(CLICK_NOTE))
        blocks.downloads(
            table,
            columns=columns,
            stem=f"gap_map_{scope.parent_code}_{scope.level}",
            title=f"{title}の数",
            source=source,
            figure=spec,
        )


@lru_cache(maxsize=128)
def _spec(
    store_key: str, scope: Scope, area_codes: tuple[str, ...], gaps: tuple[int | None, ...]
) -> dict[str, Any]:
    values = pd.DataFrame({"area_code": area_codes, "value": pd.Series(gaps, dtype="float64")})
    most = max((float(number) for number in gaps if number is not None), default=0.0)
    bounds = [*(bound for bound in BOUNDS if bound < most), most]
    return choropleth(
        topology_url=geo_url(scope.level, scope.parent_code),
        values=values,
        breaks=class_breaks(values["value"], scheme="fixed", breaks=bounds),
        title=LABEL,
        unit="項目",
        legend_title=LABEL,
        no_data_label="比べられない",
        decimals=0,
        selected=scope.own_code,
    )
