"""What share of the people lives within so many kilometres: one rising line per area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.theme import MUTED, OWN_AREA, base_config

HEIGHT = 300
_DASHES = ([8, 4], [3, 3], [10, 3, 2, 3])


def reach_curve_chart(
    frame: pd.DataFrame,
    *,
    own: str,
    marks: Sequence[int],
    x_title: str,
    y_title: str,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Return lines of `share` (per cent) over `km`, by area_name in the order of the frame.

    The own area is the thick line, the others are grey and dashed; `marks` are drawn as upright
    lines.
    """
    rows = [
        {"a": name, "k": int(km), "v": round(float(share), 1)}
        for name, km, share in zip(frame["area_name"], frame["km"], frame["share"], strict=True)
    ]
    names = list(dict.fromkeys(frame["area_name"]))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": base_config(),
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": rows},
        "layer": [_marks(marks), _lines(names, own=own, x_title=x_title, y_title=y_title)],
    }


def _lines(names: Sequence[str], *, own: str, x_title: str, y_title: str) -> dict[str, Any]:
    others = [name for name in names if name != own]
    dash = {own: [1, 0]} | {
        name: list(_DASHES[at % len(_DASHES)]) for at, name in enumerate(others)
    }
    legend = {"title": None, "orient": "bottom", "symbolStrokeWidth": 3, "symbolSize": 400}
    colours = [OWN_AREA if name == own else MUTED for name in names]
    dashes = [dash[name] for name in names]
    return {
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5},
        "encoding": {
            "x": {"field": "k", "type": "quantitative", "axis": {"title": x_title},
                  "scale": {"nice": False}},
            "y": {"field": "v", "type": "quantitative", "axis": {"title": y_title},
                  "scale": {"domain": [0, 100]}},
            "color": {"field": "a", "type": "nominal", "legend": legend,
                      "scale": {"domain": list(names), "range": colours}},
            "strokeDash": {"field": "a", "type": "nominal", "legend": legend,
                           "scale": {"domain": list(names), "range": dashes}},
            "tooltip": [
                {"field": "a", "title": "地域"},
                {"field": "k", "title": "km以内"},
                {"field": "v", "title": "75歳以上の割合（%）", "format": ".1f"},
            ],
        },
    }  # fmt: skip


def _marks(marks: Sequence[int]) -> dict[str, Any]:
    return {
        "data": {"values": [{"k": km} for km in marks]},
        "mark": {"type": "rule", "color": "#c4cbd2", "tooltip": None},
        "encoding": {"x": {"field": "k", "type": "quantitative"}},
    }
