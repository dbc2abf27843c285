"""Upright bars: how many areas fall on each step, with the number printed on top."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import theme

HEIGHT = 220


def count_columns(
    frame: pd.DataFrame, *, axis_title: str, count_title: str, own: str | None = None
) -> dict[str, Any]:
    """Return the bars in the order of the frame, which has step and count.

    The step of the own area is marked.
    """
    values = [
        {"step": step, "count": int(count)}
        for step, count in zip(frame["step"], frame["count"], strict=True)
    ]
    x = {
        "field": "step",
        "type": "nominal",
        "sort": None,
        "axis": {"title": axis_title, "labelAngle": 0, "ticks": False,
                 "labelFontSize": {"expr": "width < 480 ? 11 : 14"}},
    }  # fmt: skip
    y = {
        "field": "count",
        "type": "quantitative",
        "axis": {"title": count_title, "tickMinStep": 1, "format": ",d"},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": values},
        "width": "container",
        "height": HEIGHT,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": {"x": x, "y": y},
        "layer": [
            _bars(axis_title, count_title, own),
            {
                "mark": {"type": "text", "dy": -9},
                "encoding": {"text": {"field": "count", "format": ",d"}},
            },
        ],
    }


def _bars(axis_title: str, count_title: str, own: str | None) -> dict[str, Any]:
    colour = {
        "condition": {"test": {"field": "step", "equal": own or ""}, "value": theme.OWN_AREA},
        "value": theme.SEQUENTIAL[3],
    }
    return {
        "mark": {"type": "bar"},
        "encoding": {
            "color": colour,
            "tooltip": [
                {"field": "step", "title": axis_title},
                {"field": "count", "title": count_title, "format": ",d"},
            ],
        },
    }
