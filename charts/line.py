"""Lines over years: one area against references, or several measures of one area."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.rows import Rows
from charts.theme import CATEGORICAL, MUTED, OWN_AREA, base_config

HEIGHT = 380
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4])
_REFERENCE_DASHES = ([8, 4], [3, 3])
_NEAR_OWN = "#a8438a"  # of the categorical colours, the one too like that of the own area


@dataclass(frozen=True)
class _Style:
    """How each series is drawn, in the order of the legend."""

    order: list[str]
    colours: list[str]
    dashes: list[list[int]]
    own: str | None


def _styled(order: list[str], *, own: str | None, references: Sequence[str]) -> _Style:
    palette = [colour for colour in CATEGORICAL if own is None or colour != _NEAR_OWN]
    others = [name for name in order if name != own and name not in references]
    colours, dashes = {own: OWN_AREA}, {own: [1, 0]}
    for place, name in enumerate(others):
        colours[name] = palette[place % len(palette)]
        dashes[name] = list(_DASHES[place % len(_DASHES)])
    for place, name in enumerate(references):
        colours[name] = MUTED
        dashes[name] = list(_REFERENCE_DASHES[place % len(_REFERENCE_DASHES)])
    return _Style(order, [colours[n] for n in order], [dashes[n] for n in order], own)


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
    own: str | None = None,
    references: Sequence[str] = (),
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Return lines of `value` over `year` by `series` as Vega-Lite.

    Series differ by colour and dash; `own` stands out and `references` are grey. Years from
    `projected_from` on are marked as projections. A missing value breaks the line.
    """
    rows = _rows(frame, decimals, own)
    years = sorted({int(row["y"]) for row in rows})
    style = _styled(series_order, own=own, references=references)
    layers = [_lines(_x(x_title, years), _y(y_title, unit, decimals, zero), style)]
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
        "transform": [_said(unit, decimals)],
        "layer": layers,
    }


def _rows(frame: pd.DataFrame, decimals: int, own: str | None) -> Rows:
    """Return a row a point; the own line is drawn last, above the others."""
    known = frame["value"].astype(float).round(decimals + 1)
    rows = [
        {"y": int(year), "s": series, "v": None if pd.isna(value) else float(value)}
        for year, series, value in zip(frame["year"], frame["series"], known, strict=True)
    ]
    return Rows(sorted(rows, key=lambda row: row["s"] == own))


def _said(unit: str, decimals: int) -> dict[str, Any]:
    shown = f"format(datum.v, ',.{decimals}f') + '{unit}'"
    return {"calculate": f"isValid(datum.v) ? {shown} : 'データなし'", "as": "text"}


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


def _lines(x: dict[str, Any], y: dict[str, Any], style: _Style) -> dict[str, Any]:
    named = {"field": "s", "type": "nominal", "legend": _legend(style.order)}
    return {
        "mark": {"type": "line", "strokeWidth": 3, "point": {"size": 60, "filled": True}},
        "encoding": {
            "x": x,
            "y": y,
            "color": {**named, "scale": {"domain": style.order, "range": style.colours}},
            "strokeDash": {**named, "scale": {"domain": style.order, "range": style.dashes}},
            "strokeWidth": {"condition": {"test": _is_own(style.own), "value": 4.5}, "value": 2.5},
            "tooltip": [
                {"field": "s", "title": "系列"},
                {"field": "y", "title": x["title"]},
                {"field": "text", "title": y["title"]},
            ],
        },
    }


def _is_own(own: str | None) -> str:
    return "false" if own is None else f"datum.s === {json.dumps(own, ensure_ascii=False)}"


def _x(title: str, years: list[int]) -> dict[str, Any]:
    return {
        "field": "y",
        "type": "quantitative",
        "title": title,
        "scale": {"zero": False, "nice": False, "padding": 24},
        "axis": _year_axis(years),
    }


def _y(title: str, unit: str, decimals: int, zero: bool) -> dict[str, Any]:
    return {
        "field": "v",
        "type": "quantitative",
        "title": f"{title}（{unit}）",
        "scale": {"zero": zero},
        "axis": _value_axis(unit, decimals),
    }


def _legend(series_order: list[str]) -> dict[str, Any] | None:
    """Return the legend above the lines; one line is named by the title."""
    if len(series_order) == 1:
        return None
    return {
        "title": None,
        "orient": "top",
        "columns": {"expr": "width < 520 ? 2 : 6"},
        "symbolStrokeWidth": 3,
        "symbolSize": 300,
        "symbolType": "stroke",
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
