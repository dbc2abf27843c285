"""Scatter of two indicators, with the line through them and the areas far from it named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.packing import packed
from charts.theme import CATEGORICAL, INK, OWN_AREA, REFERENCE, base_config
from charts.value_text import span

_OWN, _FAR = "o", "f"


@dataclass(frozen=True)
class Measure:
    """One of the two indicators."""

    title: str
    unit: str
    decimals: int

    @property
    def axis(self) -> str:
        """Title of the axis."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


def scatter(
    frame: pd.DataFrame,
    *,
    x: Measure,
    y: Measure,
    line: tuple[float, float] | None = None,
    own_code: str | None = None,
) -> dict[str, Any]:
    """Return one point per area with both values.

    `frame` has area_code, area_name, x_value, y_value and is_outlier; `line` is slope and
    intercept of the regression, drawn over the range of the points.
    """
    known = frame.dropna(subset=["x_value", "y_value"])
    rows = [_point(row, x, y, own_code) for row in known.itertuples()]
    at = _at(rows, x, y)
    layers = [_points(at, x, y)]
    if line is not None and rows:
        layers.insert(0, _line(rows, line, at))
    layers += [_names(f"datum.mark === '{_FAR}'", INK, at), _own(at)]
    values, steps = packed(rows, texts=("area_name", "mark"),
                           numbers=("x", "y"))  # fmt: skip
    return {
        "data": {"values": values},
        "transform": steps,
        "width": "container",
        "height": 440,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": layers,
        "config": base_config(),
    }


def _point(row: Any, x: Measure, y: Measure, own_code: str | None) -> dict[str, Any]:  # noqa: ANN401
    return {
        "area_name": row.area_name,
        "x": round(float(row.x_value), x.decimals + 1),
        "y": round(float(row.y_value), y.decimals + 1),
        "mark": _OWN if row.area_code == own_code else _FAR if row.is_outlier else "",
    }


def _at(rows: list[dict[str, Any]], x: Measure, y: Measure) -> dict[str, Any]:
    return {
        name: {
            "field": name,
            "type": "quantitative",
            "scale": {"domain": span([row[name] for row in rows]), "nice": True},
            "axis": {"title": measure.axis, **ticks},
        }
        for name, measure, ticks in (("x", x, {"tickCount": {"expr": "width / 110"}}), ("y", y, {}))
    }


def _points(at: dict[str, Any], x: Measure, y: Measure) -> dict[str, Any]:
    return {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 0.75},
        "encoding": {
            **at,
            "color": {"condition": {"test": f"datum.mark === '{_FAR}'", "value": CATEGORICAL[1]},
                      "value": CATEGORICAL[0]},
            "shape": {"condition": {"test": f"datum.mark === '{_FAR}'", "value": "diamond"},
                      "value": "circle"},
            "tooltip": [
                {"field": "area_name", "title": "地域"},
                {"field": "x", "title": x.axis, "format": f",.{x.decimals}f"},
                {"field": "y", "title": y.axis, "format": f",.{y.decimals}f"},
            ],
        },
    }  # fmt: skip


def _line(
    rows: list[dict[str, Any]], line: tuple[float, float], at: dict[str, Any]
) -> dict[str, Any]:
    slope, intercept = line
    ends = (min(row["x"] for row in rows), max(row["x"] for row in rows))
    return {
        "data": {"values": [{"x": end, "y": slope * end + intercept} for end in ends]},
        "mark": {
            "type": "line",
            "color": REFERENCE,
            "strokeWidth": 2,
            "strokeDash": [6, 4],
            "clip": True,
        },
        "encoding": at,
    }


def _names(test: str, colour: str, at: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": [{"filter": test}],
        "mark": {"type": "text", "dy": -11, "fontSize": 12, "color": colour},
        "encoding": {**at, "text": {"field": "area_name"}},
    }


def _own(at: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": [{"filter": f"datum.mark === '{_OWN}'"}],
        "layer": [
            {"mark": {"type": "point", "size": 260, "strokeWidth": 3, "color": OWN_AREA},
             "encoding": at},
            {"mark": {"type": "text", "dy": -18, "fontWeight": "bold", "color": OWN_AREA},
             "encoding": {**at, "text": {"field": "area_name"}}},
        ],
    }  # fmt: skip
