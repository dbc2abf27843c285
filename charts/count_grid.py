"""A small table of cells, each with its figures printed and shaded by one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts import theme
from charts.map_legend import hatch

_HEIGHT = 96


def count_grid(
    frame: pd.DataFrame,
    *,
    columns: Sequence[str],
    shade_title: str,
    shade_most: float,
    height: int = _HEIGHT,
    label_room: int = 150,
) -> dict[str, Any]:
    """Return the grid; rows and columns in the order of the frame and of `columns`.

    `frame` has row, column, shade (missing where the cell has no value: hatched), text (lines
    parted by a line feed) and own (outlined).
    """
    shown = frame.assign(shade=frame["shade"].astype(float).round(4))
    values = shown[["row", "column", "shade", "text", "own"]].to_dict("records")
    values = [v | {"shade": None if pd.isna(v["shade"]) else v["shade"]} for v in values]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": values},
        "width": "container",
        "height": {"step": height},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": _places(columns, label_room),
        "layer": [_blanks(), _cells(shade_title, shade_most), _texts(shade_most, len(columns))],
    }


def _places(columns: Sequence[str], label_room: int) -> dict[str, Any]:
    plain = {
        "labelPadding": 8,
        "title": None,
        "domain": False,
        "ticks": False,
        "labelOverlap": False,
    }
    narrow = f"width < {110 * len(columns)}"
    wrapped = (
        f"{narrow} && length(datum.label) > 6 ? [slice(datum.label, 0, 6),"
        " slice(datum.label, 6)] : datum.label"
    )
    return {
        "x": {
            "field": "column",
            "type": "nominal",
            "sort": None,
            "scale": {"domain": list(columns)},
            "axis": {**plain, "orient": "top", "labelAngle": 0, "labelExpr": wrapped,
                     "labelFontSize": {"expr": f"{narrow} ? 10 : 14"},
                     "labelLimit": {"expr": f"width / {max(len(columns), 1)}"}},
        },
        "y": {
            "field": "row",
            "type": "nominal",
            "sort": None,
            "axis": {**plain, "labelLimit": {"expr": f"{narrow} ? 84 : {label_room}"},
                     "labelFontSize": {"expr": f"{narrow} ? 11 : 14"}},
        },
    }  # fmt: skip


def _blanks() -> dict[str, Any]:
    return {
        "transform": [{"filter": "!isValid(datum.shade)"}],
        "mark": {"type": "rect", "fill": hatch(), "stroke": theme.GRID},
    }


def _cells(title: str, most: float) -> dict[str, Any]:
    own = {"test": "datum.own"}
    return {
        "transform": [{"filter": "isValid(datum.shade)"}],
        "mark": {"type": "rect"},
        "encoding": {
            "fill": {
                "field": "shade",
                "type": "quantitative",
                "scale": {"domain": [0, max(most, 1)], "range": list(theme.SEQUENTIAL[:5])},
                "legend": {"title": title, "orient": "bottom", "direction": "horizontal",
                           "titleLimit": 400},
            },
            "stroke": {"condition": own | {"value": theme.OWN_AREA}, "value": theme.GRID},
            "strokeWidth": {"condition": own | {"value": 3}, "value": 1},
            "tooltip": [
                {"field": "row", "title": "行"},
                {"field": "column", "title": "列"},
                {"field": "text", "title": "値"},
            ],
        },
    }  # fmt: skip


def _texts(most: float, columns: int) -> dict[str, Any]:
    dark = max(most, 1) * 0.62
    return {
        "mark": {
            "type": "text",
            "lineBreak": "\n",
            "lineHeight": 19,
            "dy": {"expr": "-19 * (length(split(datum.text, '\\n')) - 1) / 2"},
            "baseline": "middle",
            "fontSize": {"expr": f"max(9, min(14, width / {max(columns, 1) * 9}))"},
        },
        "encoding": {
            "text": {"field": "text"},
            "color": {
                "condition": {"test": f"isValid(datum.shade) && datum.shade > {dark}",
                              "value": "#ffffff"},
                "value": theme.INK,
            },
        },
    }  # fmt: skip
