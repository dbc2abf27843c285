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
MAIN_PREFECTURES, SECOND_PREFECTURES = 9, 3


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
    apart = np.full(lowland.shape, 82.0)
    seeds = np.concatenate(
        [
            spread_seeds(rng, terrain.component == 1, lowland, apart, MAIN_PREFECTURES),
            spread_seeds(rng, terrain.component == 2, lowland, apart, SECOND_PREFECTURES),
        ]
    )
    rows, columns = np.unravel_index(seeds, lowland.shape)
    seeds = seeds[np.argsort(-(rows + 0.6 * columns), kind="stable")]
    owner = divide(cost, np.minimum(terrain.component, 3), seeds)
    islands = np.flatnonzero(terrain.component.ravel() > 2)
    flat = owner.ravel()
    flat[islands] = nearest(islands, seeds, lowland.shape) + 1
    return flat.reshape(owner.shape)


def _municipalities(
    rng: np.random.Generator,
    terrain: Terrain,
    cost: FloatGrid,
    prefecture: IntGrid,
    scale: float,
) -> tuple[IntGrid, NDArray[np.int64], NDArray[np.int64]]:
    """Return labels from 1, the prefecture (1 to 12) and the central cell of each label."""
    main = np.where(terrain.component <= 2, prefecture, 0)
    seeds = []
    for number in range(1, len(PREFECTURES) + 1):
        inside = main == number
        count = max(5, round(PER_PREFECTURE * scale * rng.uniform(0.75, 1.25)))
        seeds.append(_town_seeds(rng, terrain, inside, count))
    centre = np.concatenate(seeds)
    label = divide(cost, main.astype(np.int32), centre)
    for island in range(3, int(terrain.component.max()) + 1):
        cells = np.flatnonzero(terrain.component.ravel() == island)
        if len(cells) >= ISLAND_CELLS:
            centre = np.append(centre, cells[len(cells) // 2])
            label.ravel()[cells] = len(centre)
        else:
            label.ravel()[cells] = nearest(cells, centre, label.shape) + 1
    return label, prefecture.ravel()[centre].astype(np.int64), centre


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
            "is_island": terrain.component.ravel()[centre] > 2,
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
