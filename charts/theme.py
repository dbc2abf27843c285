"""Colours, type and marks that every figure shares."""

from __future__ import annotations

from typing import Any

FONT = "Noto Sans JP, Noto Sans CJK JP, Yu Gothic UI, Meiryo, IPAexGothic, sans-serif"
FONT_SIZE = 14
TITLE_SIZE = 16

INK = "#1a1f24"
MUTED = "#56616b"
GRID = "#dfe4e8"
BORDER = "#9aa5af"
NO_DATA = "#d0d4d8"
NO_DATA_BORDER = "#8a949e"
OWN_AREA = "#b3126b"
REFERENCE = "#56616b"

# One hue, light to dark, evenly spaced in lightness; readable with any colour vision.
SEQUENTIAL = ("#e3eef6", "#b3d0e6", "#7aaed3", "#3f86bd", "#0b5cad", "#083a70", "#04203f")
# Blue below the middle, orange above it.
DIVERGING = ("#1f5f99", "#6fa4cf", "#c7dcec", "#f4f1ea", "#f6cfa0", "#e39042", "#a9560c")
# Okabe and Ito's colours, darkened where needed for 3:1 on white.
CATEGORICAL = ("#0b5cad", "#c75300", "#00795c", "#a8438a", "#7a6400", "#2f8fc4", "#1a1f24")


def sequential(count: int) -> list[str]:
    """Return `count` colours from light to dark, spread over the whole range."""
    return _spread(SEQUENTIAL[:-1] if count < 6 else SEQUENTIAL, count)


def diverging(count: int) -> list[str]:
    """Return `count` colours from blue to orange, the middle one pale."""
    return _spread(DIVERGING, count)


def _spread(colours: tuple[str, ...], count: int) -> list[str]:
    if count <= 1:
        return [colours[len(colours) // 2]]
    last = len(colours) - 1
    return [colours[min(last, round(position * last / (count - 1)))] for position in range(count)]


def base_config() -> dict[str, Any]:
    """Return the Vega-Lite configuration of all figures."""
    text = {"labelFontSize": FONT_SIZE, "titleFontSize": FONT_SIZE, "labelColor": INK}
    return {
        "font": FONT,
        "background": "#ffffff",
        "view": {"stroke": None},
        "title": {"fontSize": TITLE_SIZE, "anchor": "start", "color": INK, "fontWeight": 600},
        "axis": {
            **text,
            "titleColor": INK,
            "titleFontWeight": 400,
            "gridColor": GRID,
            "domainColor": MUTED,
            "tickColor": MUTED,
            "labelLimit": 220,
        },
        "legend": {**text, "titleColor": INK, "titleFontWeight": 600, "labelLimit": 260},
        "header": text,
        "text": {"fontSize": FONT_SIZE, "color": INK},
        "range": {"category": list(CATEGORICAL)},
    }
