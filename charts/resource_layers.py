"""The layers of a map, one over another: tiles, areas, hexagons, borders, points and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from charts.facility_map import PointType, point_layer
from charts.map_labels import Box, label_layers, placed_labels
from charts.map_outlines import RESOLVE, Outline, outline_layers
from charts.map_tiles import tile_layer, tiles_of
from charts.theme import INK

PLAIN = "#f4f6f8"
# From here on the browser paints one picture instead of keeping each mark as an element
MANY_POINTS = 1_500
_OVER_TILES = {True: 0.6, False: 0.0}


@dataclass(frozen=True)
class Points:
    """Facilities as points: the address of the rows, and how each type is drawn."""

    url: str
    types: Sequence[PointType]

    @property
    def drawn(self) -> int:
        """How many points there are."""
        return sum(entry.drawn for entry in self.types)


@dataclass(frozen=True)
class Layers:
    """What lies over the polygons; `names` has name, lon and lat, the most important first."""

    shows_areas: bool
    cells: dict[str, Any] | None = None
    outlines: Sequence[Outline] = ()
    points: Points | None = None
    names: pd.DataFrame | None = None
    tiles: str | None = field(default=None)


def layered(base: dict[str, Any], layers: Layers, *, box: Box) -> dict[str, Any]:
    """Return the choropleth `base`, fitted to the box in degrees, with the layers in order."""
    polygons, *own = base["layer"]
    scale = base["projection"]["scale"]["expr"]
    shown = layers.shows_areas and layers.cells is None
    made = [_areas(polygons, shows_classes=shown, over_tiles=layers.tiles is not None)]
    if layers.tiles is not None:
        made.insert(0, tile_layer(tiles_of(layers.tiles, box=box), scale=scale))
    if layers.cells is not None:
        made.append(layers.cells)
    made += [*outline_layers(layers.outlines), *own]
    if layers.points is not None and layers.points.types:
        made.append(point_layer(layers.points.url, types=layers.points.types))
    if layers.names is not None:
        made += label_layers(placed_labels(layers.names, box=box), scale=scale)
    drawn = {**base, "layer": [_clipped(layer) for layer in made]}
    if layers.outlines:
        drawn["resolve"] = RESOLVE
    if layers.points is not None and layers.points.drawn > MANY_POINTS:
        drawn["usermeta"] = {"embedOptions": {"renderer": "canvas"}}
    return drawn


def _areas(polygons: dict[str, Any], *, shows_classes: bool, over_tiles: bool) -> dict[str, Any]:
    """Return the polygons with a rim around the one that is clicked, coloured or plain."""
    mark, encoding = dict(polygons["mark"]), dict(polygons["encoding"])
    clicked = {"param": "area", "empty": False}
    encoding["stroke"] = {"condition": {**clicked, "value": INK}, "value": mark.pop("stroke")}
    encoding["strokeWidth"] = {
        "condition": {**clicked, "value": 2.5},
        "value": mark.pop("strokeWidth"),
    }
    if not shows_classes:
        encoding["fill"] = {"value": PLAIN}
    if over_tiles:
        mark["fillOpacity"] = _OVER_TILES[shows_classes]
    return {**polygons, "mark": mark, "encoding": encoding}


def _clipped(layer: dict[str, Any]) -> dict[str, Any]:
    return {**layer, "mark": {**layer["mark"], "clip": True}}
