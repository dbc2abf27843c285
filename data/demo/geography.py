"""From land to municipalities: prefectures, towns of very different sizes, names and codes."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.demo.coastline import (
    COLUMNS,
    ROWS,
    SOUTH,
    STEP,
    WEST,
    FloatGrid,
    IntGrid,
    Terrain,
    fractal_noise,
    make_terrain,
)
from data.demo.naming import PREFECTURES
from data.demo.partition import divide, nearest, spread_seeds, travel_cost
from data.demo.polygons import corner_grid, draw_polygons
from data.demo.settlement import ISLAND_CELLS, Change, name_and_size, with_cities

PER_PREFECTURE = 19.5
PREFECTURE_SPACING = 100.0
PLACE_CELLS = 900


@dataclass(frozen=True)
class Ground:
    """Areas with polygons, names and sizes; homes are cells with the weight of their people."""

    prefectures: pd.DataFrame
    municipalities: gpd.GeoDataFrame
    changes: list[Change]
    homes: dict[str, NDArray[np.float64]]


def make_ground(rng: np.random.Generator, *, scale: float) -> Ground:
    """Divide the land into prefectures and municipalities, and name them."""
    terrain = make_terrain(rng)
    cost = travel_cost(rng, terrain)
    prefecture = _prefectures(rng, terrain, cost)
    label, parent, centre = _municipalities(rng, terrain, cost, prefecture, scale)
    corners = corner_grid((fractal_noise(rng, beta=0.6), fractal_noise(rng, beta=0.6)))
    polygons = draw_polygons(label, corners)
    sites = _sites(label, parent, terrain, centre)
    named, changes = name_and_size(rng, sites)
    frame = polygons.merge(named, on="number")
    homes = _homes(label, named, terrain, centre)
    return Ground(
        prefectures=pd.DataFrame(PREFECTURES, columns=["code", "name", "kana"]),
        municipalities=with_cities(frame),
        changes=changes,
        homes=homes,
    )


def _prefectures(rng: np.random.Generator, terrain: Terrain, cost: FloatGrid) -> IntGrid:
    """Return 1 to 12 on land, numbered from the north-east to the south-west."""
    lowland = np.exp(-3 * terrain.elevation)
    apart = np.full(lowland.shape, PREFECTURE_SPACING)
    seeds = np.concatenate(
        [
            spread_seeds(rng, terrain.component == mainland, lowland, apart, count)
            for mainland, count in enumerate(_shared_out(terrain), start=1)
        ]
    )
    rows, columns = np.unravel_index(seeds, lowland.shape)
    seeds = seeds[np.argsort(-(rows + 0.6 * columns), kind="stable")]
    owner = divide(cost, np.minimum(terrain.component, terrain.mainlands + 1), seeds)
    islands = np.flatnonzero(terrain.component.ravel() > terrain.mainlands)
    flat = owner.ravel()
    flat[islands] = nearest(islands, seeds, lowland.shape) + 1
    return flat.reshape(owner.shape)


def _shared_out(terrain: Terrain) -> list[int]:
    """Return the number of prefectures of each mainland, by land and at least one."""
    cells = np.bincount(terrain.component.ravel())[1 : terrain.mainlands + 1]
    counts = np.ones(len(cells), dtype=int)
    while counts.sum() < len(PREFECTURES):
        counts[(cells / counts).argmax()] += 1
    return [int(count) for count in counts]


def _municipalities(
    rng: np.random.Generator,
    terrain: Terrain,
    cost: FloatGrid,
    prefecture: IntGrid,
    scale: float,
) -> tuple[IntGrid, NDArray[np.int64], NDArray[np.int64]]:
    """Return labels from 1, the prefecture (1 to 12) and the central cell of each label."""
    zone = np.where(terrain.component <= terrain.mainlands, prefecture, 0)
    cells = np.bincount(zone.ravel(), minlength=len(PREFECTURES) + 1)[1:]
    seeds = []
    for number in range(1, len(PREFECTURES) + 1):
        share = 0.5 + 0.5 * cells[number - 1] / cells.mean()
        count = max(5, round(PER_PREFECTURE * scale * share * rng.uniform(0.85, 1.15)))
        seeds.append(_town_seeds(rng, terrain, zone == number, count))
    sizes = np.bincount(terrain.component.ravel())
    for island in range(terrain.mainlands + 1, len(sizes)):
        if sizes[island] >= ISLAND_CELLS:
            inside = terrain.component == island
            zone[inside] = len(PREFECTURES) + island
            seeds.append(_island_seeds(rng, terrain, inside, int(sizes[island])))
    centre = np.concatenate(seeds)
    label = divide(cost, zone.astype(np.int32), centre)
    islets = np.flatnonzero(terrain.land.ravel() & (zone.ravel() == 0))
    label.ravel()[islets] = nearest(islets, centre, label.shape) + 1
    return label, prefecture.ravel()[centre].astype(np.int64), centre


def _island_seeds(
    rng: np.random.Generator, terrain: Terrain, inside: NDArray[np.bool_], cells: int
) -> NDArray[np.int64]:
    """Return one seed for an island, more for a large one."""
    apart = np.full(inside.shape, 0.5 * np.sqrt(PLACE_CELLS))
    lowland = np.exp(-3 * terrain.elevation)
    return spread_seeds(rng, inside, lowland, apart, max(1, round(cells / PLACE_CELLS)))


def _town_seeds(
    rng: np.random.Generator, terrain: Terrain, inside: NDArray[np.bool_], count: int
) -> NDArray[np.int64]:
    """Return seeds, the chief town first: close together around it and on plains."""
    low = np.where(inside, np.exp(-5 * terrain.elevation) * (terrain.coast_km > 1.5), 0)
    weight = low if low.sum() > 0 else inside.astype(float)
    chief = int(rng.choice(weight.size, p=weight.ravel() / weight.sum()))
    row, column = np.unravel_index(chief, inside.shape)
    distance = np.hypot(*(np.indices(inside.shape) - np.array([row, column])[:, None, None]))
    reach = np.sqrt(inside.sum() / np.pi)
    near = np.exp(-distance / (0.55 * reach))
    typical = np.sqrt(inside.sum() / count)
    spacing = typical * (0.35 + 0.75 * np.clip(distance / reach, 0, 1.3))
    spread = inside * (0.12 + near) * np.exp(-1.6 * terrain.elevation)
    others = spread_seeds(rng, inside, spread + 1e-9 * inside, spacing, count)
    return np.concatenate([[chief], others[others != chief][: count - 1]])


def _sites(
    label: IntGrid, parent: NDArray[np.int64], terrain: Terrain, centre: NDArray[np.int64]
) -> pd.DataFrame:
    """Return what the naming needs to know of every label: place, size, height, sea, island."""
    flat = label.ravel()
    land = np.flatnonzero(flat)
    grouped = pd.DataFrame(
        {
            "number": flat[land],
            "elevation": terrain.elevation.ravel()[land],
            "coast_km": terrain.coast_km.ravel()[land],
        }
    ).groupby("number")
    rows, columns = np.unravel_index(centre, label.shape)
    sites = pd.DataFrame(
        {
            "number": np.arange(1, len(centre) + 1),
            "prefecture_code": [PREFECTURES[p - 1][0] for p in parent],
            "lon": WEST + STEP * (columns + 0.5),
            "lat": SOUTH + STEP * (rows + 0.5),
            "is_island": terrain.component.ravel()[centre] > terrain.mainlands,
        }
    ).set_index("number")
    sites["cells"] = grouped.size()
    sites["elevation"] = grouped["elevation"].mean()
    sites["coast_km"] = grouped["coast_km"].min()
    return sites[sites["cells"].notna()].reset_index()


def _homes(
    label: IntGrid, named: pd.DataFrame, terrain: Terrain, centre: NDArray[np.int64]
) -> dict[str, NDArray[np.float64]]:
    """Return for every area its cells as longitude, latitude and weight of people."""
    flat = label.ravel()
    land = np.flatnonzero(flat)
    rows, columns = np.unravel_index(land, (ROWS, COLUMNS))
    own_row, own_column = np.unravel_index(centre[flat[land] - 1], (ROWS, COLUMNS))
    near = np.exp(-np.hypot(rows - own_row, columns - own_column) / 5.0)
    weight = (near + 0.02) * np.exp(-4 * terrain.elevation.ravel()[land])
    points = np.column_stack([WEST + STEP * (columns + 0.5), SOUTH + STEP * (rows + 0.5), weight])
    order = np.argsort(flat[land], kind="stable")
    values, starts = np.unique(flat[land][order], return_index=True)
    cells = dict(zip(values.tolist(), np.split(points[order], starts[1:]), strict=True))
    homes = {
        code: cells[number]
        for code, number in zip(named["area_code"], named["number"], strict=True)
    }
    for city, wards in named.dropna(subset="city_code").groupby("city_code"):
        homes[str(city)] = np.concatenate([homes[ward] for ward in wards["area_code"]])
    return homes
