"""TopoJSON of a set of polygons, for the browser to draw."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import numpy as np
import topojson

OBJECT_NAME = "areas"
Ring = list[int]


def to_topojson(frame: gpd.GeoDataFrame, *, quantize: int = 20_000) -> str:
    """Return compact TopoJSON of area_code, area_name and geometry, under the object areas."""
    columns = frame[["area_code", "area_name", "geometry"]].set_index("area_code", drop=False)
    drawn = topojson.Topology(
        columns,
        object_name=OBJECT_NAME,
        prequantize=quantize,
        shared_coords=False,
        prevent_oversimplify=False,
    )
    topology = drawn.output
    arcs = _decoded(topology["arcs"])
    for shape in topology["objects"][OBJECT_NAME]["geometries"]:
        shape.pop("bbox", None)
        shape["id"] = shape["properties"]["area_code"]
        _wind(shape, arcs)
    topology.pop("options", None)
    return json.dumps(topology, ensure_ascii=False, separators=(",", ":"))


def _decoded(arcs: list[list[list[int]]]) -> list[np.ndarray]:
    return [np.cumsum(np.asarray(arc), axis=0) for arc in arcs]


def _wind(shape: dict[str, Any], arcs: list[np.ndarray]) -> None:
    """Turn outer rings clockwise and holes the other way.

    A spherical projection fills the whole globe around a ring that runs the wrong way, and the
    library gets the rings of enclaves wrong, which consist of one shared arc.
    """
    parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
    for rings in parts:
        for position, ring in enumerate(rings):
            area = _area(ring, arcs)
            if (area > 0) == (position == 0) and area != 0:
                rings[position] = [~arc for arc in reversed(ring)]


def _area(ring: Ring, arcs: list[np.ndarray]) -> float:
    """Return the signed area of a ring in quantized units; clockwise is negative."""
    pieces = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]
    points = np.concatenate([pieces[0], *[piece[1:] for piece in pieces[1:]]]).astype(float)
    x, y = points[:, 0], points[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)
