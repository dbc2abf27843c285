"""Two maps beside each other in one scale, on the screen and in one picture."""

from __future__ import annotations

import json
import math
from typing import Any

from charts.map_labels import Box, mercator

_OWN_PLACE = ("$schema", "config", "autosize", "usermeta")
# In a picture of 1920 × 1080 at twice the size, with room for title, sources and legends
PICTURE_WIDTH, PICTURE_HEIGHT = 440, 300


def same_scale(boxes: tuple[Box, Box]) -> tuple[Box, Box]:
    """Return two boxes as wide and as high as the larger on a Mercator map, each about its middle.

    A degree of longitude is then as long on both maps; boxes are west, south, east, north.
    """
    wide = max(east - west for west, _, east, _ in boxes)
    tall = max(mercator(north) - mercator(south) for _, south, _, north in boxes)
    first, second = (_about_middle(box, wide, tall) for box in boxes)
    return first, second


def _about_middle(box: Box, wide: float, tall: float) -> Box:
    west, south, east, north = box
    x, y = (west + east) / 2, (mercator(south) + mercator(north)) / 2
    return (x - wide / 2, _latitude(y - tall / 2), x + wide / 2, _latitude(y + tall / 2))


def _latitude(height: float) -> float:
    return math.degrees(2 * math.atan(math.exp(height)) - math.pi / 2)


def legend_below(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the map with its legend below, so that two maps beside each other stay as wide."""
    config = spec["config"]
    legend = {**config["legend"], "orient": "bottom", "columns": 2}
    return {**spec, "config": {**config, "legend": legend}}


def pair_picture(
    left: dict[str, Any], right: dict[str, Any], *, names: list[str]
) -> dict[str, Any]:
    """Return both maps as one figure of fixed size, for files; names stand above the maps."""
    return {
        "$schema": left["$schema"],
        "config": left["config"],
        "hconcat": [_fixed(spec, name) for spec, name in zip((left, right), names, strict=True)],
        "resolve": {
            part: {"fill": "independent", "color": "independent", "shape": "independent"}
            for part in ("scale", "legend")
        },
    }


def _fixed(spec: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a map that needs no size from outside and reports no clicks."""
    inner = {key: part for key, part in spec.items() if key not in _OWN_PLACE}
    inner["layer"] = [_still(layer) for layer in spec["layer"]]
    text = json.dumps(inner, ensure_ascii=False)
    for side, length in (("width", PICTURE_WIDTH), ("height", PICTURE_HEIGHT)):
        text = text.replace(f"{side} / ", f"{length} / ")
    fixed: dict[str, Any] = json.loads(text)
    return {**fixed, "width": PICTURE_WIDTH, "height": PICTURE_HEIGHT, "title": name}


def _still(layer: dict[str, Any]) -> dict[str, Any]:
    """Return a layer without parameters and what hangs on them."""
    encoding = (
        {
            channel: {"value": part["value"]} if "condition" in part else part
            for channel, part in layer["encoding"].items()
        }
        if "encoding" in layer
        else {}
    )
    still = {key: part for key, part in layer.items() if key not in ("params", "encoding")}
    return {**still, "encoding": encoding}
