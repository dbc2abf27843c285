"""The demo region: prefectures, municipalities, zones, changes, people and where they live."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.demo.geography import Ground, make_ground
from data.demo.population import make_population
from data.demo.size import DemoSize
from data.demo.zones import make_memberships

Change = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class DemoRegion:
    """A fictional country part; municipalities holds wards too, below their designated city."""

    seed: int
    scale: float
    prefectures: pd.DataFrame
    municipalities: gpd.GeoDataFrame
    memberships: pd.DataFrame
    changes: list[Change]
    population: pd.DataFrame
    _homes: dict[str, NDArray[np.float64]] = field(repr=False)

    def settle(self, area_code: str, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return count points (longitude, latitude) where people of the area live."""
        homes = self._homes[area_code]
        chosen = rng.choice(len(homes), size=count, p=homes[:, 2] / homes[:, 2].sum())
        return homes[chosen, :2] + rng.uniform(-0.0022, 0.0022, (count, 2))


def make_region(*, seed: int, scale: float) -> DemoRegion:
    """Invent the region; the same seed and scale give the same one."""
    DemoSize(scale)  # refuses an impossible one
    land, people = (np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(2))
    ground = make_ground(land, scale=scale)
    return DemoRegion(
        seed=seed,
        scale=scale,
        prefectures=ground.prefectures,
        municipalities=ground.municipalities,
        memberships=make_memberships(ground.municipalities),
        changes=ground.changes,
        population=make_population(_leaves(ground), people),
        _homes=ground.homes,
    )


def _leaves(ground: Ground) -> pd.DataFrame:
    """Return the places that are no sum of others: municipalities, and wards for their city."""
    rows = pd.DataFrame(ground.municipalities.drop(columns="geometry"))
    cities = set(rows["city_code"].dropna())
    leaves = rows[~rows["area_code"].isin(cities)]
    return leaves[["area_code", "prefecture_code", "kind", "size", "city_code"]]
