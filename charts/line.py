"""Lines over years: one area against references, or several measures of one area."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.theme import CATEGORICAL, MUTED, base_config

HEIGHT = 380
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])


def line(
    frame: pd.DataFrame,
    *,
    series_order: list[str],
    x_title: str,
    y_title: str,
    unit: str,
    decimals: int = 0,
    zero: bool = True,
    base_line: float | None = None,
    projected_from: int | None = None,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Return lines of `value` over `year` by `series` as Vega-Lite.

    Series differ by colour, dash and the words at their end. Years from `projected_from` on are
    marked as projections. A missing value breaks the line.
    """
    known = frame["value"].astype(float).round(decimals + 1)
    rows = [
        {"y": int(year), "s": series, "v": None if pd.isna(value) else float(value)}
        for year, series, value in zip(frame["year"], frame["series"], known, strict=True)
    ]
    years = sorted({int(row["y"]) for row in rows})
    layers = [_lines(series_order, years, x_title, y_title, unit, decimals, zero)]
    if base_line is not None:
        layers.insert(0, _rule(base_line))
    if projected_from is not None:
        layers.insert(0, _projection_mark(projected_from))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": base_config(),
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": rows},
        "transform": [
            {
                "calculate": f"isValid(datum.v) ? format(datum.v, ',.{decimals}f') + '{unit}'"
                " : 'データなし'",
                "as": "text",
            }
        ],
        "layer": layers,
    }


def _year_axis(years: list[int]) -> dict[str, Any]:
    """Label years with the era below: 2025 and R7."""
    era = "datum.value >= 2019 ? 'R' + (datum.value - 2018) : 'H' + (datum.value - 1988)"
    return {
        "values": years,
        "format": "d",
        "labelExpr": f"[datum.label, {era}]",
        "labelOverlap": True,
        "grid": False,
    }


def _value_axis(unit: str, decimals: int) -> dict[str, Any]:
    """Label values; persons in ten thousands where there are so many."""
    axis: dict[str, Any] = {"format": f",.{decimals}f", "tickCount": 6}
    if unit == "人":
        many = "format(datum.value / 10000, ',~g') + '万'"
        axis["labelExpr"] = f"datum.value >= 10000 ? {many} : datum.label"
    return axis


def _lines(
    series_order: list[str],
    years: list[int],
    x_title: str,
    y_title: str,
    unit: str,
    decimals: int,
    zero: bool,
) -> dict[str, Any]:
    colours = [CATEGORICAL[place % len(CATEGORICAL)] for place in range(len(series_order))]
    dashes = [list(_DASHES[place % len(_DASHES)]) for place in range(len(series_order))]
    legend: dict[str, Any] | None = {
        "title": None,
        "orient": "top",
        "columns": {"expr": "width < 520 ? 2 : 6"},
        "symbolStrokeWidth": 3,
        "symbolSize": 300,
        "symbolType": "stroke",
    }
    if len(series_order) == 1:
        legend = None  # the title names it
    return {
        "mark": {"type": "line", "strokeWidth": 3, "point": {"size": 60, "filled": True}},
        "encoding": {
            "x": {
                "field": "y",
                "type": "quantitative",
                "title": x_title,
                "scale": {"zero": False, "nice": False, "padding": 24},
                "axis": _year_axis(years),
            },
            "y": {
                "field": "v",
                "type": "quantitative",
                "title": f"{y_title}（{unit}）",
                "scale": {"zero": zero},
                "axis": _value_axis(unit, decimals),
            },
            "color": {
                "field": "s",
                "type": "nominal",
                "scale": {"domain": series_order, "range": colours},
                "legend": legend,
            },
            "strokeDash": {
                "field": "s",
                "type": "nominal",
                "scale": {"domain": series_order, "range": dashes},
                "legend": legend,
            },
            "tooltip": [
                {"field": "s", "title": "系列"},
                {"field": "y", "title": x_title},
                {"field": "text", "title": y_title},
            ],
        },
    }


def _rule(value: float) -> dict[str, Any]:
    return {
        "data": {"values": [{"b": value}]},
        "mark": {"type": "rule", "stroke": MUTED, "strokeDash": [4, 4]},
        "encoding": {"y": {"field": "b", "type": "quantitative"}},
    }


def _projection_mark(year: int) -> dict[str, Any]:
    return {
        "data": {"values": [{"y": year}]},
        "mark": {
            "type": "text",
            "text": "推計 →",
            "align": "left",
            "baseline": "top",
            "dx": -10,
            "dy": 2,
            "color": MUTED,
        },
        "encoding": {"x": {"field": "y", "type": "quantitative"}, "y": {"value": 0}},
    }
