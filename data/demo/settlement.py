"""Which places are cities, towns and villages; their codes, names, sizes and a merger."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.demo.coastline import CELL_KM
from data.demo.naming import WARD_STEMS, stems, with_suffix
from geo.points import inside_points

Change = tuple[str, str, str, str, str, str]

Draws = dict[str, Iterator[tuple[str, str]]]

ISLAND_CELLS = 200
METROPOLIS_PREFECTURE = "85"
METROPOLIS_CODE = "85100"
WARDS = 6
MERGED_ON = "2019-04-01"
MERGER_PREFECTURE = "84"
FIRST_CITY, FIRST_TOWN, FIRST_MERGED = 201, 301, 391
DISTRICT_CODES, CROWDED_DISTRICT_CODES = 20, 10
# share of a prefecture's places by kind, largest first, and the median number of their people
_KINDS = (
    ("core_city", 0.05, 340_000, 0.22),
    ("suburb", 0.20, 92_000, 0.38),
    ("provincial_city", 0.18, 52_000, 0.35),
    ("town", 0.37, 12_500, 0.42),
    ("village", 0.20, 2_300, 0.45),
)
_SUFFIX = {"town": "町", "village": "村", "island": "村"}


def name_and_size(
    rng: np.random.Generator, sites: pd.DataFrame
) -> tuple[pd.DataFrame, list[Change]]:
    """Return the sites with area_code, name, kana, kind, district, city_code, size; and changes."""
    placed = sites.groupby("prefecture_code", group_keys=True)[sites.columns.tolist()].apply(
        lambda group: _with_kinds(rng, group)
    )
    placed = placed.reset_index(drop=True)
    draws = stems(rng)
    places = [
        _with_codes(rng, group, draws) for _, group in placed.groupby("prefecture_code", sort=True)
    ]
    named = pd.concat(places, ignore_index=True)
    return named, _merger(named, draws)


def _with_kinds(rng: np.random.Generator, group: pd.DataFrame) -> pd.DataFrame:
    """Give kinds by nearness to the chief town (the first site), flat land first."""
    main = group[~group["is_island"]].copy()
    distance = np.hypot(main["lon"] - main["lon"].iloc[0], main["lat"] - main["lat"].iloc[0])
    reach = max(float(distance.max()), 1e-6)
    remote = distance / reach + 1.1 * main["elevation"] + rng.normal(0, 0.12, len(main))
    remote.iloc[0] = -1
    order = np.argsort(remote.to_numpy(), kind="stable")
    kinds, sizes = np.empty(len(main), dtype=object), np.zeros(len(main))
    start = 0
    for kind, share, median, spread in _KINDS:
        count = max(1, round(share * len(main)))
        here = order[start : start + count] if kind != "village" else order[start:]
        kinds[here] = kind
        sizes[here] = median * np.exp(rng.normal(0, spread, len(here)))
        start += count
    main["kind"], main["size"] = kinds, sizes
    islands = group[group["is_island"]].assign(kind="island")
    roomy = np.clip(islands["cells"] / 300, 1, 4)
    islands["size"] = 1_500 * roomy * np.exp(rng.normal(0, 0.4, len(islands)))
    joined = pd.concat([main, islands], ignore_index=True)
    return _with_wards(rng, joined)


def _with_wards(rng: np.random.Generator, group: pd.DataFrame) -> pd.DataFrame:
    """Make the chief town and the places around it the wards of the designated city."""
    group["city_code"] = None
    if group["prefecture_code"].iloc[0] != METROPOLIS_PREFECTURE:
        return group
    main = group[~group["is_island"]]
    distance = np.hypot(main["lon"] - main["lon"].iloc[0], main["lat"] - main["lat"].iloc[0])
    wards = main.index[np.argsort(distance.to_numpy(), kind="stable")[: min(WARDS, len(main) - 4)]]
    group.loc[wards, "city_code"] = METROPOLIS_CODE
    group.loc[wards, "kind"] = "metropolis"
    group.loc[wards, "size"] = 245_000 * np.exp(rng.normal(0, 0.22, len(wards)))
    return group


def _with_codes(rng: np.random.Generator, group: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """Give codes and names: cities from 201, towns and villages by district after them."""
    prefecture = str(group["prefecture_code"].iloc[0])
    group = group.sort_values(["size"], ascending=False, kind="stable").reset_index(drop=True)
    is_ward = group["city_code"].notna()
    is_city = group["kind"].isin(["core_city", "suburb", "provincial_city"])
    rows: list[tuple[object, ...]] = []
    for position, index in enumerate(group.index[is_ward]):
        rows.append((index, f"{prefecture}1{position + 1:02d}", *_ward(position), ""))
    for position, index in enumerate(group.index[is_city]):
        name = with_suffix(next(_draw(draws, group.loc[index])), "市")
        rows.append((index, f"{prefecture}{FIRST_CITY + position}", *name, ""))
    rest = group[~is_ward & ~is_city]
    rows += _district_rows(prefecture, rest, draws, cities=int(is_city.sum()))
    columns = ["position", "area_code", "name", "kana", "district"]
    named = pd.DataFrame(rows, columns=columns).set_index("position")
    joined = group.join(named).sort_values("area_code", ignore_index=True)
    joined["size"] = joined["size"].round().astype(int)
    return joined


def _ward(position: int) -> tuple[str, str]:
    return with_suffix(WARD_STEMS[position], "区")


def _draw(draws: Draws, site: pd.Series) -> Iterator[tuple[str, str]]:
    if site["is_island"] or site["coast_km"] < 1:
        return draws["coast"]
    return draws["mountain" if site["elevation"] > 0.35 else "inland"]


def _district_rows(
    prefecture: str, rest: pd.DataFrame, draws: Draws, *, cities: int
) -> list[tuple[object, ...]]:
    """Group the towns and villages into districts from north to south, twenty codes each.

    A prefecture of a very large region has ten to a district, after the last city.
    """
    ordered = rest.sort_values(["lat", "lon"], ascending=False)
    count = max(1, round(len(ordered) / 5))
    first, step = _district_codes(cities=cities, districts=count)
    rows: list[tuple[object, ...]] = []
    for number, part in enumerate(np.array_split(np.arange(len(ordered)), count)):
        district = with_suffix(next(draws["inland"]), "郡")[0]
        for position, place in enumerate(part):
            site = ordered.iloc[int(place)]
            code = f"{prefecture}{first + step * number + position}"
            name = with_suffix(next(_draw(draws, site)), _SUFFIX[str(site["kind"])])
            rows.append((site.name, code, *name, district))
    return rows


def _district_codes(*, cities: int, districts: int) -> tuple[int, int]:
    """Return the first code of the towns and the codes kept for each district."""
    first = max(FIRST_TOWN, -(-(FIRST_CITY + cities - 1) // 10) * 10 + 1)
    roomy = first + DISTRICT_CODES * districts <= 1_000
    return first, DISTRICT_CODES if roomy else CROWDED_DISTRICT_CODES


def _merger(named: pd.DataFrame, draws: Draws) -> list[Change]:
    """Two towns and a village that joined a city between the fiscal years 2018 and 2019."""
    cities = named[
        (named["prefecture_code"] == MERGER_PREFECTURE) & (named["kind"] == "provincial_city")
    ]
    city = cities.iloc[0]
    present = set(named["area_code"])
    free = (n for n in range(FIRST_MERGED, 1_000) if f"{MERGER_PREFECTURE}{n}" not in present)
    gone = zip(free, ("町", "町", "村"), strict=False)
    return [
        (
            f"{MERGER_PREFECTURE}{number}",
            with_suffix(next(draws["inland"]), suffix)[0],
            str(city["area_code"]),
            str(city["name"]),
            MERGED_ON,
            "absorption",
        )
        for number, suffix in gone
    ]


def with_cities(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add the designated city as the union of its wards, land areas and inner points."""
    wards = frame[frame["city_code"].notna()]
    city = wards.iloc[[0]].copy()
    city["area_code"], city["city_code"] = METROPOLIS_CODE, None
    city["name"], city["kana"], city["district"] = "夢待市", "ゆめまちし", ""
    city["size"], city["cells"] = wards["size"].sum(), wards["cells"].sum()
    city["geometry"] = [shapely.union_all(wards.geometry.array)]
    joined = pd.concat([frame, city], ignore_index=True).sort_values("area_code", ignore_index=True)
    joined["land_km2"] = (joined["cells"] * CELL_KM[0] * CELL_KM[1]).round(2)
    points = inside_points(joined)
    joined["lon"], joined["lat"] = points["lon"].to_numpy(), points["lat"].to_numpy()
    kept = [
        "area_code", "name", "kana", "prefecture_code", "kind", "district", "city_code",
        "land_km2", "size", "lon", "lat", "geometry",
    ]  # fmt: skip
    return gpd.GeoDataFrame(joined[kept], geometry="geometry", crs=frame.crs)
