"""A figure as a projector shows it: letters, lines and contrast for the back of a hall."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from charts.theme import BORDER, FONT_SIZE, GRID, INK, MUTED, OWN_AREA

# The screen enlarges a figure by this, so that its 14 px are 24 px and all else keeps its place.
ENLARGED = 1.72
# What an old projector of 768 px shows below the title.
MAP_HEIGHT, MOST_HEIGHT = 350, 370
_LETTERS = ("fontSize", "labelFontSize", "titleFontSize", "subtitleFontSize")
_DARKER = {MUTED: INK, GRID: BORDER}
_SKIPPED = ("data", "datasets", "params", "usermeta")
_ROOM_FOR_LETTERS = 12  # in a cell with less the letters are left out; its colour still tells
_BESIDE = {"orient": "right", "columns": 1}
_OWN_CODE = re.compile(r"datum\.area_code === '([0-9A-Za-z-]+)'")


def projected(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figure with no letters below 14 px before the screen enlarges it."""
    shown: dict[str, Any] = _walked(spec)
    shown["config"] = _thicker(shown.get("config", {}))
    shown["usermeta"] = {"embedOptions": {"renderer": "svg"}}  # sharp at any size
    if "step" in _mapping(spec.get("height")):
        shown["height"] = {"step": round(spec["height"]["step"] * _taller(spec), 1)}
    if isinstance(spec.get("height"), (int, float)) and not _is_placed_by_pixels(spec):
        shown["height"] = min(spec["height"], MAP_HEIGHT if "projection" in spec else MOST_HEIGHT)
    if "projection" in spec:
        shown["config"]["legend"] = {**shown["config"].get("legend", {}), **_BESIDE}
        shown["layer"] = [*shown.get("layer", []), *_own_name(spec)]
    return shown


def _mapping(part: object) -> Mapping[str, Any]:
    return part if isinstance(part, Mapping) else {}


def _is_placed_by_pixels(spec: Mapping[str, Any]) -> bool:
    """Tell whether rows stand at pixels of their own, so that the height follows their number."""
    y = _mapping(_mapping(spec.get("encoding")).get("y"))
    return y.get("scale", 0) is None or any(map(_is_placed_by_pixels, spec.get("layer", [])))


def _walked(part: Any) -> Any:  # noqa: ANN401 - any part of a specification
    if isinstance(part, Mapping):
        shown = {key: _changed(key, value) for key, value in part.items()}
        if "labelLineHeight" in part:
            shown["labelLineHeight"] = part["labelLineHeight"] * _growth(part)
        return shown
    if isinstance(part, (list, tuple)):
        return [_walked(each) for each in part]
    return _DARKER.get(part, part) if isinstance(part, str) else part


def _changed(key: str, value: Any) -> Any:  # noqa: ANN401
    if key in _SKIPPED:
        return value
    return _letters(value, is_in_cell=key == "fontSize") if key in _LETTERS else _walked(value)


def _letters(size: Any, *, is_in_cell: bool) -> Any:  # noqa: ANN401
    """Return a size of letters, raised; one that shrinks with its cell goes where it is small."""
    if isinstance(size, (int, float)):
        return max(size, FONT_SIZE) if size else size
    if not isinstance(size, Mapping):
        return size
    if "expr" not in size:
        return {k: _letters(v, is_in_cell=is_in_cell) if k in ("value", "condition") else v
                for k, v in size.items()}  # fmt: skip
    asked = f"({size['expr']})"
    least = _ROOM_FOR_LETTERS if is_in_cell and "max(" in asked else 0
    test = f"{asked} < {least}" if least else f"{asked} == 0"
    return {"expr": f"{test} ? 0 : max({FONT_SIZE}, {asked})"}


def _growth(axis: Mapping[str, Any]) -> float:
    size = axis.get("labelFontSize")
    return max(1.0, FONT_SIZE / size) if isinstance(size, (int, float)) and size else 1.0


def _taller(part: Any) -> float:  # noqa: ANN401
    """Return how much taller a row becomes whose label has lines of its own."""
    if isinstance(part, Mapping):
        own = _growth(part) if "labelLineHeight" in part else 1.0
        return max([own, *(_taller(v) for k, v in part.items() if k not in _SKIPPED)])
    return max(map(_taller, part), default=1.0) if isinstance(part, list) else 1.0


def _thicker(config: Mapping[str, Any]) -> dict[str, Any]:
    strong = {"line": {"strokeWidth": 3}, "point": {"size": 90}, "rule": {"strokeWidth": 2}}
    return {**{key: {**look, **_mapping(config.get(key))} for key, look in strong.items()},
            **{key: look for key, look in config.items() if key not in strong}}  # fmt: skip


def _own_name(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the name of the own area on a map, over a white rim; nothing where none is marked."""
    tests = [
        str(_mapping(step).get("filter", ""))
        for layer in spec.get("layer", [])
        for step in layer.get("transform", [])
    ]
    if not any(_OWN_CODE.fullmatch(test) for test in tests):
        return []
    test = next(test for test in tests if _OWN_CODE.fullmatch(test))
    middle = [{"calculate": f"geoCentroid(null, datum)[{at}]", "as": name}
              for at, name in enumerate(("own_lon", "own_lat"))]  # fmt: skip
    rim = {"stroke": "#ffffff", "strokeWidth": 5, "strokeJoin": "round"}
    return [
        {
            "transform": [{"filter": test}, *middle],
            "mark": {"type": "text", "fontSize": FONT_SIZE + 2, "fontWeight": 700,
                     "tooltip": None, **look},
            "encoding": {
                "longitude": {"field": "own_lon", "type": "quantitative"},
                "latitude": {"field": "own_lat", "type": "quantitative"},
                "text": {"field": "area_name", "type": "nominal"},
            },
        }
        for look in (rim, {"color": OWN_AREA})
    ]  # fmt: skip
