"""Funnel plot: values against the size of the area, within the limits of chance."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from charts.packing import packed
from charts.theme import DIVERGING, INK, MUTED, OWN_AREA, REFERENCE, base_config
from charts.value_text import span, value_text

OUTCOMES = {
    "high_998": ("99.8％限界より高い", "triangle-up", DIVERGING[6]),
    "high_95": ("95％限界より高い", "triangle-up", DIVERGING[5]),
    "inside": ("限界の内（偶然の範囲）", "circle", MUTED),
    "low_95": ("95％限界より低い", "triangle-down", DIVERGING[1]),
    "low_998": ("99.8％限界より低い", "triangle-down", DIVERGING[0]),
}
_LETTERS = dict(zip(OUTCOMES, "abcde", strict=True))
_DASHES = {"95％": [5, 4], "99.8％": [1, 0]}


def funnel(
    frame: pd.DataFrame,
    limits: pd.DataFrame,
    *,
    title: str,
    unit: str,
    decimals: int,
    size_title: str,
    average: tuple[str, float],
    own_code: str | None = None,
) -> dict[str, Any]:
    """Return points in a funnel.

    `frame` has area_code, area_name, size, value and outcome (a key of OUTCOMES), `limits` size,
    value, level (95％ or 99.8％) and side; rows without size or value are left out.
    """
    known = frame.dropna(subset=["size", "value"])
    known = known[(known["size"] > 0) & known["outcome"].isin(list(OUTCOMES))]
    rows = [_point(row, decimals, own_code) for row in known.itertuples()]
    x = _x(rows, size_title)
    y = {"field": "value", "type": "quantitative", "scale": _reach(rows, limits),
         "axis": {"title": f"{title}（{unit}）" if unit else title}}  # fmt: skip
    points = _points(x, y, decimals)
    layers = [_limits(limits, x, y, decimals), _average(average, y, unit, decimals), points]
    if any(row["own"] for row in rows):
        layers.append(_own(x, y))
    values, steps = packed(rows, texts=("area_name", "outcome"),
                           numbers=("size", "value"))  # fmt: skip
    return {
        "data": {"values": values},
        "transform": [*steps, *_in_words()],
        "width": "container",
        "height": 420,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": layers,
        "config": base_config(),
    }


def _point(row: Any, decimals: int, own_code: str | None) -> dict[str, Any]:  # noqa: ANN401
    letter, is_own = _LETTERS[row.outcome], row.area_code == own_code
    return {
        "area_name": row.area_name,
        "size": round(float(row.size), 0 if row.size >= 100 else 2),
        "value": round(float(row.value), decimals + 1),
        "outcome": letter.upper() if is_own else letter,
        "own": is_own,
    }


def _in_words() -> list[dict[str, Any]]:
    """Return the steps that make words of letters; that of the own area is a capital."""
    words = {_LETTERS[key]: label for key, (label, *_) in OUTCOMES.items()}
    named = json.dumps(words, ensure_ascii=False)
    return [
        {"calculate": "datum.outcome !== lower(datum.outcome)", "as": "own"},
        {"calculate": f"({named})[lower(datum.outcome)]", "as": "outcome"},
    ]


def _x(rows: list[dict[str, Any]], size_title: str) -> dict[str, Any]:
    sizes = [row["size"] for row in rows] or [1.0]
    return {
        "field": "size",
        "type": "quantitative",
        "scale": {"type": "log", "nice": False, "domain": [min(sizes) / 1.25, max(sizes) * 1.25]},
        "axis": {"title": f"{size_title}（対数目盛）", "format": ",.0f", "labelOverlap": True,
                 "tickCount": 6},
    }  # fmt: skip


def _reach(rows: list[dict[str, Any]], limits: pd.DataFrame) -> dict[str, Any]:
    """Return the extent of values: all points, and the limits of an area of middling size."""
    values = [row["value"] for row in rows] or [0.0, 1.0]
    sizes = sorted(row["size"] for row in rows) or [1.0]
    near = limits[limits["size"] >= sizes[len(sizes) // 2]]["value"].dropna()
    return {"domain": span([*values, *near.tolist()]), "nice": True}


def _limits(
    limits: pd.DataFrame, x: dict[str, Any], y: dict[str, Any], decimals: int
) -> dict[str, Any]:
    low, high = x["scale"]["domain"]
    seen = limits.dropna(subset=["size", "value"])
    seen = seen[seen["size"].between(low / 1.5, high * 1.5)]
    columns = (seen["size"], seen["value"], seen["level"], seen["side"])
    values = [
        {"size": round(size, 2), "value": round(value, decimals + 3), "level": f"{level}の限界",
         "line": f"{level}{side}"}
        for size, value, level, side in zip(*(c.tolist() for c in columns), strict=True)
    ]  # fmt: skip
    return {
        "data": {"values": values},
        "mark": {"type": "line", "clip": True, "strokeWidth": 1.5, "color": INK},
        "encoding": {
            "x": x,
            "y": y,
            "detail": {"field": "line", "type": "nominal"},
            "strokeDash": {
                "field": "level",
                "type": "nominal",
                "scale": {"domain": [f"{level}の限界" for level in _DASHES],
                          "range": list(_DASHES.values())},
                "legend": {"orient": "bottom", "title": None},
            },
        },
    }  # fmt: skip


def _average(
    average: tuple[str, float], y: dict[str, Any], unit: str, decimals: int
) -> dict[str, Any]:
    name, value = average
    label = f"{name} {value_text(value, unit=unit, decimals=decimals)}"
    return {
        "data": {"values": [{"value": value, "label": label}]},
        "layer": [
            {"mark": {"type": "rule", "color": REFERENCE, "strokeWidth": 2},
             "encoding": {"y": y}},
            {"mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 6,
                      "dy": -3, "color": INK},
             "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "label"}}},
        ],
    }  # fmt: skip


def _points(x: dict[str, Any], y: dict[str, Any], decimals: int) -> dict[str, Any]:
    labels = [label for label, _, _ in OUTCOMES.values()]
    legend = {"orient": "top", "title": None, "symbolSize": 90,
              "columns": {"expr": "width < 400 ? 1 : 3"}}  # fmt: skip
    scale = {"domain": labels, "range": [shape for _, shape, _ in OUTCOMES.values()]}
    colours = {"domain": labels, "range": [colour for *_, colour in OUTCOMES.values()]}
    return {
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1, "clip": True},
        "encoding": {
            "x": x,
            "y": y,
            "shape": {"field": "outcome", "type": "nominal", "scale": scale, "legend": legend},
            "color": {"field": "outcome", "type": "nominal", "scale": colours, "legend": legend},
            "tooltip": [
                {"field": "area_name", "title": "地域"},
                {"field": "value", "title": "値", "format": f",.{decimals}f"},
                {"field": "size", "title": "分母", "format": ",.0f"},
                {"field": "outcome", "title": "限界と比べて"},
            ],
        },
    }


def _own(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": [{"filter": "datum.own"}],
        "layer": [
            {"mark": {"type": "point", "size": 260, "strokeWidth": 3, "color": OWN_AREA},
             "encoding": {"x": x, "y": y}},
            {"mark": {"type": "text", "dy": -18, "fontWeight": "bold", "color": OWN_AREA},
             "encoding": {"x": x, "y": y, "text": {"field": "area_name"}}},
        ],
    }  # fmt: skip
