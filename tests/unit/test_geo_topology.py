"""Rings run the way that a spherical projection expects, enclaves included."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import MultiPolygon, Polygon, box

from geo.topology import to_topojson


def ring_areas(text: str) -> dict[str, list[list[float]]]:
    """Signed areas of every ring, by area and part; y grows northwards."""
    topology = json.loads(text)
    arcs = [np.cumsum(np.asarray(arc), axis=0) for arc in topology["arcs"]]

    def area(ring: list[int]) -> float:
        points: list[np.ndarray] = []
        for number in ring:
            piece = arcs[number] if number >= 0 else arcs[~number][::-1]
            points.extend(piece if not points else piece[1:])
        x, y = np.asarray(points, dtype=float).T
        return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)

    found = {}
    for shape in topology["objects"]["areas"]["geometries"]:
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        found[shape["id"]] = [[area(ring) for ring in part] for part in parts]
    return found


@pytest.mark.parametrize("turned", [False, True])
def test_an_enclave_and_its_surroundings_are_wound_for_the_globe(turned: bool) -> None:
    inner = box(1, 1, 2, 2)
    outer = Polygon(box(0, 0, 4, 4).exterior.coords, [list(inner.exterior.coords)])
    island = box(6, 0, 7, 1)
    if turned:
        inner, island = inner.reverse(), island.reverse()
    frame = gpd.GeoDataFrame(
        {"area_code": ["a", "b", "c"], "area_name": ["外", "中", "二つ"]},
        geometry=[outer, inner, MultiPolygon([island, box(4, 0, 5, 4)])],
        crs="EPSG:6668",
    )
    areas = ring_areas(to_topojson(frame, quantize=1000))
    assert [len(part) for part in areas["a"]] == [2]
    for parts in areas.values():
        for outside, *holes in parts:
            assert outside < 0
            assert all(hole > 0 for hole in holes)
