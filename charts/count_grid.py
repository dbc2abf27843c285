"""A small table of cells, each with its figures printed and shaded by one of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from charts import theme
from charts.map_legend import hatch

_HEIGHT = 96
_LINE = 17
_LABEL_LINE = 15
_LINES = 4  # of a heading above a column


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
    room = max(len(columns), 1) * _longest(shown["text"])
    values = [v | {"shade": None if pd.isna(v["shade"]) else v["shade"]} for v in values]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": values},
        "width": "container",
        "height": {"step": height},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": _places(list(dict.fromkeys(shown["row"])), columns, label_room),
        "layer": [
            _blanks(),
            _cells(shade_title, shade_most),
            _halo(room),
            _texts(shade_most, room),
        ],
    }


def _places(rows: list[str], columns: Sequence[str], label_room: int) -> dict[str, Any]:
    plain = {"labelPadding": 8, "title": None, "domain": False, "ticks": False,
             "labelOverlap": False, "labelLimit": 0, "labelLineHeight": _LABEL_LINE}  # fmt: skip
    narrow = f"width < {min(110 * len(columns), 640)}"
    across = f"max(3, floor(width / {max(len(columns), 1)} / ({narrow} ? 11 : 15)))"
    longest = max((len(column) for column in columns), default=1)
    lines = f"min({_LINES}, ceil({longest} / {across}))"
    down = f"({narrow} ? 6 : {label_room // 14})"
    return {
        "x": {
            "field": "column",
            "type": "nominal",
            "scale": {"domain": list(columns)},
            "axis": {**plain, "orient": "top", "labelAngle": 0,
                     "labelExpr": _stacked(across, lines),
                     "labelPadding": {"expr": f"8 + {_LABEL_LINE} * ({lines} - 1)"},
                     "labelFontSize": {"expr": f"{narrow} ? 10 : 14"}},
        },
        "y": {
            "field": "row",
            "type": "nominal",
            "scale": {"domain": rows},
            "axis": {**plain, "labelExpr": _wrapped(down),
                     "labelFontSize": {"expr": f"{narrow} ? 11 : 14"}},
        },
    }  # fmt: skip


def _stacked(letters: str, lines: str) -> str:
    """Return the expression that breaks a label into lines, the last of them next to the cells.

    The browser writes further lines below the first, so a shorter label begins with blank ones.
    """
    blank = f"({_LINES} - min({_LINES}, ceil(length(datum.label) / {letters})))"
    ends = [f"max(0, {line} - {blank}) * {letters}" for line in range(_LINES + 1)]
    cuts = [f"slice(datum.label, {a}, {b})" for a, b in pairwise(ends[:-1])]
    cuts.append(f"slice(datum.label, {ends[-2]})")
    return f"slice([{', '.join(cuts)}], {_LINES} - {lines})"


def _wrapped(letters: str) -> str:
    """Return the expression that breaks a label into as many lines as it needs, three at most."""
    cut = [f"slice(datum.label, {start} * {letters}, {start + 1} * {letters})" for start in (0, 1)]
    rest = f"slice(datum.label, 2 * {letters})"
    return (
        f"length(datum.label) <= {letters} ? datum.label : length(datum.label) <= 2 * {letters}"
        f" ? [{cut[0]}, {cut[1]}] : [{cut[0]}, {cut[1]}, {rest}]"
    )


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
                "legend": {"title": title.split("\n"), "orient": "bottom", "titleLimit": 400,
                           "direction": "horizontal", "format": ",d", "tickMinStep": 1},
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


def _longest(texts: pd.Series) -> float:
    """Return the widest line in letters; Latin letters and figures are little over half as wide."""
    lines = (line for text in texts for line in str(text).split("\n"))
    return max((sum(0.6 if c.isascii() else 1.0 for c in line) for line in lines), default=1.0) + 1


def _lettering(room: float) -> dict[str, Any]:
    return {
        "type": "text",
        "lineBreak": "\n",
        "lineHeight": _LINE,
        "dy": {"expr": f"-{_LINE} * (length(split(datum.text, '\\n')) - 1) / 2"},
        "baseline": "middle",
        "fontSize": {"expr": f"max(8, min(14, width / {room:.1f}))"},
    }


def _halo(room: float) -> dict[str, Any]:
    """Return white edges behind the words of a hatched cell."""
    edge = {"stroke": "#ffffff", "strokeWidth": 6, "strokeJoin": "round"}
    return {
        "transform": [{"filter": "!isValid(datum.shade)"}],
        "mark": _lettering(room) | edge,
        "encoding": {"text": {"field": "text"}, "color": {"value": "#ffffff"}},
    }


def _texts(most: float, room: float) -> dict[str, Any]:
    dark = max(most, 1) * 0.62
    return {
        "mark": _lettering(room),
        "encoding": {
            "text": {"field": "text"},
            "color": {
                "condition": {"test": f"isValid(datum.shade) && datum.shade > {dark}",
                              "value": "#ffffff"},
                "value": theme.INK,
            },
        },
    }  # fmt: skip
