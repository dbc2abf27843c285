"""Answers of two areas beside each other: the same items and years in both columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from ui import blocks
from ui.blocks import ColumnLabel
from ui.overview_pair import SHARED_SCALE

Figure = dict[str, Any]
_COLUMNS = {
    "area_code": ColumnLabel("コード"),
    "area_name": ColumnLabel("地域"),
    "fiscal_year_label": ColumnLabel("年度"),
    "item_label": ColumnLabel("項目"),
    "words": ColumnLabel("回答"),
}


@dataclass(frozen=True, eq=False)
class Answers:
    """Two figures with the same rows, columns and legend, what they say, and the rows behind."""

    title: str
    figures: tuple[Figure, Figure]
    sentence: str
    frame: pd.DataFrame
    stem: str


def same_legend(first: Figure, second: Figure, *, order: Sequence[str]) -> tuple[Figure, Figure]:
    """Return two matrices whose legends name the answers of both, in one order."""
    scales = [_colour(spec)["scale"] for spec in (first, second)]
    fills = {name: fill for scale in scales
             for name, fill in zip(scale["domain"], scale["range"], strict=True)}  # fmt: skip
    names = [name for name in order if name in fills]
    shared = {"domain": names, "range": [fills[name] for name in names]}
    left, right = (_with_scale(spec, shared) for spec in (first, second))
    return left, right


def _colour(spec: Figure) -> Mapping[str, Any]:
    colour: Mapping[str, Any] = spec["layer"][0]["encoding"]["color"]
    return colour


def _with_scale(spec: Figure, scale: Mapping[str, Any]) -> Figure:
    cells, *rest = spec["layer"]
    colour = {**_colour(spec), "scale": scale}
    cells = {**cells, "encoding": {**cells["encoding"], "color": colour}}
    return {**spec, "layer": [cells, *rest]}


def turned(frame: pd.DataFrame, *, years: str) -> pd.DataFrame:
    """Return answers with an item a row and a year a column, as a matrix reads areas and items."""
    return frame.assign(
        area_code=frame["item_key"],
        area_name=frame["item_short"],
        item_label=frame[years],
        short_label=frame[years],
    )


def draw(made: Answers, names: tuple[str, str], *, source: Sequence[str]) -> None:
    """Draw both columns, the sentence, the table and the files."""
    st.subheader(made.title, anchor=False)
    for side, (place, spec) in enumerate(zip(st.columns(2), made.figures, strict=True)):
        with place:
            st.markdown(f"**{blocks.plain(names[side])}**")
            blocks.figure(spec, alt=f"{names[side]}：{made.sentence}", key=f"pair_answers_{side}")
    blocks.statement(made.sentence)
    blocks.notes([SHARED_SCALE])
    if not made.frame.empty:
        blocks.table(made.frame, columns=_COLUMNS, key="pair_answers_table", height=420)
        blocks.downloads(made.frame, columns=_COLUMNS, stem=made.stem, title=made.title,
                         source=source)  # fmt: skip
    blocks.source_line(source)
