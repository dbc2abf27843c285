"""Hexagons over a map, coloured by how many facilities lie in each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.classes import class_names

# Unlike the blue of areas; light to dark in even steps, readable with any colour vision
CELL_COLOURS = ("#fde3bf", "#f6b871", "#dd8430", "#a9560c", "#612d00")
LEGEND_TITLE = "六角形の中の施設"


def cell_layer(
    *, url: str, counts: pd.DataFrame, breaks: list[float], width_km: float
) -> dict[str, Any]:
    """Return the layer of hexagons; `counts` has cell and facilities, one row at least,
    all above zero.

    `breaks` are the upper bounds of the classes. Outlines come from `url` as GeoJSON features
    with the property c.
    """
    classes = class_names(breaks, decimals=0, lowest=1, whole=True)
    if breaks[0] == 1 and len(breaks) > 1:
        classes[0] = "1"
    legend = {
        "title": [
            LEGEND_TITLE,
            f"（{int(counts['facilities'].sum()):,}か所・径 約{width_km:.0f}km）",
        ],
        "symbolType": "square",
        "symbolSize": 220,
    }
    scale = {"domain": classes, "range": cell_colours(len(classes))}
    return {
        "data": {"url": url, "format": {"type": "json", "property": "features"}},
        "transform": [
            *_joined(counts),
            {"calculate": _class_of(breaks, classes), "as": "cell_class"},
        ],
        "mark": {
            "type": "geoshape",
            "stroke": "#ffffff",
            "strokeWidth": 0.5,
            "fillOpacity": 0.92,
        },
        "encoding": {
            "fill": {
                "field": "cell_class",
                "type": "nominal",
                "scale": scale,
                "legend": legend,
            },
            "tooltip": [{"field": "n", "title": LEGEND_TITLE, "type": "quantitative"}],
        },
    }


def _joined(counts: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what gives each outline its number as n, and drops those without one."""
    rows = "c,n\n" + "\n".join(
        f"{cell},{number}"
        for cell, number in zip(counts["cell"], counts["facilities"], strict=True)
    )
    found = {
        "data": {"values": rows, "format": {"type": "csv"}},
        "key": "c",
        "fields": ["n"],
    }
    return [
        {"calculate": "datum.properties.c", "as": "cell"},
        {"lookup": "cell", "from": found},
        {"filter": "isValid(datum.n)"},
        {"calculate": "toNumber(datum.n)", "as": "n"},
    ]


def cell_colours(count: int) -> list[str]:
    """Return `count` colours from light to dark."""
    if count <= 1:
        return [CELL_COLOURS[2]][:count]
    last = len(CELL_COLOURS) - 1
    return [CELL_COLOURS[round(at * last / (count - 1))] for at in range(count)]


def _class_of(breaks: list[float], classes: list[str]) -> str:
    choice = f"'{classes[-1]}'" if classes else "''"
    for bound, name in zip(reversed(breaks[:-1]), reversed(classes[:-1]), strict=True):
        choice = f"datum.n <= {bound!r} ? '{name}' : {choice}"
    return choice
