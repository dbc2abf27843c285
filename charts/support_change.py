"""Prefectures by the supports they gave and the change in implementation since."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import theme

HEIGHT = 420


def support_change(
    frame: pd.DataFrame, *, x_title: str, y_title: str, own_area: str | None = None
) -> dict[str, Any]:
    """Return one named point a prefecture; no line is drawn through them, as none is claimed.

    `frame` has area_code, area_name, given and change; rows without either are left out.
    """
    known = frame.dropna(subset=["given", "change"])
    rows = [
        {
            "area_name": row["area_name"],
            "given": int(row["given"]),
            "change": round(float(row["change"]), 1),
            "own": row["area_code"] == own_area,
        }
        for row in known.to_dict("records")
    ]
    most = max((row["given"] for row in rows), default=1)
    x = {
        "field": "given",
        "type": "quantitative",
        "title": x_title,
        "scale": {"domain": [0, most + 1], "nice": False},
        "axis": {"tickMinStep": 1, "format": "d"},
    }
    y = {
        "field": "change",
        "type": "quantitative",
        "title": y_title,
        "scale": {"zero": True, "nice": True},
        "axis": {"format": "+.0f"},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": rows},
        "width": "container",
        "height": HEIGHT,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [_ZERO, _points(x, y), _names(x, y)],
    }


_OWN = {"condition": {"test": "datum.own", "value": theme.OWN_AREA}}
_ZERO = {
    "mark": {"type": "rule", "color": theme.BORDER},
    "encoding": {"y": {"datum": 0, "type": "quantitative"}},
}


def _points(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "mark": {"type": "point", "filled": True, "size": 110, "opacity": 0.85},
        "encoding": {
            "x": x,
            "y": y,
            "color": _OWN | {"value": theme.CATEGORICAL[0]},
            "tooltip": [
                {"field": "area_name", "title": "都道府県"},
                {"field": "given", "title": x["title"]},
                {"field": "change", "title": y["title"], "format": "+.1f"},
            ],
        },
    }


def _names(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "mark": {"type": "text", "align": "left", "dx": 9, "fontSize": 12},
        "encoding": {
            "x": x,
            "y": y,
            "text": {"field": "area_name"},
            "color": _OWN | {"value": theme.INK},
        },
    }
