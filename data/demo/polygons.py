"""Cells to polygons: borders shared, jagged and light."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from data.demo.coastline import COLUMNS, ROWS, SOUTH, STEP, WEST, FloatGrid, IntGrid
from geo.crs import STORAGE_CRS

SHAKE = 0.42
TOLERANCE = 0.0055


def corner_grid(noise: tuple[FloatGrid, FloatGrid]) -> tuple[FloatGrid, FloatGrid]:
    """Return longitude and latitude of the cell corners, shaken so that no border is a stair."""
    rows, columns = np.mgrid[0 : ROWS + 1, 0 : COLUMNS + 1]
    shaken = [np.pad(np.clip(part, -1.5, 1.5) / 1.5, (0, 1), mode="edge") for part in noise]
    lon = WEST + STEP * (columns + SHAKE * shaken[0])
    lat = SOUTH + STEP * (rows + SHAKE * shaken[1])
    return lon, lat


def draw_polygons(label: IntGrid, corners: tuple[FloatGrid, FloatGrid]) -> gpd.GeoDataFrame:
    """Return one polygon per label above 0 (column number), a valid coverage."""
    rows, columns = np.nonzero(label)
    squares = shapely.polygons(_rings(rows, columns, corners))
    numbers = label[rows, columns]
    order = np.argsort(numbers, kind="stable")
    values, starts = np.unique(numbers[order], return_index=True)
    groups = np.split(squares[order], starts[1:])
    areas = [shapely.coverage_union_all(group) for group in groups]
    frame = gpd.GeoDataFrame({"number": values}, geometry=areas, crs=STORAGE_CRS)
    frame["geometry"] = shapely.coverage_simplify(frame.geometry.array, TOLERANCE)
    return frame


def _rings(
    rows: NDArray[np.intp], columns: NDArray[np.intp], corners: tuple[FloatGrid, FloatGrid]
) -> FloatGrid:
    around = ((0, 0), (0, 1), (1, 1), (1, 0), (0, 0))
    lon, lat = corners
    return np.stack(
        [
            np.stack([grid[rows + down, columns + right] for grid in (lon, lat)], axis=-1)
            for down, right in around
        ],
        axis=1,
    )
