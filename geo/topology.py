"""TopoJSON of a set of polygons, for the browser to draw."""

from __future__ import annotations

import json

import geopandas as gpd
import topojson

OBJECT_NAME = "areas"


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
    for shape in topology["objects"][OBJECT_NAME]["geometries"]:
        shape.pop("bbox", None)
        shape["id"] = shape["properties"]["area_code"]
    topology.pop("options", None)
    return json.dumps(topology, ensure_ascii=False, separators=(",", ":"))
