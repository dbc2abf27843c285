"""Land divided among seeds along the easiest ways, so that borders follow ridges."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from data.demo.coastline import BoolGrid, FloatGrid, IntGrid, Terrain, fractal_noise

_STEPS = ((0, 1, 1.0), (1, 0, 1.0), (1, 1, 1.414), (1, -1, 1.414))


def travel_cost(rng: np.random.Generator, terrain: Terrain) -> FloatGrid:
    """Return the cost of crossing a cell: dear on mountains, uneven everywhere."""
    uneven = np.exp(0.8 * terrain.roughness + 1.1 * fractal_noise(rng, beta=1.5))
    cost: FloatGrid = (0.35 + 6.0 * terrain.elevation**2) * uneven + 0.15
    return cost


def _graph(cost: FloatGrid, zone: IntGrid) -> csr_matrix:
    """Link the neighbouring cells of one zone (zone 0 is no land)."""
    rows, columns = zone.shape
    number = np.arange(rows * columns).reshape(rows, columns)
    heads, tails, weights = [], [], []
    for down, right, length in _STEPS:
        here = np.s_[: rows - down, max(0, -right) : columns - max(0, right)]
        there = np.s_[down:, max(0, right) : columns + min(0, right)]
        linked = (zone[here] == zone[there]) & (zone[here] > 0)
        heads.append(number[here][linked])
        tails.append(number[there][linked])
        weights.append(length * (cost[here][linked] + cost[there][linked]) / 2)
    shape = (rows * columns, rows * columns)
    links = coo_matrix(
        (np.concatenate(weights), (np.concatenate(heads), np.concatenate(tails))), shape=shape
    )
    return links.tocsr()


def divide(cost: FloatGrid, zone: IntGrid, seeds: NDArray[np.int64]) -> IntGrid:
    """Return for every cell of a zone the number (from 1) of the seed that reaches it first.

    seeds are flat cell numbers; cells that none reaches (other islands) go to the nearest seed
    of their zone, and stay 0 where the zone has none.
    """
    _, _, reached = dijkstra(
        _graph(cost, zone), directed=False, indices=seeds, min_only=True, return_predecessors=True
    )
    order = {int(seed): position + 1 for position, seed in enumerate(seeds)}
    flat = zone.ravel()
    owner = np.zeros(flat.size, dtype=np.int32)
    land = np.flatnonzero(flat)
    owner[land] = [order.get(int(source), 0) for source in reached[land]]
    lost = land[owner[land] == 0]
    for value in np.unique(flat[lost]):
        inside = np.flatnonzero(flat[seeds] == value)
        if not inside.size:
            continue
        own = lost[flat[lost] == value]
        owner[own] = nearest(own, seeds[inside], zone.shape)
        owner[own] = inside[owner[own]] + 1
    return owner.reshape(zone.shape)


def nearest(cells: NDArray[np.int64], seeds: NDArray[np.int64], shape: tuple[int, ...]) -> IntGrid:
    """Return for each cell the position of the nearest seed in a straight line."""
    tree = cKDTree(np.column_stack(np.unravel_index(seeds, shape)))
    return cast(IntGrid, tree.query(np.column_stack(np.unravel_index(cells, shape)))[1])


def spread_seeds(
    rng: np.random.Generator, where: BoolGrid, weight: FloatGrid, spacing: FloatGrid, count: int
) -> NDArray[np.int64]:
    """Draw cells by weight, each at least its own spacing (in cells) from those before it."""
    cells = np.flatnonzero(where)
    share = weight.ravel()[cells]
    drawn = rng.choice(
        cells, size=min(len(cells), 400 * count), replace=False, p=share / share.sum()
    )
    rows, columns = np.unravel_index(drawn, where.shape)
    apart = spacing.ravel()[drawn]
    for loosened in (1.0, 0.7, 0.45, 0.2, 0.0):
        kept: list[int] = []
        for index in range(len(drawn)):
            far = np.hypot(rows[kept] - rows[index], columns[kept] - columns[index])
            if not kept or far.min() >= loosened * apart[index]:
                kept.append(index)
            if len(kept) == count:
                return drawn[kept]
    return drawn[kept]
