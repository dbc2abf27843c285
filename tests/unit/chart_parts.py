"""Reading of figures in tests: their layers, and the words they draw."""

from __future__ import annotations

import re
from typing import Any

import vl_convert


def layers_with(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]


def drawn_texts(spec: dict[str, Any], *, width: int = 700) -> set[str]:
    """Return every line of text that the figure prints."""
    svg = vl_convert.vegalite_to_svg(spec | {"width": width})
    return set(re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg))
