"""Respondent × item matrix: one cell an answer, told by symbol and colour."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from charts import theme
from charts.answer_style import ANSWER_STYLES, LEGEND_COLUMNS, legend_label

ROW_HEIGHT = 26
FEW_COLUMNS = 4  # whose names stand level, on lines of a few letters where there is little room
PER_COLUMN = 240
_NOT_ASKED = " "
_LINES = "[slice(datum.label, 0, 6), slice(datum.label, 6, 12), slice(datum.label, 12)]"


def status_matrix(
    frame: pd.DataFrame,
    *,
    labels: dict[str, str],
    items: Sequence[str],
    own_area: str | None = None,
    notes: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the matrix; rows in the order of the frame, columns in the order of `items`.

    `frame` has area_code, area_name, item_label and category; `labels` the words of each kind.
    The row of `own_area` is outlined; `notes` are printed behind the name of an area.
    """
    frame = frame.assign(area_name=row_names(frame))
    if notes:
        told = [notes.get(code, "") for code in frame["area_code"]]
        frame["area_name"] = [
            f"{name}　{note}".strip() for name, note in zip(frame["area_name"], told, strict=True)
        ]
    kinds = [kind for kind in labels if kind in set(frame["category"])]
    rows = _rows(frame, items)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": rows},
        "transform": _unfold(rows, kinds, labels, items),
        "width": "container",
        "height": {"step": ROW_HEIGHT},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": matrix_places(items, label_limit=190 if notes else 130),
        "layer": [_cells(kinds, labels, own_area), _symbols(len(items))],
    }


def _rows(frame: pd.DataFrame, items: Sequence[str]) -> list[dict[str, Any]]:
    """Return one row an area with its answers as a string of symbols, a blank for not asked."""
    symbols: dict[tuple[str, str], dict[str, str]] = {}
    columns = ("area_code", "area_name", "item_label", "category")
    for code, name, item, category in zip(*(frame[c].tolist() for c in columns), strict=True):
        symbols.setdefault((code, name), {})[item] = ANSWER_STYLES[category].symbol
    return [
        {
            "area_code": code,
            "area_name": name,
            "answers": "".join(of.get(i, _NOT_ASKED) for i in items),
        }
        for (code, name), of in symbols.items()
    ]


def _unfold(
    rows: Sequence[Mapping[str, Any]],
    kinds: list[str],
    labels: dict[str, str],
    items: Sequence[str],
) -> list[dict[str, Any]]:
    """Return the steps by which the browser makes a cell of every symbol."""
    styles = {kind: ANSWER_STYLES[kind] for kind in kinds}
    known = [
        {"symbol": style.symbol, "answer": legend_label(kind, labels[kind]), "ink": style.ink}
        for kind, style in styles.items()
    ]
    is_full = all(_NOT_ASKED not in row["answers"] for row in rows)
    return [
        {"calculate": "split(datum.answers, '')", "as": "symbol"},
        {"calculate": json.dumps(list(items), ensure_ascii=False), "as": "item_label"},
        {"flatten": ["symbol", "item_label"]},
        *([] if is_full else [{"filter": f"datum.symbol !== '{_NOT_ASKED}'"}]),
        {
            "lookup": "symbol",
            "from": {"data": {"values": known}, "key": "symbol", "fields": ["answer", "ink"]},
        },
    ]


def row_names(frame: pd.DataFrame) -> pd.Series:
    """Return the names of the areas, with the code where two areas share a name."""
    shared = frame.groupby("area_name")["area_code"].transform("nunique") > 1
    return frame["area_name"].where(~shared, frame["area_name"] + "（" + frame["area_code"] + "）")


def matrix_places(items: Sequence[str], *, label_limit: int = 130) -> dict[str, Any]:
    """Return the x and y channels, areas in the order of the data, all labels printed."""
    long = max((len(item) for item in items), default=0) > 3 or len(items) > 10
    few = len(items) <= FEW_COLUMNS
    axis = {"title": None, "orient": "top", "domain": False, "ticks": False, "labelOverlap": False}
    turned = {
        "labelAngle": {"expr": "width < 400 ? -90 : -60"} if long else 0,
        "labelFontSize": {"expr": f"max(9, min(14, width / {len(items) or 1}))"},
    }
    crowded = f"width < {PER_COLUMN * len(items)}"
    level = {
        "labelAngle": 0,
        "labelExpr": f"{crowded} ? {_LINES} : datum.label",
        "labelFontSize": {"expr": f"{crowded} ? 10 : 14"},
        "labelPadding": {"expr": f"{crowded} ? 26 : 2"},
    }
    return {
        "x": {
            "field": "item_label",
            "type": "nominal",
            "sort": None,
            "scale": {"domain": list(items)},
            "axis": axis | (level if few and long else turned),
        },
        "y": {
            "field": "area_name",
            "type": "nominal",
            "sort": None,
            "axis": {"title": None, "domain": False, "ticks": False, "labelLimit": label_limit,
                     "labelOverlap": False},
        },
    }  # fmt: skip


def _cells(kinds: list[str], labels: dict[str, str], own_area: str | None) -> dict[str, Any]:
    fills = {legend_label(kind, labels[kind]): ANSWER_STYLES[kind].fill for kind in kinds}
    return matrix_cells(fills, own_area=own_area, columns=LEGEND_COLUMNS,
                        item_title="項目", answer_title="回答")  # fmt: skip


def matrix_cells(
    fills: Mapping[str, str],
    *,
    own_area: str | None,
    columns: Any,  # noqa: ANN401 - a number, or an expression of Vega
    item_title: str,
    answer_title: str,
) -> dict[str, Any]:
    """Return the squares of a matrix, filled by their answer; those of the own area are framed."""
    # The cells are read in the table below; a name for each would be spelled out thousandfold.
    return {
        "mark": {"type": "rect", "aria": False},
        "encoding": {
            "color": {
                "field": "answer",
                "type": "nominal",
                "scale": {"domain": list(fills), "range": list(fills.values())},
                "legend": {"title": None, "orient": "top", "columns": columns,
                           "symbolType": "square",
                           "symbolStrokeColor": theme.NO_DATA_BORDER},
            },
            **_frames(own_area),
            "tooltip": [
                {"field": "area_name", "title": "地域"},
                {"field": "item_label", "title": item_title},
                {"field": "answer", "title": answer_title},
            ],
        },
    }  # fmt: skip


def _frames(own_area: str | None) -> dict[str, Any]:
    """Return how cells are framed; nothing is asked of each where no area is one's own."""
    if own_area is None:
        return {"stroke": {"value": theme.GRID}, "strokeWidth": {"value": 1}}
    own = {"test": {"field": "area_code", "equal": own_area}}
    return {
        "stroke": {"condition": own | {"value": theme.OWN_AREA}, "value": theme.GRID},
        "strokeWidth": {"condition": own | {"value": 2}, "value": 1},
    }


def _symbols(columns: int) -> dict[str, Any]:
    return {
        "mark": {
            "type": "text",
            "aria": False,
            "fontSize": {"expr": f"max(8, min(14, width / {max(columns, 1)}))"},
        },
        "encoding": {
            "text": {"field": "symbol"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
