"""What a build keeps of geometry, on six squares."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import box

from geo.crs import STORAGE_CRS
from geo.layers import build_layers
from geo.topology import to_topojson

SHAPES = {
    "81100": box(0, 0, 2, 1),
    "81101": box(0, 0, 1, 1),
    "81102": box(1, 0, 2, 1),
    "81201": box(0, 1, 2, 2),
    "82201": box(2, 0, 3, 2),
}
NAMES = pd.DataFrame(
    [
        ("00", "見本地方", "nation"),
        ("81", "東見本県", "prefecture"),
        ("82", "西見本県", "prefecture"),
        ("81100", "中央市", "designated_city"),
        ("81101", "中央市北区", "ward"),
        ("81102", "中央市南区", "ward"),
        ("81201", "山手市", "municipality"),
        ("82201", "海辺市", "municipality"),
        ("m2-8101", "東部", "secondary_medical_area"),
        ("kk-8101", "南部", "planning_area"),
    ],
    columns=["area_code", "area_name", "area_type"],
)
DESCENDANTS = pd.DataFrame(
    [
        ("00", "81", "prefecture"),
        ("00", "82", "prefecture"),
        ("00", "81100", "municipality"),
        ("00", "81201", "municipality"),
        ("00", "82201", "municipality"),
        ("00", "81101", "ward"),
        ("00", "81102", "ward"),
        ("00", "m2-8101", "secondary_medical_area"),
        ("00", "kk-8101", "planning_area"),
        ("81", "81100", "municipality"),
        ("81", "81201", "municipality"),
        ("81", "81101", "ward"),
        ("81", "81102", "ward"),
        ("81", "m2-8101", "secondary_medical_area"),
        ("81", "kk-8101", "planning_area"),
        ("82", "82201", "municipality"),
        ("81100", "81101", "ward"),
        ("81100", "81102", "ward"),
        ("m2-8101", "81100", "municipality"),
        ("m2-8101", "81201", "municipality"),
        ("m2-8101", "81101", "ward"),
        ("m2-8101", "81102", "ward"),
        ("kk-8101", "81102", "ward"),
    ],
    columns=["ancestor_code", "descendant_code", "level"],
)
Layers = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


@pytest.fixture(scope="module")
def layers() -> Layers:
    boundaries = gpd.GeoDataFrame(
        {"area_code": list(SHAPES)}, geometry=list(SHAPES.values()), crs=STORAGE_CRS
    )
    return build_layers(boundaries, DESCENDANTS, NAMES)


def shape_of(boundary: pd.DataFrame, code: str, detail: str) -> shapely.Geometry:
    (wkb,) = boundary[(boundary["area_code"] == code) & (boundary["detail"] == detail)][
        "geometry_wkb"
    ]
    return shapely.from_wkb(wkb)


@pytest.mark.parametrize("detail", ["national", "prefecture"])
def test_larger_areas_are_the_union_of_their_parts(layers: Layers, detail: str) -> None:
    boundary = layers[0]
    expected = {
        "81": box(0, 0, 2, 2),
        "82": box(2, 0, 3, 2),
        "81100": box(0, 0, 2, 1),
        "m2-8101": box(0, 0, 2, 2),
        "kk-8101": box(1, 0, 2, 1),
    }
    for code, shape in expected.items():
        assert shape_of(boundary, code, detail).equals(shape), code
    assert "00" not in set(boundary["area_code"])


def decoded(topology: pd.DataFrame, level: str, parent: str) -> dict[str, Any]:
    (row,) = topology[
        (topology["level"] == level) & (topology["parent_area_code"] == parent)
    ].to_dict("records")
    text = gzip.decompress(row["topojson_gzip"])
    assert row["etag"] == hashlib.sha256(text).hexdigest()[:16]
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@pytest.mark.parametrize(
    ("level", "parent", "codes"),
    [
        ("prefecture", "00", ["81", "82"]),
        ("municipality", "00", ["81100", "81201", "82201"]),
        ("municipality", "81", ["81100", "81201"]),
        ("ward", "81100", ["81101", "81102"]),
        ("secondary_medical_area", "00", ["m2-8101"]),
        ("secondary_medical_area", "81", ["m2-8101"]),
        ("municipality", "m2-8101", ["81100", "81201"]),
        ("planning_area", "00", ["kk-8101"]),
        ("ward", "kk-8101", ["81102"]),
    ],
)
def test_topologies(layers: Layers, level: str, parent: str, codes: list[str]) -> None:
    topology = decoded(layers[1], level, parent)
    shapes = topology["objects"]["areas"]["geometries"]
    assert [shape["id"] for shape in shapes] == codes
    names = NAMES.set_index("area_code")["area_name"]
    for shape in shapes:
        assert shape["properties"] == {"area_code": shape["id"], "area_name": names[shape["id"]]}


def test_wards_are_not_drawn_for_the_nation(layers: Layers) -> None:
    drawn = set(zip(layers[1]["level"], layers[1]["parent_area_code"], strict=True))
    assert ("ward", "00") not in drawn


def test_neighbours_are_municipalities_in_both_directions(layers: Layers) -> None:
    pairs = set(layers[2].itertuples(index=False, name=None))
    one_way = {("81100", "81201"), ("81100", "82201"), ("81201", "82201")}
    assert pairs == one_way | {(b, a) for a, b in one_way}


def test_without_boundaries_the_tables_are_empty() -> None:
    nothing = gpd.GeoDataFrame({"area_code": []}, geometry=[], crs=STORAGE_CRS)
    assert [len(frame) for frame in build_layers(nothing, DESCENDANTS, NAMES)] == [0, 0, 0]


def test_neighbours_share_an_arc_in_the_topology() -> None:
    frame = gpd.GeoDataFrame(
        {"area_code": ["a", "b"], "area_name": ["甲", "乙"]},
        geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)],
        crs=STORAGE_CRS,
    )
    topology = json.loads(to_topojson(frame))
    arcs = [
        {arc if arc >= 0 else ~arc for ring in shape["arcs"] for arc in ring}
        for shape in topology["objects"]["areas"]["geometries"]
    ]
    assert arcs[0] & arcs[1]
