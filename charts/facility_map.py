"""Facilities as points over shaded areas: shape and colour tell the type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.theme import INK

# Most points of a map, and the size in which they lightly overlap at most
POINT_SIZES = ((60, 100), (250, 75), (800, 50))
SMALLEST_POINT = 30


@dataclass(frozen=True)
class PointType:
    """How one facility type is drawn, and how many of it there are."""

    key: str
    label: str
    color: str
    symbol: str
    drawn: int
    vintage: str

    @property
    def legend_label(self) -> str:
        """The label with the number of points."""
        return f"{self.label}（{self.drawn:,}）"


def facility_map(
    base: dict[str, Any], points: pd.DataFrame, *, types: Sequence[PointType]
) -> dict[str, Any]:
    """Return the choropleth `base`, a layered figure, with the points on top.

    The points have facility_type, name, lon, lat, address and capacity.
    """
    if not types:
        return base
    return {
        **base,
        "layer": [*base["layer"], _point_layer(types)],
        "datasets": {"facilities": _records(points, types)},
    }


def point_size(count: int) -> int:
    """Return the area of a point in square pixels, smaller the more there are."""
    return next((size for most, size in POINT_SIZES if count <= most), SMALLEST_POINT)


def _records(points: pd.DataFrame, types: Sequence[PointType]) -> list[dict[str, Any]]:
    place = {entry.key: at for at, entry in enumerate(types)}
    shown = points[points["facility_type"].isin(place)]
    return [
        {
            "t": place[row.facility_type],
            "x": round(float(row.lon), 5),
            "y": round(float(row.lat), 5),
            "n": row.name,
            "a": row.address if pd.notna(row.address) else "",
            "c": f"{int(row.capacity):,}" if pd.notna(row.capacity) else "",
        }
        for row in shown.sort_values("facility_type", kind="stable").itertuples(index=False)
    ]


def _point_layer(types: Sequence[PointType]) -> dict[str, Any]:
    labels = [entry.legend_label for entry in types]
    table = [
        {"t": at, "kind": entry.legend_label, "vintage": entry.vintage}
        for at, entry in enumerate(types)
    ]
    legend = {
        "title": "施設（点の数）",
        "symbolSize": 110,
        "symbolStrokeColor": INK,
        "symbolStrokeWidth": 1,
    }
    size = point_size(sum(entry.drawn for entry in types))
    return {
        "data": {"name": "facilities"},
        "transform": [
            {
                "lookup": "t",
                "from": {"data": {"values": table}, "key": "t", "fields": ["kind", "vintage"]},
            }
        ],
        "mark": {
            "type": "point",
            "filled": True,
            "size": size,
            "opacity": 0.9,
            "stroke": "#ffffff",
            "strokeWidth": 1.2 if size > POINT_SIZES[-1][1] else 0.7,
        },
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "shape": {
                "field": "kind",
                "type": "nominal",
                "scale": {"domain": labels, "range": [entry.symbol for entry in types]},
                "legend": legend,
            },
            "color": {
                "field": "kind",
                "type": "nominal",
                "scale": {"domain": labels, "range": [entry.color for entry in types]},
                "legend": legend,
            },
            "tooltip": [
                {"field": "n", "title": "名称"},
                {"field": "kind", "title": "種類"},
                {"field": "a", "title": "住所"},
                {"field": "c", "title": "定員・病床"},
                {"field": "vintage", "title": "時点"},
            ],
        },
    }
