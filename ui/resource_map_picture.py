"""The resource map as a figure: areas, hexagons, borders, points and names, made once for all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.geometry import is_drawable
from analytics.land import area_places, land_areas
from analytics.map_files import MOST_POINTS
from analytics.resource_shading import LAND_NOTE, shaded_values, shading_sentence
from analytics.scope import NATION, Scope
from charts.choropleth import choropleth, fitted
from charts.resource_layers import Layers, layered
from geo.classification import class_breaks
from ui.labels import level_label
from ui.map_frame import Extent
from ui.resource_choice import ResourceChoice
from ui.resource_layers import outlines_of
from ui.resource_map_points import PointsInView, cells_in_view, named_types, points_in_view
from ui.resource_shade import Shade
from ui.resource_view import Resources, resources, when_counted
from ui.store import ask, geo_url
from ui.tile_server import tile_origin, tile_template

SCREEN_HEIGHT = 540
CLASSES = 5


@dataclass(frozen=True)
class MapPicture:
    """A map: the figure or None without polygons, title, words, and what must be known of it.

    Hints tell what to press, and so do not go into files.
    """

    spec: dict[str, Any] | None
    title: str
    sentence: str
    notes: list[str]
    values: pd.DataFrame
    hints: tuple[str, ...] = ()
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
    title = (
        f"{scope.parent_name}の{shade.label}　{level_label(scope.level)}別"
        f"{when_counted((shade.facility_type,), (scope.parent_code,))}"
    )
    sentence = _area_words(values, made, scope, shade)
    if extent is None or not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        return MapPicture(None, title, sentence, [], values)
    shown = points_in_view(scope, choice, wanted="points" in layers)
    too_many = "points" in layers and shown.points is None
    cells = cells_in_view(scope, choice, extent) if "cells" in layers or too_many else None
    if cells is not None:
        when = when_counted(choice.types, (scope.parent_code,))
        title = f"{scope.parent_name}の{named_types(choice)}：六角形ごとの数{when}"
        sentence = cells.sentence + sentence
    drawn = Layers(
        shows_areas="areas" in layers,
        cells=cells.layer if cells else None,
        outlines=outlines_of(scope, layers),
        points=shown.points,
        names=names_on_map(made, scope) if "labels" in layers else None,
        tiles=tile_template(),
    )
    base = fitted(base_map(values, scope, shade), extent=extent)
    spec = layered(base, drawn, box=extent)
    notes = _notes(shown, layers, shade, has_cells=cells is not None)
    has_points = bool(shown.points and shown.points.types)
    hints = _hints(scope, shown, layers, has_cells=cells is not None)
    return MapPicture(spec, title, sentence, notes, values, hints, has_points)


def _area_words(values: pd.DataFrame, made: Resources, scope: Scope, shade: Shade) -> str:
    """Say how the measure that is drawn spreads, and how much of the type there is in all."""
    if shade.measure == "rate":
        return made.sentence
    place = f"{scope.parent_name}の{level_label(scope.level)}別"
    drawn = shading_sentence(
        values, place=place, label=shade.label, unit=shade.unit, decimals=shade.decimals
    )
    return drawn + made.sentence


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
        legend_title=shade.label.replace("）", f"{scheme}）"),
        decimals=shade.decimals,
        selected=scope.own_code,
        height=SCREEN_HEIGHT,
    )


def names_on_map(made: Resources, scope: Scope) -> pd.DataFrame:
    """Return the areas in view by name and place: the own one first, then by people aged 75+."""
    parts = made.counts[made.counts["is_part"]].drop_duplicates("area_code")
    places = ask(area_places, area_codes=tuple(parts["area_code"]))
    order = parts.assign(own=parts["area_code"] == scope.own_code).sort_values(
        ["own", "age_75_plus", "area_code"], ascending=[False, False, True]
    )
    return order[["area_code"]].merge(places, on="area_code")[["name", "lon", "lat"]].dropna()


def _notes(
    shown: PointsInView, layers: tuple[str, ...], shade: Shade, *, has_cells: bool
) -> list[str]:
    """Return what must be known of the figures, on the screen and in files."""
    lines = [LAND_NOTE] if shade.measure == "land" else []
    parts = [f"{label} {number:,}件" for label, number in shown.hidden.items() if number]
    if parts and ("points" in layers or has_cells):
        lines.append(f"数には含め、地図の点や六角形では示していないもの：{'、'.join(parts)}。")
    return lines


def _hints(
    scope: Scope, shown: PointsInView, layers: tuple[str, ...], *, has_cells: bool
) -> tuple[str, ...]:
    """Return what to press to see more, and why something is not drawn."""
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
    if origin := tile_origin():
        lines.append(f"背景の地図：{origin}（保存する画像には含みません）")
    return tuple(lines)
