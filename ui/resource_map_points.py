"""The facilities on the resource map: each a point, or counted in hexagons where too many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analytics.facilities import location_quality
from analytics.map_files import MOST_POINTS
from analytics.resource_cells import cell_counts, cells_sentence
from analytics.scope import Scope
from charts.cell_map import cell_layer
from charts.facility_map import PointType
from charts.resource_layers import Points
from geo.cells import cell_width_km, resolution_for
from geo.classification import class_breaks
from ui.map_frame import Extent
from ui.map_urls import cells_url, points_url
from ui.resource_choice import ResourceChoice
from ui.resource_view import TYPES
from ui.store import ask

CELL_CLASSES = 5
NAMED_TYPES = 3
UNLOCATED = {
    "out_of_range": "座標が国外か、住所の市区町村から離れている",
    "missing": "座標なし",
    "area_only": "住所から市区町村だけ判明",
}


@dataclass(frozen=True)
class PointsInView:
    """The points that are drawn, if any, inside which area, and how all in view are located."""

    points: Points | None
    inside: str
    drawn: int
    hidden: dict[str, int]


def points_in_view(scope: Scope, choice: ResourceChoice, *, wanted: bool) -> PointsInView:
    """Return the points of the area in view, or of the own area where the view holds too many."""
    whole = points_inside(scope.parent_code, choice)
    found = whole
    if whole.points is None and scope.own_code:
        own = points_inside(scope.own_code, choice)
        found = own if own.points else whole
    return found if wanted else replace(found, points=None)


def points_inside(area_code: str, choice: ResourceChoice) -> PointsInView:
    """Return the points of an area, unless there are more than a map can show."""
    quality = ask(
        location_quality,
        area_code=area_code,
        facility_types=choice.types,
        filters=choice.filters,
        search=choice.search,
    )
    drawn = int(quality["drawn"].sum())
    hidden = {label: int(quality[name].sum()) for name, label in UNLOCATED.items()}
    points = None
    if drawn <= MOST_POINTS:
        points = Points(points_url(area_code, choice), _point_types(quality, choice.types))
    return PointsInView(points, area_code, drawn, hidden)


def _point_types(quality: pd.DataFrame, types: tuple[str, ...]) -> list[PointType]:
    drawn = quality.set_index("facility_type")["drawn"]
    return [
        PointType(
            place=at,
            label=TYPES[key].short_label,
            color=TYPES[key].color,
            symbol=TYPES[key].symbol,
            drawn=int(drawn[key]),
        )
        for at, key in enumerate(types)
        if drawn.get(key, 0) > 0
    ]


@dataclass(frozen=True)
class CellsInView:
    """The hexagons with their colours, and the sentence about them."""

    layer: dict[str, Any]
    sentence: str


def cells_in_view(scope: Scope, choice: ResourceChoice, extent: Extent) -> CellsInView | None:
    """Return how many facilities lie in each hexagon; None where none has coordinates."""
    resolution = resolution_for(extent)
    counts = ask(
        cell_counts,
        area_code=scope.parent_code,
        facility_types=choice.types,
        resolution=resolution,
        filters=choice.filters,
        search=choice.search,
    )
    if counts.empty:
        return None
    breaks = class_breaks(counts["facilities"].astype("float64"), scheme="quantile", k=CELL_CLASSES)
    width_km = cell_width_km(resolution)
    layer = cell_layer(
        url=cells_url(scope.parent_code, resolution),
        counts=counts,
        breaks=breaks,
        width_km=width_km,
    )
    named = f"{scope.parent_name}の{named_types(choice)}"
    return CellsInView(layer, cells_sentence(counts, named=named, width_km=width_km))


def named_types(choice: ResourceChoice) -> str:
    """Return the types in short: the first ones, and how many more."""
    names = [TYPES[key].short_label for key in choice.types]
    more = f"など{len(names)}種類" if len(names) > NAMED_TYPES else ""
    return "・".join(names[:NAMED_TYPES]) + more
