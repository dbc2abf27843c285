"""What a map fetches by address: the points of an area, and the outlines of its cells."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.facilities import facility_points
from analytics.resource_cells import Conditions, cells_in
from geo.cells import cell_rings

# More than these are too close together to be told apart, and slow to draw without a GPU
MOST_POINTS = 6_000
_GZIP_LEVEL = 6
Packed = tuple[bytes, str]


def point_file(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    facility_types: Sequence[str],
    filters: Conditions = (),
    search: str = "",
) -> Packed | None:
    """Return the located facilities of an area as gzip-compressed CSV, and its ETag.

    Columns: t (place of the type in facility_types), x, y (degrees), i (facility_id), n (name).
    None where there are more than MOST_POINTS.
    """
    points = facility_points(
        con, area_code=area_code, facility_types=facility_types, filters=filters, search=search
    )
    return None if len(points) > MOST_POINTS else _packed(_csv(points, facility_types))


def _csv(points: pd.DataFrame, facility_types: Sequence[str]) -> str:
    place = {key: at for at, key in enumerate(facility_types)}
    rows = pd.DataFrame(
        {
            "t": points["facility_type"].map(place),
            "x": points["lon"].astype(float).round(5),
            "y": points["lat"].astype(float).round(5),
            "i": points["facility_id"],
            "n": points["name"],
        }
    )
    return str(rows.sort_values("t", kind="stable").to_csv(index=False, lineterminator="\n"))


def cell_file(con: duckdb.DuckDBPyConnection, *, area_code: str, resolution: int) -> Packed:
    """Return the cells of an area as gzip-compressed GeoJSON with the property c, and its ETag."""
    cells = pd.Series(cells_in(con, area_code=area_code, resolution=resolution), dtype="str")
    features = [
        {
            "type": "Feature",
            "properties": {"c": cell},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for cell, ring in zip(cells, cell_rings(cells), strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return _packed(json.dumps(collection, separators=(",", ":")))


def _packed(text: str) -> Packed:
    body = text.encode("utf-8")
    return (
        gzip.compress(body, compresslevel=_GZIP_LEVEL, mtime=0),
        hashlib.sha256(body).hexdigest()[:16],
    )
