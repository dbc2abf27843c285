"""What present supply gives over the years: lines, today's level, and what would keep it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.formatting import number
from charts.line import line
from charts.theme import INK, MUTED

HEIGHT = 400


def supply_lines(
    frame: pd.DataFrame,
    *,
    series_order: list[str],
    level: float | None,
    level_label: str,
    targets: list[int],
    unit: str,
    y_title: str,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Return lines of `per_10k` over `year` by `area_name`, as Vega-Lite.

    The first of the series is the area itself: its present level is a broken line, and above its
    points at the target years stands how many more (`more`) would keep that level.
    """
    rates = frame.assign(series=frame["area_name"], value=frame["per_10k"])
    spec = line(
        rates,
        series_order=series_order,
        x_title="年（10月1日）",
        y_title=y_title,
        unit=unit,
        decimals=2,
        base_line=level,
        projected_from=None,
        height=height,
    )
    own = frame[(frame["area_name"] == series_order[0]) & frame["year"].isin(targets)]
    layers = [*spec["layer"]]
    if level is not None:
        layers.append(_level_name(level, level_label, int(frame["year"].min())))
    needed = own.dropna(subset=["more", "per_10k"])
    if len(needed):
        layers += [_needed(needed, unit, halo=True), _needed(needed, unit, halo=False)]
    return {**spec, "layer": layers}


def _level_name(level: float, label: str, year: int) -> dict[str, Any]:
    return {
        "data": {"values": [{"y": year, "v": level, "t": f"{label} {number(level, decimals=2)}"}]},
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "dy": -6, "color": MUTED},
        "encoding": {
            "x": {"field": "y", "type": "quantitative"},
            "y": {"field": "v", "type": "quantitative"},
            "text": {"field": "t"},
        },
    }


def _needed(own: pd.DataFrame, unit: str, *, halo: bool) -> dict[str, Any]:
    """Return the numbers below the points; a white halo keeps the lines out of them."""
    rows = [
        {"y": int(year), "v": round(float(rate), 4), "t": _words(more, unit)}
        for year, rate, more in zip(own["year"], own["per_10k"], own["more"], strict=True)
    ]
    colour: dict[str, Any] = {"color": INK, "fontWeight": 600}
    if halo:
        colour = {"color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 5, "fontWeight": 600}
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "baseline": "top", "dy": 10, **colour},
        "encoding": {
            "x": {"field": "y", "type": "quantitative"},
            "y": {"field": "v", "type": "quantitative"},
            "text": {"field": "t"},
        },
    }


def _words(more: float, unit: str) -> str:
    return f"あと{number(more)}{unit}" if more > 0 else "増加不要"
