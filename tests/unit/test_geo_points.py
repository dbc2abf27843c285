"""Points inside, neighbours, and the range of the country."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely
from shapely import Polygon, box

from geo.adjacency import neighbours
from geo.crs import STORAGE_CRS
from geo.points import in_country, inside_points


def test_the_point_lies_inside_the_largest_part_of_a_bent_area() -> None:
    bent = Polygon([(0, 0), (10, 0), (10, 1), (1, 1), (1, 10), (0, 10)])
    islet = box(20, 20, 20.1, 20.1)
    shape = shapely.multipolygons([islet, bent])
    frame = gpd.GeoDataFrame(geometry=[shape], crs=STORAGE_CRS)
    point = inside_points(frame).iloc[0]
    assert bent.contains(shapely.Point(point["lon"], point["lat"]))
    assert not bent.contains(bent.centroid)


def test_range_of_the_country() -> None:
    places = pd.DataFrame(
        [
            ("Naha", 127.68, 26.21, True),
            ("Wakkanai", 141.67, 45.41, True),
            ("not entered", 0.0, 0.0, False),
            ("swapped", 35.68, 139.76, False),
            ("missing", None, 35.0, False),
        ],
        columns=["place", "lon", "lat", "inside"],
    )
    assert in_country(places["lon"], places["lat"]).tolist() == places["inside"].tolist()


def test_neighbours_share_a_line_and_not_a_corner() -> None:
    squares = gpd.GeoDataFrame(
        {"area_code": ["sw", "se", "ne", "far"]},
        geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1), box(1, 1, 2, 2), box(5, 5, 6, 6)],
        crs=STORAGE_CRS,
    )
    pairs = list(neighbours(squares).itertuples(index=False, name=None))
    assert pairs == [("ne", "se"), ("se", "ne"), ("se", "sw"), ("sw", "se")]
