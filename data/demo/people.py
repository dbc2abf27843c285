"""Who lives where in the demo region, in the shape the resource and survey models need."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.region import DemoRegion

OLDEST = 200
SMALL_KINDS = frozenset({"town", "village", "island"})


def _is_ward(region: DemoRegion) -> np.ndarray:
    city = region.municipalities["city_code"].fillna("")
    own = region.municipalities["area_code"]
    return np.array([bool(c) and c != code for c, code in zip(city, own, strict=True)])


def municipal_rows(region: DemoRegion) -> pd.DataFrame:
    """Return the municipalities and designated cities, without wards, in order of code."""
    rows = pd.DataFrame(region.municipalities.drop(columns="geometry"))
    return rows[~_is_ward(region)].sort_values("area_code").reset_index(drop=True)


def settled_rows(region: DemoRegion) -> pd.DataFrame:
    """Return the areas that addresses name: municipalities, and wards in place of their city."""
    rows = pd.DataFrame(region.municipalities.drop(columns="geometry"))
    ward = _is_ward(region)
    rows["district"] = rows["district"].fillna("")
    names = rows.set_index("area_code")["name"]
    city_names = rows["city_code"].map(names).fillna("").astype(str)
    prefixed = [
        name if not is_ward or name.startswith(city) else city + name
        for name, is_ward, city in zip(rows["name"], ward, city_names, strict=True)
    ]
    rows["place"] = prefixed
    rows.loc[ward, "kind"] = "metropolis"
    cities = set(rows.loc[ward, "city_code"])
    return rows[~rows["area_code"].isin(cities)].sort_values("area_code").reset_index(drop=True)


def medical_area_members(region: DemoRegion) -> pd.DataFrame:
    """Return area_code, parent_code and parent_name of today's secondary medical areas."""
    rows = region.memberships
    ended = rows["valid_to"].notna() & (rows["valid_to"].astype(str) != "")
    rows = rows[(rows["area_type"] == "secondary_medical_area") & ~ended]
    return rows[["area_code", "parent_code", "parent_name"]]


def persons_by_age(region: DemoRegion, year: int) -> pd.DataFrame:
    """Return persons by area (rows) and lower age (columns), interpolated between census years."""
    table = region.population.pivot_table(
        index="area_code", columns=["year", "age_from"], values="persons", aggfunc="sum"
    )
    years = sorted(table.columns.get_level_values("year").unique())
    before = max(known for known in years if known <= year)
    after = min((known for known in years if known >= year), default=before)
    share = 0.0 if after == before else (year - before) / (after - before)
    earlier, later = pd.DataFrame(table[before]), pd.DataFrame(table[after])
    return earlier * (1.0 - share) + later * share


def persons_from(region: DemoRegion, year: int, age: int) -> pd.Series:
    """Return persons of an age and over by area."""
    ages = persons_by_age(region, year)
    return pd.Series(persons_between(ages, age, OLDEST), ages.index)


def persons_between(ages: pd.DataFrame, start: int, end: int) -> np.ndarray:
    """Return persons from an age up to, without, another, for each row of persons by age."""
    lower = ages.columns.to_numpy(dtype=int)
    total: np.ndarray = ages.to_numpy()[:, (lower >= start) & (lower < end)].sum(axis=1)
    return total
