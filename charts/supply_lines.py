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

    The first of the series is the area itself: its present level is a broken line, and below its
    points at the target years stands how many more (`more`) would keep that level. Others without
    any value are left out.
    """
    rates = frame.assign(series=frame["area_name"], value=frame["per_10k"])
    known = set(rates.dropna(subset=["value"])["series"])
    # named without a line, an area would be taken for the broken line of the level
    series_order = series_order[:1] + [name for name in series_order[1:] if name in known]
    rates = rates[rates["series"].isin(series_order)]
    spec = line(
        rates,
        series_order=series_order,
        x_title="年（10月1日）",
        y_title=y_title,
        unit=unit,
        decimals=2,
        base_line=level,
        own=series_order[0],
        references=series_order[1:],
        height=height,
    )
    own = frame[(frame["area_name"] == series_order[0]) & frame["year"].isin(targets)]
    layers = [*spec["layer"]]
    if level is not None:
        layers.append(_foot(level, level_label, int(frame["year"].min()), unit))
    needed = own.dropna(subset=["more", "per_10k"])
    if len(needed):
        last = int(frame["year"].max())
        layers += [_needed(needed, last, halo=halo) for halo in (True, False)]
    return {**spec, "layer": layers}


def _foot(level: float, label: str, year: int, unit: str) -> dict[str, Any]:
    """Return what line and numbers are, at the foot of the figure where no line runs."""
    words = [f"┄┄ {label} {number(level, decimals=2)}", f"+ 保つためにあと必要な数（{unit}）"]
    return {
        "data": {"values": [{"y": year, "t": words}]},
        "mark": {"type": "text", "align": "left", "baseline": "line-bottom", "color": MUTED,
                 "dy": -18},
        "encoding": {
            "x": {"field": "y", "type": "quantitative"},
            "y": {"value": {"expr": "height - 8"}},
            "text": {"field": "t"},
        },
    }  # fmt: skip


def _needed(own: pd.DataFrame, last: int, *, halo: bool) -> dict[str, Any]:
    """Return the numbers below the points; a white halo keeps the lines out of them."""
    rows = [
        {"y": int(year), "v": round(float(rate), 4), "t": f"+{number(more)}"}
        for year, rate, more in zip(own["year"], own["per_10k"], own["more"], strict=True)
    ]
    colour: dict[str, Any] = {"color": INK}
    if halo:
        colour = {"color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 5}
    at_end = f"datum.y === {last}"
    return {
        "data": {"values": rows},
        "mark": {
            "type": "text",
            "baseline": "top",
            "dy": 10,
            "dx": {"expr": f"{at_end} ? 20 : 0"},
            "align": {"expr": f"{at_end} ? 'right' : 'center'"},
            "fontWeight": 600,
            **colour,
        },
        "encoding": {
            "x": {"field": "y", "type": "quantitative"},
            "y": {"field": "v", "type": "quantitative"},
            "text": {"field": "t"},
        },
    }
