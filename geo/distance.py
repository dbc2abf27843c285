"""Distances along the ellipsoid in kilometres: to the nearest point, and within a radius."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from pyproj import Geod, Transformer
from scipy.spatial import cKDTree

# The ellipsoid of JGD2011, in which all coordinates are stored; its degrees and its axes
ELLIPSOID = "GRS80"
_DEGREES, _AXES = "EPSG:6667", "EPSG:6666"
_CANDIDATES = 4
# R1 = (2a + b) / 3 of GRS80; H. Moritz, Geodetic Reference System 1980
_MEAN_RADIUS_KM = 6_371.008_771_4


@dataclass(frozen=True)
class Pairs:
    """Which point lies how far from which target: positions in both, and kilometres."""

    point: np.ndarray
    target: np.ndarray
    km: np.ndarray


@cache
def _geod() -> Geod:
    return Geod(ellps=ELLIPSOID)


@cache
def _to_axes() -> Transformer:
    return Transformer.from_crs(_DEGREES, _AXES, always_xy=True)


def geodesic_km(
    lon: np.ndarray, lat: np.ndarray, other_lon: np.ndarray, other_lat: np.ndarray
) -> np.ndarray:
    """Return the length of the geodesic between points pair by pair, in kilometres.

    Degrees in, on the ellipsoid GRS80. Karney, Algorithms for geodesics, J. Geodesy 87 (2013), as
    in PROJ; exact to some nanometres.
    """
    _, _, metres = _geod().inv(lon, lat, other_lon, other_lat)
    return np.asarray(metres, dtype=float) / 1_000


def _placed(points: np.ndarray) -> np.ndarray:
    """Return lon and lat as metres on the three axes of the earth."""
    height = np.zeros(len(points))
    return np.column_stack(_to_axes().transform(points[:, 0], points[:, 1], height))


def nearest(points: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return for every point the position of the nearest target, and the geodesic in kilometres.

    Both are arrays of lon and lat in degrees, without gaps. Without targets the position is -1 and
    the distance missing. Candidates are taken by chord, which orders near points as geodesics do.
    """
    if not len(targets) or not len(points):
        return np.full(len(points), -1), np.full(len(points), np.nan)
    count = min(_CANDIDATES, len(targets))
    _, found = cKDTree(_placed(targets)).query(_placed(points), k=[*range(1, count + 1)])
    at = np.repeat(np.arange(len(points)), count)
    chosen = targets[found.ravel()]
    away = geodesic_km(points[at, 0], points[at, 1], chosen[:, 0], chosen[:, 1])
    km = away.reshape(found.shape)
    best = km.argmin(axis=1)
    rows = np.arange(len(points))
    return found[rows, best], km[rows, best]


def pairs_within(points: np.ndarray, targets: np.ndarray, *, radius_km: float) -> Pairs:
    """Return all pairs at most so many kilometres apart along the ellipsoid.

    There may be millions, so the length is that of the chord, bent by the mean curvature: up to
    100 km it differs from the geodesic by less than a centimetre.
    """
    none = np.empty(0, dtype=int)
    if not len(targets) or not len(points):
        return Pairs(none, none, np.empty(0))
    found = cKDTree(_placed(points)).sparse_distance_matrix(
        cKDTree(_placed(targets)), 1_000 * radius_km, output_type="ndarray"
    )
    chord_km = found["v"] / 1_000
    km = 2 * _MEAN_RADIUS_KM * np.arcsin(chord_km / (2 * _MEAN_RADIUS_KM))
    near = km <= radius_km
    found, km = found[near], km[near]
    order = np.lexsort((found["j"], found["i"]))
    return Pairs(found["i"][order], found["j"][order], km[order])
