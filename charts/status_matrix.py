"""Respondent × item matrix: one cell an answer, told by symbol and colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts import theme
from charts.answer_style import ANSWER_STYLES, LEGEND_COLUMNS, legend_label

ROW_HEIGHT = 26


def status_matrix(
    frame: pd.DataFrame,
    *,
    labels: dict[str, str],
    items: Sequence[str],
    own_area: str | None = None,
) -> dict[str, Any]:
    """Return the matrix; rows in the order of the frame, columns in the order of `items`.

    `frame` has area_code, area_name, item_label and category; `labels` the words of each kind.
    The row of `own_area` is outlined.
    """
    frame = frame.assign(area_name=row_names(frame))
    areas = list(dict.fromkeys(frame["area_name"]))
    kinds = [kind for kind in labels if kind in set(frame["category"])]
    values = [
        {
            "area_code": row.area_code,
            "area_name": row.area_name,
            "item_label": row.item_label,
            "answer": legend_label(row.category, labels[row.category]),
            "symbol": ANSWER_STYLES[row.category].symbol,
            "ink": ANSWER_STYLES[row.category].ink,
        }
        for row in frame.itertuples()
    ]
    encoding = matrix_places(areas, items)
    layers = [_cells(kinds, labels, own_area), _symbols(len(items))]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": values},
        "width": "container",
        "height": {"step": ROW_HEIGHT},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": encoding,
        "layer": layers,
    }


def row_names(frame: pd.DataFrame) -> pd.Series:
    """Return the names of the areas, with the code where two areas share a name."""
    shared = frame.groupby("area_name")["area_code"].transform("nunique") > 1
    return frame["area_name"].where(~shared, frame["area_name"] + "（" + frame["area_code"] + "）")


def matrix_places(areas: list[str], items: Sequence[str]) -> dict[str, Any]:
    """Return the x and y channels of a matrix, all labels printed."""
    long = max((len(item) for item in items), default=0) > 3 or len(items) > 10
    return {
        "x": {
            "field": "item_label",
            "type": "nominal",
            "sort": list(items),
            "scale": {"domain": list(items)},
            "axis": {"title": None, "orient": "top",
                     "labelAngle": {"expr": "width < 400 ? -90 : -60"} if long else 0,
                     "labelFontSize": {"expr": f"max(9, min(14, width / {len(items) or 1}))"},
                     "domain": False, "ticks": False, "labelOverlap": False},
        },
        "y": {
            "field": "area_name",
            "type": "nominal",
            "sort": areas,
            "scale": {"domain": areas},
            "axis": {"title": None, "domain": False, "ticks": False, "labelLimit": 130,
                     "labelOverlap": False},
        },
    }  # fmt: skip


def _cells(kinds: list[str], labels: dict[str, str], own_area: str | None) -> dict[str, Any]:
    own = {"test": {"field": "area_code", "equal": own_area or ""}}
    return {
        "mark": {"type": "rect"},
        "encoding": {
            "color": {
                "field": "answer",
                "type": "nominal",
                "scale": {
                    "domain": [legend_label(kind, labels[kind]) for kind in kinds],
                    "range": [ANSWER_STYLES[kind].fill for kind in kinds],
                },
                "legend": {"title": None, "orient": "top", "columns": LEGEND_COLUMNS,
                           "symbolType": "square",
                           "symbolStrokeColor": theme.NO_DATA_BORDER},
            },
            "stroke": {"condition": own | {"value": theme.OWN_AREA}, "value": theme.GRID},
            "strokeWidth": {"condition": own | {"value": 2}, "value": 1},
            "tooltip": [
                {"field": "area_name", "title": "地域"},
                {"field": "item_label", "title": "項目"},
                {"field": "answer", "title": "回答"},
            ],
        },
    }  # fmt: skip


def _symbols(columns: int) -> dict[str, Any]:
    return {
        "mark": {
            "type": "text",
            "fontSize": {"expr": f"max(8, min(14, width / {max(columns, 1)}))"},
        },
        "encoding": {
            "text": {"field": "symbol"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
