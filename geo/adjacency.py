"""Which polygons share a border."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely


def neighbours(frame: gpd.GeoDataFrame, *, key: str = "area_code") -> pd.DataFrame:
    """Return pairs (key, neighbour) in both directions that touch along a line, not at a point.

    Polygons of files simplified apart may overlap by a sliver; overlapping counts as touching.
    """
    shapes = frame.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    shared = shapely.intersection(shapes[left], shapes[right])
    along = (shapely.length(shared) > 0) | (shapely.area(shared) > 0)
    codes = frame[key].to_numpy()
    pairs = pd.DataFrame({key: codes[left[along]], "neighbour": codes[right[along]]})
    back = pairs.rename(columns={key: "neighbour", "neighbour": key})
    both = pd.concat([pairs, back[[key, "neighbour"]]])
    return both.sort_values([key, "neighbour"], ignore_index=True)
