"""GeoJSON of areas with their values, and of points."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from exports.columns import ColumnLabel

GEOJSON_TYPE = "application/geo+json"
_GRID = 1e-5


def to_geojson(
    frame: pd.DataFrame,
    geometries: Sequence[shapely.Geometry | None],
    *,
    columns: Mapping[str, ColumnLabel],
    title: str,
    source: Sequence[str],
) -> bytes:
    """Return a feature for each row, with the labels of the columns as names of its properties.

    Longitude and latitude in degrees, to about one metre; missing values and geometries are null.
    """
    shown = [column for column in columns if column in frame]
    outlines = shapely.set_precision(np.array(geometries, dtype=object), _GRID)
    features = [
        {
            "type": "Feature",
            "properties": {
                columns[name].printed: _plain(value) for name, value in zip(shown, row, strict=True)
            },
            "geometry": None if shape is None else shapely.geometry.mapping(shape),
        }
        for row, shape in zip(frame[shown].itertuples(index=False), outlines, strict=True)
    ]
    collection = {
        "type": "FeatureCollection",
        "title": title,
        "source": list(source),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value
