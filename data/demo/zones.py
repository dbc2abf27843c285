"""Medical, elderly-welfare and health-centre areas, which do not nest."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

COLUMNS = ["area_code", "area_type", "parent_code", "parent_name", "valid_from", "valid_to"]
PLACES_PER_ZONE = 6


def make_memberships(municipalities: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the zones of every municipality (wards follow their city)."""
    rows = pd.DataFrame(municipalities.drop(columns="geometry"))
    rows = rows[rows["city_code"].isna()]
    parts = [
        _prefecture_zones(str(prefecture), group.reset_index(drop=True))
        for prefecture, group in rows.groupby("prefecture_code")
    ]
    return pd.concat(parts, ignore_index=True)


def _prefecture_zones(prefecture: str, group: pd.DataFrame) -> pd.DataFrame:
    medical = _medical(group)
    welfare = _welfare(group, medical, prefecture)
    centre = _health_centres(group, medical, prefecture)
    parts = [
        _rows(group, medical, "secondary_medical_area", f"m2-{prefecture}", "医療圏"),
        _rows(group, welfare, "elderly_welfare_area", f"ew-{prefecture}", "老人福祉圏域"),
        _rows(group, centre, "health_center_area", f"hc-{prefecture}", "保健所"),
    ]
    return pd.concat(parts, ignore_index=True)


def _medical(group: pd.DataFrame) -> np.ndarray:
    """Return a zone number per municipality: around the largest places that lie apart."""
    count = max(2, round(len(group) / PLACES_PER_ZONE))
    order = group["size"].to_numpy().argsort(kind="stable")[::-1]
    points = group[["lon", "lat"]].to_numpy()
    reach = np.hypot(*(points.max(axis=0) - points.min(axis=0)))
    hubs = [int(order[0])]
    for loosened in (0.38, 0.28, 0.18, 0.08, 0.0):
        for index in order:
            away = np.hypot(*(points[hubs] - points[index]).T).min()
            if len(hubs) < count and int(index) not in hubs and away >= loosened * reach:
                hubs.append(int(index))
    distance = np.hypot(*(points[:, None, :] - points[hubs][None, :, :]).transpose(2, 0, 1))
    zones: np.ndarray = distance.argmin(axis=1)
    return zones


def _border_place(group: pd.DataFrame, zones: np.ndarray, own: int, other: int) -> int:
    """Return the small place of one zone that lies nearest to the centre of another."""
    points = group[["lon", "lat"]].to_numpy()
    centre = points[zones == other].mean(axis=0)
    away = np.hypot(*(points - centre).T)
    small = group["kind"].isin(["town", "village"]).to_numpy() & (zones == own)
    return int(np.where(small, away, np.inf).argmin())


def _welfare(group: pd.DataFrame, medical: np.ndarray, prefecture: str) -> np.ndarray:
    """Mostly the medical areas; every third prefecture joins two, the next moves a border town."""
    zones = medical.copy()
    last = int(zones.max())
    if int(prefecture) % 3 == 0:
        zones[zones == last] = last - 1
    elif int(prefecture) % 3 == 1:
        zones[_border_place(group, zones, 1, 0)] = 0
    return zones


def _health_centres(group: pd.DataFrame, medical: np.ndarray, prefecture: str) -> np.ndarray:
    """Medical areas with a border town moved; large cities have a centre of their own."""
    zones = medical.copy()
    zones[_border_place(group, zones, 0, 1)] = 1
    kinds = ["metropolis", "core_city"] if int(prefecture) % 2 == 0 else ["metropolis"]
    own = group["kind"].isin(kinds).to_numpy()
    zones[own] = int(medical.max()) + 1
    return zones


def _rows(
    group: pd.DataFrame, zones: np.ndarray, area_type: str, prefix: str, suffix: str
) -> pd.DataFrame:
    """Name every zone after its largest place."""
    largest = group.assign(zone=zones).sort_values("size", kind="stable").groupby("zone").tail(1)
    stem = dict(zip(largest["zone"], largest["name"].str[:-1], strict=True))
    return pd.DataFrame(
        {
            "area_code": group["area_code"],
            "area_type": area_type,
            "parent_code": [f"{prefix}{int(zone) + 1:02d}" for zone in zones],
            "parent_name": [f"{stem[zone]}{suffix}" for zone in zones],
            "valid_from": None,
            "valid_to": None,
        }
    )[COLUMNS]
