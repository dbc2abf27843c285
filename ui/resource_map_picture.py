"""The resource map as a figure: areas, hexagons, borders, points and names, made once for all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.facilities import location_quality
from analytics.geometry import is_drawable
from analytics.land import area_places, land_areas
from analytics.map_files import MOST_POINTS
from analytics.resource_cells import cell_counts
from analytics.resource_shading import LAND_NOTE, shaded_values, shading_sentence
from analytics.scope import NATION, Scope
from charts.cell_map import cell_layer
from charts.choropleth import choropleth, fitted
from charts.facility_map import PointType
from charts.resource_layers import Layers, Points, layered
from geo.cells import cell_width_km, resolution_for
from geo.classification import class_breaks
from ui.labels import level_label
from ui.map_frame import Extent
from ui.map_urls import cells_url, points_url
from ui.resource_choice import ResourceChoice
from ui.resource_layers import outlines_of, tile_template
from ui.resource_shade import Shade
from ui.resource_view import TYPES, Resources, resources
from ui.store import ask, geo_url

SCREEN_HEIGHT = 540
CLASSES = 5
UNLOCATED = {
    "out_of_range": "座標が国外か、住所の市区町村から離れている",
    "missing": "座標なし",
    "area_only": "住所から市区町村だけ判明",
}


@dataclass(frozen=True)
class MapPicture:
    """A map: the figure or None without polygons, title, words, and what must be known of it."""

    spec: dict[str, Any] | None
    title: str
    sentence: str
    notes: list[str]
    values: pd.DataFrame
    has_points: bool = False


@lru_cache(maxsize=64)
def map_picture(
    store_key: str,
    scope: Scope,
    choice: ResourceChoice,
    shade: Shade,
    layers: tuple[str, ...],
    extent: Extent | None,
) -> MapPicture:
    """Return the map of the layers that are on, framed on the extent."""
    made = resources(store_key, scope, choice, shade.facility_type)
    values = values_of(made, scope, shade)
    title = f"{scope.parent_name}の{shade.label}　{level_label(scope.level)}別"
    sentence = shading_sentence(values, place=f"{scope.parent_name}の{level_label(scope.level)}別",
                                label=shade.label, unit=shade.unit,
                                decimals=shade.decimals)  # fmt: skip
    if extent is None or not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        return MapPicture(None, title, sentence, [], values)
    base = fitted(base_map(values, scope, shade), extent=extent)
    shown = points_in_view(scope, choice, wanted="points" in layers)
    cells = None
    if "cells" in layers or ("points" in layers and shown.points is None and shown.drawn):
        cells = _cells(scope, choice, extent)
    drawn = Layers(
        shows_areas="areas" in layers,
        cells=cells,
        outlines=outlines_of(scope, layers),
        points=shown.points,
        names=_names(made, scope) if "labels" in layers else None,
        tiles=tile_template(),
    )
    notes = _notes(scope, shown, layers, has_cells=cells is not None)
    if shade.measure == "land" and "areas" in layers:
        notes.append(LAND_NOTE)
    spec = layered(base, drawn, box=extent)
    has_points = bool(shown.points and shown.points.types)
    return MapPicture(spec, title, sentence, notes, values, has_points)


def values_of(made: Resources, scope: Scope, shade: Shade) -> pd.DataFrame:
    """Return area_code, area_name and value of the areas in view."""
    counts = made.counts
    parts = counts[(counts["facility_type"] == shade.facility_type) & counts["is_part"]]
    codes = tuple(parts["area_code"]) if shade.measure == "land" else ()
    land = ask(land_areas, area_codes=codes)
    return shaded_values(parts, land, measure=shade.measure)


def base_map(
    values: pd.DataFrame, scope: Scope, shade: Shade, *, breaks: list[float] | None = None
) -> dict[str, Any]:
    """Return the areas in view coloured by class; breaks come from the values unless given."""
    if breaks is None:
        breaks = class_breaks(values["value"], scheme="quantile", k=CLASSES)
    scheme = "・五分位" if len(breaks) == CLASSES else ""
    return choropleth(
        topology_url=geo_url(scope.level, scope.parent_code),
        values=values,
        breaks=breaks,
        title=shade.label,
        unit="",
        legend_title=f"{shade.label.removesuffix('）')}{scheme}・{shade.unit}）",
        decimals=shade.decimals,
        selected=scope.own_code,
        height=SCREEN_HEIGHT,
    )


@dataclass(frozen=True)
class PointsInView:
    """The points that are drawn, if any, inside which area, and how all in view are located."""

    points: Points | None
    inside: str
    drawn: int
    hidden: dict[str, int]


def points_in_view(scope: Scope, choice: ResourceChoice, *, wanted: bool) -> PointsInView:
    """Return the points of the area in view, or of the own area where the view holds too many."""
    for code in dict.fromkeys((scope.parent_code, scope.own_code or scope.parent_code)):
        quality = ask(
            location_quality,
            area_code=code,
            facility_types=choice.types,
            filters=choice.filters,
            search=choice.search,
        )
        drawn = int(quality["drawn"].sum())
        hidden = {label: int(quality[name].sum()) for name, label in UNLOCATED.items()}
        if drawn <= MOST_POINTS:
            points = Points(points_url(code, choice), _point_types(quality, choice.types))
            return PointsInView(points if wanted else None, code, drawn, hidden)
    return PointsInView(None, scope.parent_code, drawn, hidden)


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


def _cells(scope: Scope, choice: ResourceChoice, extent: Extent) -> dict[str, Any] | None:
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
    breaks = class_breaks(counts["facilities"].astype("float64"), scheme="quantile", k=CLASSES)
    return cell_layer(
        url=cells_url(scope.parent_code, resolution),
        counts=counts,
        breaks=breaks,
        width_km=cell_width_km(resolution),
    )


def _names(made: Resources, scope: Scope) -> pd.DataFrame:
    """Return the areas in view by name and place: the own one first, then by people aged 75+."""
    parts = made.counts[made.counts["is_part"]].drop_duplicates("area_code")
    places = ask(area_places, area_codes=tuple(parts["area_code"]))
    order = parts.assign(own=parts["area_code"] == scope.own_code).sort_values(
        ["own", "age_75_plus", "area_code"], ascending=[False, False, True]
    )
    return order[["area_code"]].merge(places, on="area_code")[["name", "lon", "lat"]].dropna()


def _notes(
    scope: Scope, shown: PointsInView, layers: tuple[str, ...], *, has_cells: bool
) -> list[str]:
    lines = []
    if "points" in layers and shown.points is None and shown.drawn:
        lines.append(
            f"点が{shown.drawn:,}あり、{MOST_POINTS:,}を超えるため、六角形の中の数で示しています。"
            "市区町村を選ぶか種類を減らすと点を表示します。"
        )
    elif "points" not in layers and scope.parent_code == NATION:
        lines.append("「施設の点」を押すと、施設を点（多いときは六角形の中の数）で表示します。")
    if has_cells and "areas" in layers:
        lines.append("六角形を示す間、地域の塗り分けは消しています。")
    parts = [f"{label} {number:,}件" for label, number in shown.hidden.items() if number]
    if parts and ("points" in layers or has_cells):
        lines.append(f"数には含め、地図の点や六角形では示していないもの：{'、'.join(parts)}。")
    return lines
