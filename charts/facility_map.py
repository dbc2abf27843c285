"""Facilities as points over a map: shape and colour tell the type, the rows come by address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts.theme import INK

# Most points of a map, and the size in which they lightly overlap at most
POINT_SIZES = ((60, 100), (250, 75), (800, 50))
SMALLEST_POINT = 30
# The parameter that reports the point that is clicked, by its facility_id in the field i
CLICKED = "facility"
LEGEND_TITLE = "施設（点の数）"


@dataclass(frozen=True)
class PointType:
    """How one facility type is drawn; `place` is its number in the rows, `drawn` how many."""

    place: int
    label: str
    color: str
    symbol: str
    drawn: int

    @property
    def legend_label(self) -> str:
        """The label with the number of points."""
        return f"{self.label}（{self.drawn:,}）"


def point_size(count: int) -> int:
    """Return the area of a point in square pixels, smaller the more there are."""
    return next((size for most, size in POINT_SIZES if count <= most), SMALLEST_POINT)


def point_layer(url: str, *, types: Sequence[PointType], picked: str = "") -> dict[str, Any]:
    """Return the layer of points; `url` gives CSV of t, x, y, i and n, as map files do."""
    table = [{"t": entry.place, "kind": entry.legend_label} for entry in types]
    size = point_size(sum(entry.drawn for entry in types))
    ringed = {"condition": {"test": f"datum.i === '{picked}'", "value": INK}, "value": "#ffffff"}
    return {
        "params": [
            {"name": CLICKED, "select": {"type": "point", "fields": ["i"], "toggle": False}}
        ],
        "data": {"url": url, "format": {"type": "csv", "parse": _PARSED}},
        "transform": [
            {
                "lookup": "t",
                "from": {"data": {"values": table}, "key": "t", "fields": ["kind"]},
            },
            {"filter": "isValid(datum.kind)"},
        ],
        "mark": {
            "type": "point",
            "filled": True,
            "size": size,
            "opacity": 0.9,
            "strokeWidth": 1.2 if size > POINT_SIZES[-1][1] else 0.7,
            "cursor": "pointer",
        },
        "encoding": _encoding(types) | {"stroke": ringed if picked else {"value": "#ffffff"}},
    }


_PARSED = {"t": "number", "x": "number", "y": "number", "i": "string", "n": "string"}


def _encoding(types: Sequence[PointType]) -> dict[str, Any]:
    labels = [entry.legend_label for entry in types]
    legend = {
        "title": LEGEND_TITLE,
        "symbolSize": 110,
        "symbolStrokeColor": INK,
        "symbolStrokeWidth": 1,
    }
    kind = {"field": "kind", "type": "nominal", "legend": legend}
    symbols = {"domain": labels, "range": [entry.symbol for entry in types]}
    colours = {"domain": labels, "range": [entry.color for entry in types]}
    return {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
        "shape": {**kind, "scale": symbols},
        "color": {**kind, "scale": colours},
        "tooltip": [
            {"field": "n", "type": "nominal", "title": "名称"},
            {"field": "kind", "type": "nominal", "title": "種類"},
        ],
    }
