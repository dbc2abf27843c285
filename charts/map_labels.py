"""Names on a map, placed so that none covers another; fewer on a small map."""

from __future__ import annotations

import math
import unicodedata
from typing import Any

import numpy as np
import pandas as pd

from charts.theme import INK

SIZE = 12
_HEIGHT = SIZE * 1.25
_GAP = 3
# Sizes of the map in pixels at which names are placed anew, from a telephone to a projector
WIDTHS = (240, 320, 420, 540, 680, 860, 1_100, 1_500)
ASPECT = 540 / 860
MOST = 400

Box = tuple[float, float, float, float]


def placed_labels(places: pd.DataFrame, *, box: Box) -> pd.DataFrame:
    """Return the names that find room, each with the scale of the map from which it is shown.

    places has name, lon and lat in degrees, the most important first; those outside the box (west,
    south, east, north) or beyond MOST are left out. The scale is that of a Mercator projection, in
    pixels per radian. At any scale no two of the names shown overlap: a name placed on a small map
    stays on a larger one, where all distances have grown.
    """
    west, south, east, north = box
    inside = places[places["lon"].between(west, east) & places["lat"].between(south, north)]
    inside = inside.head(MOST)
    x = np.radians(inside["lon"].to_numpy(dtype=float))
    y = np.array([mercator(latitude) for latitude in inside["lat"]], dtype=float)
    half = np.array([text_width(name) for name in inside["name"]], dtype=float) / 2 + _GAP
    shown_from = np.full(len(inside), np.inf)
    for scale in _scales(box):
        for at in range(len(inside)):
            placed = np.isfinite(shown_from)
            if not placed[at] and not _overlaps(at, placed, x * scale, y * scale, half):
                shown_from[at] = scale
    placed = np.isfinite(shown_from)
    found = inside[["name", "lon", "lat"]].assign(scale=shown_from)
    return pd.DataFrame(found[placed]).reset_index(drop=True)


def text_width(name: str) -> float:
    """Return the width of a name in pixels: a wide character is as wide as it is high."""
    wide = sum(unicodedata.east_asian_width(mark) in "WFA" for mark in name)
    return SIZE * (wide + 0.6 * (len(name) - wide))


def mercator(latitude: float) -> float:
    """Return the height of a latitude in degrees on a Mercator map of radius 1."""
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _scales(box: Box) -> list[float]:
    west, south, east, north = box
    wide = max(math.radians(east - west), 1e-9)
    tall = max(mercator(north) - mercator(south), 1e-9)
    return [min(width / wide, width * ASPECT / tall) for width in WIDTHS]


def _overlaps(at: int, placed: np.ndarray, x: np.ndarray, y: np.ndarray, half: np.ndarray) -> bool:
    beside = np.abs(x[placed] - x[at]) < half[placed] + half[at]
    above = np.abs(y[placed] - y[at]) < _HEIGHT
    return bool((beside & above).any())


def label_layers(labels: pd.DataFrame, *, scale: str) -> list[dict[str, Any]]:
    """Return the names over a white rim; `scale` is the expression that scales the projection."""
    named = labels.round({"lon": 4, "lat": 4, "scale": 1}).rename(
        columns={"lon": "x", "lat": "y", "name": "n", "scale": "s"}
    )
    rows = [{str(name): value for name, value in row.items()} for row in named.to_dict("records")]
    rim = {"stroke": "#ffffff", "strokeWidth": 3, "strokeJoin": "round", "strokeOpacity": 0.9}
    return [_label_layer(rows, scale, rim), _label_layer(rows, scale, {"color": INK})]


def _label_layer(rows: list[dict[str, Any]], scale: str, look: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "transform": [{"filter": f"datum.s <= 1.001 * ({scale})"}],
        "mark": {"type": "text", "fontSize": SIZE, "fontWeight": 600, "tooltip": None, **look},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": "n", "type": "nominal"},
        },
    }
