"""Background tiles of a configured server, under a map whose frame is known."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from charts.map_labels import Box, mercator

MOST_TILES = 5  # across; each about as many pixels wide as it was drawn for
_ZOOMS = range(4, 17)
NAME = "tiles"


def tiles_of(template: str, *, box: Box) -> pd.DataFrame:
    """Return address and north-western corner of the tiles that cover a box in degrees.

    `template` holds {z}, {x} and {y}, as tile servers number their squares of the world.
    """
    west, south, east, north = box
    zoom = _zoom(box)
    columns = range(int(_column(west, zoom)), int(_column(east, zoom)) + 1)
    rows = range(int(_row(north, zoom)), int(_row(south, zoom)) + 1)
    return pd.DataFrame(
        [
            {
                "u": template.format(z=zoom, x=x, y=y),
                "x": 360 * x / 2**zoom - 180,
                "y": _latitude(y, zoom),
                "zoom": zoom,
            }
            for x in columns
            for y in rows
        ]
    )


def _zoom(box: Box) -> int:
    west, south, east, north = box
    fits = [
        zoom
        for zoom in _ZOOMS
        if _column(east, zoom) - _column(west, zoom) <= MOST_TILES
        and _row(south, zoom) - _row(north, zoom) <= MOST_TILES
    ]
    return max(fits, default=_ZOOMS[0])


def _column(longitude: float, zoom: int) -> float:
    return float((longitude + 180) / 360 * 2**zoom)


def _row(latitude: float, zoom: int) -> float:
    return float((1 - mercator(latitude) / math.pi) / 2 * 2**zoom)


def _latitude(row: int, zoom: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**zoom))))


def tile_layer(tiles: pd.DataFrame, *, scale: str) -> dict[str, Any]:
    """Return the layer of tiles; `scale` is the expression that scales the projection."""
    zoom = int(tiles["zoom"].iloc[0])
    side = {"expr": f"{2 * math.pi / 2**zoom!r} * ({scale}) + 0.5"}
    return {
        "name": NAME,
        "data": {"values": tiles[["u", "x", "y"]].to_dict("records")},
        "mark": {
            "type": "image",
            "width": side,
            "height": side,
            "align": "left",
            "baseline": "top",
            "aspect": False,
            "tooltip": None,
        },
        "encoding": {
            "url": {"field": "u", "type": "nominal"},
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
        },
    }
