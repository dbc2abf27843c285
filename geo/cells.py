"""Hexagonal cells (H3): which cell holds a point, how large cells are, and their outlines."""

from __future__ import annotations

import h3
import numpy as np
import pandas as pd

# The finest that still leaves a map of at most about 2,500 hexagons, by the widest side of the box
_RESOLUTIONS = ((12.0, 5), (1.0, 6), (0.0, 7))
RESOLUTIONS = tuple(resolution for _, resolution in _RESOLUTIONS)
_DECIMALS = 4
_EMPTY_DIGITS = "f"


def resolution_for(box: tuple[float, float, float, float]) -> int:
    """Return the resolution with which a map of a box (west, south, east, north) is read."""
    west, south, east, north = box
    widest = max(east - west, north - south)
    return next(resolution for least, resolution in _RESOLUTIONS if widest >= least)


def cells_of(lon: pd.Series, lat: pd.Series, *, resolution: int) -> pd.Series:
    """Return the short name of the cell in which each point lies; degrees, nothing missing."""
    found = [
        h3.latlng_to_cell(y, x, resolution).rstrip(_EMPTY_DIGITS)
        for x, y in zip(lon.tolist(), lat.tolist(), strict=True)
    ]
    return pd.Series(found, index=lon.index, dtype="str")


def cell_rings(cells: pd.Series) -> list[list[list[float]]]:
    """Return the closed ring of each cell, clockwise as a spherical projection wants it."""
    rings = []
    for cell in cells:
        corners = np.round([(x, y) for y, x in h3.cell_to_boundary(_full(cell))], _DECIMALS)
        ring = [[float(x), float(y)] for x, y in corners[::-1]]
        rings.append([*ring, ring[0]])
    return rings


def cell_width_km(resolution: int) -> float:
    """Return the mean distance between opposite sides of a cell in kilometres."""
    return float(np.sqrt(3) * h3.average_hexagon_edge_length(resolution, unit="km"))


def cell_km2(resolution: int) -> float:
    """Return the mean area of a cell in square kilometres."""
    return float(h3.average_hexagon_area(resolution, unit="km^2"))


def _full(cell: str) -> str:
    return cell.ljust(15, _EMPTY_DIGITS)
