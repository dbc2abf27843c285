"""PNG and SVG of a figure, standing alone: geometry inlined, a Japanese font, title and source."""

from __future__ import annotations

import copy
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

Geometry = Callable[[str], dict[str, Any]]
FONT = "IPAexGothic"
WIDTH, HEIGHT = 1_040, 560


@cache
def _register_font() -> None:
    found = importlib.util.find_spec("matplotlib_fontja")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("matplotlib-fontja, which carries the Japanese font, is not installed")
    vl_convert.register_font_directory(str(Path(found.submodule_search_locations[0]) / "fonts"))


def standalone(
    spec: Mapping[str, Any],
    *,
    title: str,
    source: Sequence[str],
    geometry: Geometry,
    size: tuple[int, int] | None = None,
) -> dict[str, Any]:
    """Return the figure as a specification that needs nothing from outside.

    With a size in pixels, title, legend and all fill a picture of just that size; only a figure
    of one frame can be fitted so.
    """
    drawn: dict[str, Any] = _inline(copy.deepcopy(dict(spec)), geometry)
    drawn.setdefault("config", {})["font"] = FONT
    drawn["padding"] = 16
    if drawn.get("width") == "container":
        drawn["width"] = WIDTH
    for part in ("hconcat", "vconcat", "concat"):
        for child in drawn.get(part, []):
            if child.get("width") == "container":
                child["width"] = WIDTH
    lines = [line for text in source for line in _wrap(text)]
    drawn["title"] = {"text": title, "subtitle": lines, "anchor": "start", "offset": 16,
                      "fontSize": 20, "subtitleFontSize": 13, "subtitleColor": "#56616b",
                      "font": FONT, "subtitleFont": FONT}  # fmt: skip
    if size is not None:
        drawn |= {"width": size[0], "height": size[1],
                  "autosize": {"type": "fit", "contains": "padding"}}  # fmt: skip
    return drawn


def _wrap(text: str, length: int = 70) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text), length)]


def _inline(node: Any, geometry: Geometry) -> Any:  # noqa: ANN401 - any part of a specification
    if isinstance(node, list):
        return [_inline(child, geometry) for child in node]
    if not isinstance(node, dict):
        return node
    if "url" in node and "format" in node:
        return {"values": geometry(str(node["url"])), "format": node["format"]}
    return {name: _inline(child, geometry) for name, child in node.items()}


def to_png(
    spec: Mapping[str, Any],
    *,
    title: str,
    source: Sequence[str],
    geometry: Geometry,
    size: tuple[int, int] | None = None,
) -> bytes:
    """Return the figure as PNG at twice the screen's resolution, or of a size in pixels."""
    _register_font()
    half = None if size is None else (size[0] // 2, size[1] // 2)
    drawn = standalone(spec, title=title, source=source, geometry=geometry, size=half)
    return bytes(vl_convert.vegalite_to_png(drawn, scale=2, allowed_base_urls=[]))


def to_svg(
    spec: Mapping[str, Any], *, title: str, source: Sequence[str], geometry: Geometry
) -> bytes:
    """Return the figure as SVG."""
    _register_font()
    drawn = standalone(spec, title=title, source=source, geometry=geometry)
    return str(vl_convert.vegalite_to_svg(drawn, allowed_base_urls=[])).encode("utf-8")
