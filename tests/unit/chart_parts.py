"""Reading of figures in tests: their layers, and the words they draw."""

from __future__ import annotations

import re
from typing import Any

import vl_convert


def layers_with(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    """Return the layers of a mark, those inside a group of layers too."""
    found = []
    for layer in spec["layer"]:
        inner = layers_with(layer, mark) if "layer" in layer else []
        found += inner or [part for part in (layer,) if part.get("mark", {}).get("type") == mark]
    return found


def drawn_texts(spec: dict[str, Any], *, width: int = 700) -> set[str]:
    """Return every line of text that the figure prints."""
    svg = vl_convert.vegalite_to_svg(spec | {"width": width})
    return set(re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg))


def marks_of(spec: dict[str, Any]) -> set[str]:
    """Return the kinds of mark that the figure draws."""
    if "layer" not in spec:
        return {spec["mark"]["type"]}
    return set().union(*(marks_of(layer) for layer in spec["layer"]))
