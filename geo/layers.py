"""Everything a build keeps of geometry: polygons in two details, topologies and neighbours."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from geo.adjacency import neighbours
from geo.boundaries import clean_coverage, dissolve, drop_small_parts, simplify_coverage
from geo.extent import Extent, main_extent
from geo.topology import to_topojson

NATION = "00"
NATIONAL, FINE = "national", "prefecture"
_GAP_WIDTH = 0.005
_FINE_TOLERANCE = 0.002
_NATIONAL_TOLERANCE = 0.015
SMALLEST_ISLET = 0.0005
_QUANTIZE = 10_000
_GZIP_LEVEL = 6
_TOPOLOGY_COLUMNS = [
    "level",
    "parent_area_code",
    "topojson_gzip",
    "etag",
    "west",
    "south",
    "east",
    "north",
    "outside_codes",
]
GROUND = ("municipality", "designated_city", "ward")


@dataclass(frozen=True)
class _Ground:
    """The smallest polygons, and of which larger areas each is a part."""

    leaves: gpd.GeoDataFrame
    parts: pd.DataFrame


@dataclass(frozen=True)
class Topology:
    """The areas of a level inside a parent, and the box that a map of them shows."""

    level: str
    parent: str
    text: str
    extent: Extent
    outside: list[str]


def build_layers(
    boundaries: gpd.GeoDataFrame, descendants: pd.DataFrame, names: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return rows for area_boundary, boundary_topology and area_neighbour.

    boundaries has area_code and geometry of municipalities, cities and wards; descendants
    ancestor_code, descendant_code and level; names area_code, area_name and area_type.
    """
    if boundaries.empty:
        return boundary_rows({}), topology_rows([]), _neighbour_rows(boundaries)
    ground = _ground(boundaries, descendants, names)
    fine = simplify_coverage(ground.leaves, tolerance=_FINE_TOLERANCE)
    coarse = simplify_coverage(ground.leaves, tolerance=_NATIONAL_TOLERANCE)
    shapes = {
        FINE: all_shapes(fine, ground.parts),
        NATIONAL: drop_small_parts(all_shapes(coarse, ground.parts), smallest=SMALLEST_ISLET),
    }
    types = names.set_index("area_code")["area_type"]
    whole = shapes[FINE]["area_code"].map(types).isin(["municipality", "designated_city"])
    return (
        boundary_rows(shapes),
        topology_rows(topologies_of(shapes, descendants, names)),
        _neighbour_rows(shapes[FINE][whole]),
    )


def _ground(
    boundaries: gpd.GeoDataFrame, descendants: pd.DataFrame, names: pd.DataFrame
) -> _Ground:
    """Take wards in place of their city, make all of them meet, and list what they are part of."""
    types = names.set_index("area_code")["area_type"]
    kind = boundaries["area_code"].map(types)
    in_city = descendants[
        (descendants["level"] == "ward")
        & (descendants["ancestor_code"].map(types) == "designated_city")
        & descendants["descendant_code"].isin(boundaries["area_code"])
    ]
    wards = dict(zip(in_city["descendant_code"], in_city["ancestor_code"], strict=True))
    leaf = kind.isin(GROUND) & ~boundaries["area_code"].isin(list(wards.values()))
    leaves = clean_coverage(
        boundaries.loc[leaf, ["area_code", "geometry"]].reset_index(drop=True),
        gap_width=_GAP_WIDTH,
    )
    links = descendants[["descendant_code", "ancestor_code"]]
    links = links[links["descendant_code"].isin(leaves["area_code"])]
    through_city = pd.DataFrame({"descendant_code": list(wards), "city": list(wards.values())})
    above = through_city.merge(
        descendants[["descendant_code", "ancestor_code"]],
        left_on="city",
        right_on="descendant_code",
        suffixes=("", "_city"),
    )
    parts = pd.concat([links, above[["descendant_code", "ancestor_code"]]]).drop_duplicates()
    drawn = parts["ancestor_code"].map(types).ne("nation")
    return _Ground(leaves, parts[drawn])


def all_shapes(leaves: gpd.GeoDataFrame, parts: pd.DataFrame) -> gpd.GeoDataFrame:
    """Add every larger area as the union of its leaves, so that borders agree."""
    joined = parts.merge(leaves, left_on="descendant_code", right_on="area_code")
    joined = gpd.GeoDataFrame(joined[["ancestor_code", "geometry"]], crs=leaves.crs)
    larger = dissolve(joined, by="ancestor_code").rename(columns={"ancestor_code": "area_code"})
    both = pd.concat([leaves, larger], ignore_index=True)
    return gpd.GeoDataFrame(both, crs=leaves.crs).sort_values("area_code", ignore_index=True)


def topologies_of(
    shapes: dict[str, gpd.GeoDataFrame], descendants: pd.DataFrame, names: pd.DataFrame
) -> list[Topology]:
    """Return TopoJSON and main extent of every set of areas that a page can draw."""
    label = names.set_index("area_code")["area_name"]
    framed = {
        detail: frame.assign(area_name=frame["area_code"].map(label)).set_index(
            "area_code", drop=False
        )
        for detail, frame in shapes.items()
    }
    wanted = descendants[descendants["descendant_code"].isin(framed[FINE].index)]
    wanted = wanted[~((wanted["ancestor_code"] == NATION) & (wanted["level"] == "ward"))]
    found = []
    for (parent, level), rows in wanted.groupby(["ancestor_code", "level"], sort=True):
        detail = NATIONAL if parent == NATION else FINE
        members = framed[detail].loc[sorted(rows["descendant_code"].unique())]
        polygons = members.geometry.to_numpy()
        extent = main_extent(polygons)
        text = to_topojson(members, quantize=_QUANTIZE)
        outside = list(members["area_code"][extent.outside])
        found.append(Topology(str(level), str(parent), text, extent, outside))
    return found


def boundary_rows(shapes: dict[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Return polygons as rows of area_boundary."""
    columns = ["area_code", "detail", "geometry_wkb"]
    frames = [
        pd.DataFrame(
            {
                "area_code": frame["area_code"],
                "detail": detail,
                "geometry_wkb": shapely.to_wkb(frame.geometry.to_numpy()),
            }
        )
        for detail, frame in shapes.items()
    ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def topology_rows(topologies: list[Topology]) -> pd.DataFrame:
    """Return topologies as rows of boundary_topology."""
    rows = [
        {
            "level": one.level,
            "parent_area_code": one.parent,
            "topojson_gzip": gzip.compress(one.text.encode(), compresslevel=_GZIP_LEVEL, mtime=0),
            "etag": hashlib.sha256(one.text.encode()).hexdigest()[:16],
            "west": one.extent.west,
            "south": one.extent.south,
            "east": one.extent.east,
            "north": one.extent.north,
            "outside_codes": one.outside,
        }
        for one in topologies
    ]
    return pd.DataFrame(rows, columns=_TOPOLOGY_COLUMNS)


def _neighbour_rows(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    if frame.empty:
        return pd.DataFrame(columns=["area_code", "neighbour_code"])
    return neighbours(frame).rename(columns={"neighbour": "neighbour_code"})
