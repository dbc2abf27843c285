"""PNG and SVG of a figure, standing alone: geometry inlined, a Japanese font, title and source."""

from __future__ import annotations

import copy
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import vl_convert
from PIL import Image

Geometry = Callable[[str], dict[str, Any]]
FONT = "IPAexGothic"
WIDTH, HEIGHT = 1_040, 560
TITLE_LENGTH = 48  # characters in a line of a picture 960 wide
CONCATENATED = ("hconcat", "vconcat", "concat")


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
    of one frame can be fitted so, and `to_png` sets others on a canvas.
    """
    drawn: dict[str, Any] = _inline(copy.deepcopy(dict(spec)), geometry)
    drawn.setdefault("config", {})["font"] = FONT
    drawn["padding"] = 16
    if drawn.get("width") == "container":
        drawn["width"] = WIDTH
    for part in CONCATENATED:
        for child in drawn.get(part, []):
            if child.get("width") == "container":
                child["width"] = WIDTH
    lines = [line for text in source for line in _wrap(text)]
    named = _wrap(title, TITLE_LENGTH)
    drawn["title"] = {"text": named, "subtitle": lines, "anchor": "start", "offset": 16,
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
    is_whole = not any(part in spec for part in CONCATENATED)
    half = (size[0] // 2, size[1] // 2) if size and is_whole else None
    drawn = standalone(spec, title=title, source=source, geometry=geometry, size=half)
    made = bytes(vl_convert.vegalite_to_png(drawn, scale=2, allowed_base_urls=[]))
    return _on_canvas(made, size) if size and not is_whole else made


def _on_canvas(png: bytes, size: tuple[int, int]) -> bytes:
    """Return the picture in the middle of a white one of the size, made smaller if need be."""
    drawn = Image.open(BytesIO(png)).convert("RGB")
    drawn.thumbnail(size, Image.Resampling.LANCZOS)
    canvas = Image.new("RGB", size, "#ffffff")
    canvas.paste(drawn, ((size[0] - drawn.width) // 2, (size[1] - drawn.height) // 2))
    saved = BytesIO()
    canvas.save(saved, "PNG")
    return saved.getvalue()


def to_svg(
    spec: Mapping[str, Any], *, title: str, source: Sequence[str], geometry: Geometry
) -> bytes:
    """Return the figure as SVG."""
    _register_font()
    drawn = standalone(spec, title=title, source=source, geometry=geometry)
    return str(vl_convert.vegalite_to_svg(drawn, allowed_base_urls=[])).encode("utf-8")
