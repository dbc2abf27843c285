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
    names = list(dict.fromkeys(frame["area_name"]))
    others = [name for name in names if name != own]
    dash = {own: [1, 0]} | {
        name: list(_DASHES[at % len(_DASHES)]) for at, name in enumerate(others)
    }
    rows = [
        {"a": name, "k": int(km), "v": round(float(share), 1)}
        for name, km, share in zip(frame["area_name"], frame["km"], frame["share"], strict=True)
    ]
    legend = {"title": None, "orient": "bottom", "symbolStrokeWidth": 3, "symbolSize": 400}
    scale = {"domain": names, "range": [OWN_AREA if name == own else MUTED for name in names]}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": base_config(),
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": rows},
        "layer": [
            _marks(marks),
            {
                "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5},
                "encoding": {
                    "x": {"field": "k", "type": "quantitative", "axis": {"title": x_title},
                          "scale": {"nice": False}},
                    "y": {"field": "v", "type": "quantitative", "axis": {"title": y_title},
                          "scale": {"domain": [0, 100]}},
                    "color": {"field": "a", "type": "nominal", "scale": scale, "legend": legend},
                    "strokeDash": {
                        "field": "a",
                        "type": "nominal",
                        "scale": {"domain": names, "range": [dash[name] for name in names]},
                        "legend": legend,
                    },
                    "tooltip": [
                        {"field": "a", "title": "地域"},
                        {"field": "k", "title": "km以内"},
                        {"field": "v", "title": "75歳以上の割合（%）", "format": ".1f"},
                    ],
                },
            },
        ],
    }  # fmt: skip


def _marks(marks: Sequence[int]) -> dict[str, Any]:
    return {
        "data": {"values": [{"k": km} for km in marks]},
        "mark": {"type": "rule", "color": "#c4cbd2", "tooltip": None},
        "encoding": {"x": {"field": "k", "type": "quantitative"}},
    }
