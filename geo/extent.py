"""The main extent of a set of polygons: far islets would shrink all else to a speck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geo.boundaries import union

# Tuned on the prefectures: 種子島 is near, 隠岐 far but cheap to show, the chain to 奄美 not
_NEAR, _FAR = 0.18, 0.26
_MOST_GROWTH = 1.6
# 八重山 holds two fifths as much land as 沖縄本島: too much of a whole to leave out
_LAND_SHARE = 0.18


@dataclass(frozen=True)
class Extent:
    """A box in degrees, and which of the polygons have no part in it."""

    west: float
    south: float
    east: float
    north: float
    outside: np.ndarray


def main_extent(shapes: np.ndarray) -> Extent:
    """Return the box around the largest part of the union and all that lies near to it.

    A part joins when its gap to those already in is at most a share of their diagonal, or its
    land at least a share of theirs; farther parts only where the box grows little by them.
    All lengths are in degrees of latitude.
    """
    parts = shapely.get_parts(union(shapes))
    kept = parts[_kept(_levelled(parts))]
    west, south, east, north = (float(bound) for bound in shapely.total_bounds(kept))
    frame = shapely.box(west, south, east, north)
    return Extent(west, south, east, north, ~shapely.intersects(shapes, frame))


def _levelled(parts: np.ndarray) -> np.ndarray:
    """Shorten degrees of longitude to the length of degrees of latitude."""
    bounds = shapely.total_bounds(parts)
    shrink = np.cos(np.radians((bounds[1] + bounds[3]) / 2))
    levelled: np.ndarray = shapely.transform(parts, lambda xy: xy * [shrink, 1.0])
    return levelled


def _kept(parts: np.ndarray) -> np.ndarray:
    near, far = _cluster(parts, share=_NEAR), _cluster(parts, share=_FAR)
    small_growth = _diagonal(parts[far]) <= _MOST_GROWTH * _diagonal(parts[near])
    return far if small_growth else near


def _cluster(parts: np.ndarray, *, share: float) -> np.ndarray:
    """Tell which parts belong to the largest one, from gap to gap."""
    areas = shapely.area(parts)
    kept = np.zeros(len(parts), dtype=bool)
    newest = kept.copy()
    newest[int(np.argmax(areas))] = True
    gaps = np.full(len(parts), np.inf)
    while newest.any():
        kept |= newest
        gaps[kept] = 0.0
        gaps[~kept] = np.minimum(
            gaps[~kept], shapely.distance(parts[~kept], shapely.multipolygons(parts[newest]))
        )
        allowed = share * _diagonal(parts[kept])
        large = areas >= _LAND_SHARE * areas[kept].sum()
        newest = ~kept & ((gaps <= allowed) | large)
    return kept


def _diagonal(parts: np.ndarray) -> float:
    west, south, east, north = shapely.total_bounds(parts)
    return float(np.hypot(east - west, north - south))
