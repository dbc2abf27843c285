"""A scene without a figure as a picture: its sentences and main numbers in large letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from charts.theme import INK

LETTERS, LINES = 40, 16
WIDTH, LINE_HEIGHT, SIZE = 1_040, 40, 22


def scene_text(paragraphs: Sequence[str]) -> dict[str, Any]:
    """Return a specification that prints paragraphs, wrapped; what does not fit ends in …."""
    lines = [
        paragraph[start : start + LETTERS]
        for paragraph in paragraphs
        for start in range(0, max(len(paragraph), 1), LETTERS)
    ]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], "…"]
    rows = [{"line": line, "place": place} for place, line in enumerate(lines)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": LINE_HEIGHT * max(len(rows), 1),
        "view": {"stroke": None},
        "data": {"values": rows},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "top",
            "fontSize": SIZE,
            "color": INK,
        },
        "encoding": {
            "x": {"value": 0},
            "y": {"field": "place", "type": "ordinal", "axis": None},
            "text": {"field": "line"},
        },
    }
