"""Rows whose label stands above the marks, so that long names fit a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from charts import theme

STEP = 48
_GAP = 0.46


def row_axis(field: str, order: Sequence[str], *, position: float | None = None) -> dict[str, Any]:
    """Return the y channel of a row: marks below, room for the label above."""
    channel: dict[str, Any] = {
        "field": field,
        "type": "nominal",
        "axis": None,
        "scale": {"paddingInner": _GAP, "paddingOuter": _GAP, "domain": list(order)},
    }
    return channel if position is None else channel | {"bandPosition": position}


def label_layer(field: str, order: Sequence[str], *, reserve: int = 0) -> dict[str, Any]:
    """Return the layer that prints each row's label, leaving `reserve` pixels at the right."""
    return {
        "data": {"values": [{field: label} for label in order]},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "bottom",
            "dy": -4,
            "limit": {"expr": f"max(90, width - {reserve})"},
        },
        "encoding": {
            "x": {"value": 0},
            "y": row_axis(field, order, position=0),
            "text": {"field": field},
        },
    }


def end_text_layer(field: str, order: Sequence[str], text: str) -> dict[str, Any]:
    """Return the layer that prints a field at the right end of each row's label line."""
    return {
        "mark": {
            "type": "text",
            "align": "right",
            "baseline": "bottom",
            "dy": -4,
            "color": theme.MUTED,
        },
        "encoding": {
            "x": {"value": "width"},
            "y": row_axis(field, order, position=0),
            "text": {"field": text},
        },
    }


def figure(layers: list[dict[str, Any]], *, values: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a layered figure as wide as its place, with the shared configuration."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": values},
        "width": "container",
        "height": {"step": STEP},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": layers,
    }
