"""Land and sea of the fictional country part: an irregular coast, mountains, lakes and islands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage

FloatGrid = NDArray[np.float64]
IntGrid = NDArray[np.int32]
BoolGrid = NDArray[np.bool_]

ROWS, COLUMNS = 1024, 1152
STEP = 0.0058
WEST, SOUTH = 134.1, 26.53
CELL_KM = (0.565, 0.645)
LAND_SHARE = 0.142
SMALLEST_ISLAND = 30
MAINLAND_CELLS = 4_000
LAKES = 2
# Backbones of the two large islands, degrees from the south-west corner of the grid.
MAIN_BACKBONE = ((1.0, 1.05), (2.2, 1.6), (3.3, 2.35), (4.1, 3.3), (4.75, 4.2), (4.9, 5.1))
PENINSULA = ((3.2, 2.4), (2.55, 3.1), (2.3, 3.75))
SECOND_BACKBONE = ((3.75, 0.95), (4.7, 1.15), (5.45, 1.6))


@dataclass(frozen=True)
class Terrain:
    """Grids of the country part; row 0 lies in the south, column 0 in the west."""

    component: IntGrid
    elevation: FloatGrid
    roughness: FloatGrid
    coast_km: FloatGrid

    @property
    def land(self) -> BoolGrid:
        """True on land; lakes and the sea are False."""
        return self.component > 0

    @property
    def mainlands(self) -> int:
        """How many components are large enough for prefectures; they carry the first numbers."""
        sizes = np.bincount(self.component.ravel())[1:]
        return max(1, int((sizes >= MAINLAND_CELLS).sum()))


def fractal_noise(rng: np.random.Generator, *, beta: float, largest: float = np.inf) -> FloatGrid:
    """Gaussian noise, spectrum 1/f**beta up to a largest wave length in cells; mean 0, SD 1."""
    spectrum = fft.rfft2(rng.standard_normal((ROWS, COLUMNS)), workers=2)
    vertical = fft.fftfreq(ROWS)[:, None]
    horizontal = fft.rfftfreq(COLUMNS)[None, :]
    frequency = np.sqrt(vertical**2 + horizontal**2 + largest**-2)
    frequency[0, 0] = np.inf
    noise = fft.irfft2(spectrum * frequency ** (-beta / 2), s=(ROWS, COLUMNS), workers=2)
    return cast(FloatGrid, noise / noise.std())


def _backbone_distance(points: tuple[tuple[float, float], ...]) -> FloatGrid:
    drawn = np.ones((ROWS, COLUMNS), dtype=bool)
    for (x0, y0), (x1, y1) in pairwise(points):
        along = np.linspace(0, 1, 800)
        columns = ((x0 + (x1 - x0) * along) / STEP).astype(int)
        rows = ((y0 + (y1 - y0) * along) / STEP).astype(int)
        drawn[rows, columns] = False
    return cast(FloatGrid, ndimage.distance_transform_edt(drawn) * STEP)


def _edge_depth() -> FloatGrid:
    rows = np.minimum(np.arange(ROWS), np.arange(ROWS)[::-1])[:, None]
    columns = np.minimum(np.arange(COLUMNS), np.arange(COLUMNS)[::-1])[None, :]
    depth: FloatGrid = np.clip(1 - np.minimum(rows, columns) / 90, 0, None) * 3.0
    return depth


def _land_mask(rng: np.random.Generator) -> BoolGrid:
    shape = np.maximum.reduce(
        [
            1 - _backbone_distance(MAIN_BACKBONE) / 0.62,
            0.75 - _backbone_distance(PENINSULA) / 0.5,
            0.85 - _backbone_distance(SECOND_BACKBONE) / 0.5,
        ]
    )
    height = shape + 0.36 * fractal_noise(rng, beta=3.2, largest=230) - _edge_depth()
    mask = height > np.quantile(height, 1 - LAND_SHARE)
    return cast(BoolGrid, ndimage.binary_fill_holes(mask))


def _without_specks(mask: BoolGrid) -> IntGrid:
    labels, count = ndimage.label(mask)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    order = np.argsort(-sizes, kind="stable")
    rank = np.zeros(count + 1, dtype=np.int32)
    kept = [label for label in order if sizes[label] >= SMALLEST_ISLAND]
    rank[kept] = np.arange(1, len(kept) + 1)
    return cast(IntGrid, rank[labels])


def _lakes(coast_km: FloatGrid, low: FloatGrid) -> BoolGrid:
    """The largest low basins far from the coast, at most as many as LAKES."""
    inland = coast_km > 11
    if not inland.any():
        return np.zeros(coast_km.shape, dtype=bool)
    basins = inland & (low < np.quantile(low[inland], 0.03))
    labels, count = ndimage.label(ndimage.binary_opening(basins, iterations=2))
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    sizes[sizes > 900] = 0
    chosen = np.argsort(-sizes, kind="stable")[:LAKES]
    lakes = np.isin(labels, [label for label in chosen if sizes[label] > 40])
    return cast(BoolGrid, ndimage.binary_fill_holes(lakes))


def make_terrain(rng: np.random.Generator) -> Terrain:
    """Draw land, lakes and mountains; the same generator state gives the same land."""
    mask = _without_specks(_land_mask(rng)) > 0
    coast_km = ndimage.distance_transform_edt(mask, sampling=CELL_KM[::-1])
    ridges = 1 - np.abs(fractal_noise(rng, beta=3.4, largest=170))
    inland = np.clip(coast_km / 32, 0, 1) ** 0.55
    elevation = np.clip(inland * (0.45 + 0.55 * np.clip(ridges, -1, 1)), 0, None)
    mask &= ~_lakes(coast_km, fractal_noise(rng, beta=3.2, largest=90))
    return Terrain(
        component=_without_specks(mask),
        elevation=cast(FloatGrid, elevation),
        roughness=fractal_noise(rng, beta=2.3, largest=60),
        coast_km=cast(FloatGrid, coast_km),
    )
