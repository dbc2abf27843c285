"""Counted or expected quantities over years as bars, stacked by age class."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.formatting import MISSING
from charts.rows import Rows
from charts.theme import INK, MUTED, base_config, sequential

HEIGHT = 380
_NARROW = "width < 420"
_SIZE = {"expr": f"{_NARROW} ? 11 : 14"}  # so that totals over bars of a telephone stand apart


def demand_bars(
    frame: pd.DataFrame,
    *,
    classes: list[str],
    x_title: str,
    y_title: str,
    unit: str,
    projected_from: int | None = None,
    years: str = "年",
    marks: tuple[str, str] = ("実績", "推計"),
    class_title: str = "年齢",
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Return a bar a year, stacked by class, with the total on top.

    `frame` has year, age_class and value, and optionally note for the tooltip. A year with a class
    whose value is missing has no bar. Below the years stands the second mark from
    `projected_from` on, the first one before.
    """
    rows = Rows(_row(record) for record in frame.to_dict("records"))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": base_config(),
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": rows},
        "transform": [
            {"joinaggregate": [{"op": "valid", "field": "v", "as": "known"},
                               {"op": "count", "as": "asked"}], "groupby": ["y"]},
            {"calculate": "datum.known == datum.asked ? datum.v : null", "as": "shown"},
            {"calculate": f"isValid(datum.v) ? format(datum.v, ',.0f') + '{unit}' : '{MISSING}'",
             "as": "text"},
        ],
        "encoding": {"x": _years(rows, x_title, years, projected_from, marks)},
        "layer": [_bars(classes, class_title, y_title, unit, x_title), _totals(), _absences()],
    }  # fmt: skip


def _row(record: dict[Any, Any]) -> dict[str, Any]:
    value = record["value"]
    row = {
        "y": int(record["year"]),
        "c": record["age_class"],
        "o": int(record.get("order", 0)),
        "v": None if pd.isna(value) else round(float(value), 1),
    }
    return {**row, "n": record["note"]} if record.get("note") else row


def _years(
    rows: list[dict[str, Any]],
    title: str,
    after: str,
    projected_from: int | None,
    marks: tuple[str, str],
) -> dict[str, Any]:
    era = "datum.value >= 2019 ? 'R' + (datum.value - 2018) : 'H' + (datum.value - 1988)"
    labels = [f"datum.label + ({_NARROW} ? '' : '{after}')", f"'（' + ({era}) + '）'"]
    projected = ["''"]
    if projected_from is not None:
        projected = [f"datum.value >= {projected_from} ? '{marks[1]}' : '{marks[0]}'"]
    expression = f"[{', '.join([labels[0], labels[1], *projected])}]"
    axis = {
        "labelAngle": 0,
        "labelExpr": expression,
        "labelOverlap": True,
        "labelFontSize": _SIZE,
    }
    scale = {"domain": sorted({row["y"] for row in rows})}  # a year without a bar stays
    return {"field": "y", "type": "ordinal", "title": title, "axis": axis, "scale": scale}


def _bars(
    classes: list[str], class_title: str, y_title: str, unit: str, x_title: str
) -> dict[str, Any]:
    legend = {"title": None, "orient": "top", "columns": {"expr": "width < 520 ? 3 : 6"}}
    many = "format(datum.value / 10000, ',~g') + '万'"
    few = "format(datum.value, ',~g')"
    axis = {"tickCount": 6, "labelExpr": f"datum.value >= 10000 ? {many} : {few}"}
    colours = sequential(len(classes))
    if len(classes) == 1:
        colours, legend = [sequential(5)[3]], None  # type: ignore[assignment]
    return {
        "mark": {"type": "bar", "stroke": "#ffffff", "strokeWidth": 0.5},
        "encoding": {
            "y": {"field": "shown", "type": "quantitative", "title": f"{y_title}（{unit}）",
                  "stack": "zero", "axis": axis},
            "color": {"field": "c", "type": "nominal", "legend": legend,
                      "scale": {"domain": classes, "range": colours}},
            "order": {"field": "o", "type": "quantitative"},
            "tooltip": [
                {"field": "c", "title": class_title},
                {"field": "y", "title": x_title},
                {"field": "text", "title": y_title},
                {"field": "n", "title": "計算"},
            ],
        },
    }  # fmt: skip


def _totals() -> dict[str, Any]:
    """Return the total above each bar, in ten thousands where there are so many."""
    many = "format(datum.total / 10000, ',.1f') + '万'"
    words = f"datum.total >= 10000 ? {many} : format(datum.total, ',.0f')"
    return {
        "transform": [
            {"filter": "isValid(datum.shown)"},
            {"aggregate": [{"op": "sum", "field": "shown", "as": "total"}], "groupby": ["y"]},
            {"calculate": words, "as": "words"},
        ],
        "mark": {"type": "text", "dy": -8, "color": INK, "tooltip": None, "fontSize": _SIZE},
        "encoding": {
            "y": {"field": "total", "type": "quantitative"},
            "text": {"field": "words"},
        },
    }


def _absences() -> dict[str, Any]:
    """Return the words in the place of a bar that is missing."""
    return {
        "transform": [
            {"filter": "datum.known < datum.asked"},
            {"aggregate": [{"op": "count", "as": "rows"}], "groupby": ["y"]},
        ],
        "mark": {
            "type": "text",
            "text": MISSING,
            "color": MUTED,
            "tooltip": None,
            "fontSize": _SIZE,
        },
        "encoding": {"y": {"value": {"expr": "height - 10"}}},
    }
