"""Ranking bars: one bar per area, benchmark lines across, the own area marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.formatting import number
from charts.theme import MUTED, OWN_AREA, REFERENCE, SEQUENTIAL, base_config

STEP = 26
OWN_MARK = "▶ "


def ranking(
    frame: pd.DataFrame,
    *,
    title: str,
    unit: str,
    decimals: int,
    own_code: str | None = None,
    benchmarks: Sequence[tuple[str, float]] = (),
    show_interval: bool = False,
    benchmark_decimals: int | None = None,
) -> dict[str, Any]:
    """Return bars in the order of the frame.

    The frame has area_code, area_name, value, lower_ci, upper_ci and status_label (the words for a
    missing value).
    """
    rows = _rows(frame, own_code=own_code, decimals=decimals, show_interval=show_interval)
    y = {
        "field": "label",
        "type": "nominal",
        "sort": [row["label"] for row in rows],
        "title": None,
        "axis": {"labelLimit": 260, "ticks": False, "domain": False},
    }
    layers = [_bars(y, title=title, unit=unit, step=10.0**-decimals)]
    if show_interval:
        layers.append(_intervals(y))
    if benchmarks:
        places = decimals if benchmark_decimals is None else benchmark_decimals
        layers.append(_benchmark_lines(benchmarks, unit=unit, decimals=places))
    layers += [_value_texts(y, halo=True), _value_texts(y)]
    return {
        "data": {"values": rows},
        "width": "container",
        "height": {"step": STEP},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": layers,
        "config": base_config(),
    }


def _rows(
    frame: pd.DataFrame, *, own_code: str | None, decimals: int, show_interval: bool
) -> list[dict[str, Any]]:
    repeated = frame["area_name"].duplicated(keep=False)
    rows = []
    for row, is_repeated in zip(frame.itertuples(), repeated, strict=True):
        known = pd.notna(row.value)
        name = f"{row.area_name}（{row.area_code}）" if is_repeated else row.area_name
        is_own = row.area_code == own_code
        item: dict[str, Any] = {
            "area_code": row.area_code,
            "label": f"{OWN_MARK}{name}" if is_own else name,
            "own": is_own,
            "value": round(float(row.value), decimals + 2) if known else None,
            "printed": number(row.value, decimals=decimals) if known else row.status_label,
            "known": known,
        }
        item["end"] = item["value"] if known else 0
        if show_interval and known and pd.notna(row.lower_ci):
            item["lower"] = round(float(row.lower_ci), decimals + 2)
            item["upper"] = round(float(row.upper_ci), decimals + 2)
            item["end"] = max(item["end"], item["upper"])
        rows.append(item)
    return rows


def _bars(y: dict[str, Any], *, title: str, unit: str, step: float) -> dict[str, Any]:
    return {
        "mark": {"type": "bar", "height": {"band": 0.72}},
        "encoding": {
            "y": y,
            "x": {
                "field": "value",
                "type": "quantitative",
                "scale": {"zero": True},
                "axis": {
                    "title": f"{title}（{unit}）" if unit else title,
                    "orient": "top",
                    "tickMinStep": step,
                    "tickCount": {"expr": "width < 480 ? 4 : 8"},
                },
            },
            "color": {
                "condition": {"test": "datum.own", "value": OWN_AREA},
                "value": SEQUENTIAL[3],
            },
            "tooltip": [
                {"field": "label", "title": "地域"},
                {"field": "printed", "title": title},
            ],
        },
    }


def _intervals(y: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": [{"filter": "isValid(datum.lower)"}],
        "mark": {"type": "rule", "strokeWidth": 2, "color": "#1a1f24"},
        "encoding": {
            "y": y,
            "x": {"field": "lower", "type": "quantitative"},
            "x2": {"field": "upper"},
        },
    }


def _value_texts(y: dict[str, Any], *, halo: bool = False) -> dict[str, Any]:
    """Return the printed values; a white halo below them keeps lines out of the figures."""
    mark: dict[str, Any] = {"type": "text", "align": "left", "dx": 5}
    colour: dict[str, Any] = {
        "condition": {"test": "!datum.known", "value": MUTED},
        "value": "#1a1f24",
    }
    if halo:
        mark |= {"stroke": "#ffffff", "strokeWidth": 5, "strokeJoin": "round"}
        colour = {"value": "#ffffff"}
    return {
        "mark": mark,
        "encoding": {
            "y": y,
            "x": {"field": "end", "type": "quantitative"},
            "text": {"field": "printed"},
            "color": colour,
        },
    }


def _benchmark_lines(
    benchmarks: Sequence[tuple[str, float]], *, unit: str, decimals: int
) -> dict[str, Any]:
    rows = [
        {"name": f"{name} {number(value, decimals=decimals)}", "at": value}
        for name, value in benchmarks
    ]
    dashes = ([6, 3], [2, 2], [1, 0])
    return {
        "data": {"values": rows},
        "mark": {"type": "rule", "strokeWidth": 2, "color": REFERENCE},
        "encoding": {
            "x": {"field": "at", "type": "quantitative"},
            "strokeDash": {
                "field": "name",
                "type": "nominal",
                "scale": {
                    "domain": [row["name"] for row in rows],
                    "range": [dashes[at % len(dashes)] for at in range(len(rows))],
                },
                "legend": {
                    "orient": "top",
                    "title": f"基準（{unit}）" if unit else "基準",
                    "columns": {"expr": f"width < 400 ? 1 : {len(rows) or 1}"},
                    "labelLimit": 0,
                },
            },
        },
    }
