"""Who lives where in the demo region, in the shape the resource and survey models need."""

from __future__ import annotations

import pandas as pd
from data.demo.region import DemoRegion

SMALL_KINDS = frozenset({"town", "village", "island"})


def _is_ward(region: DemoRegion) -> pd.Series:
    city = region.municipalities["city_code"]
    return city.notna() & (city != "") & (city != region.municipalities["area_code"])


def municipal_rows(region: DemoRegion) -> pd.DataFrame:
    """Return the municipalities and designated cities, without wards, in order of code."""
    rows = pd.DataFrame(region.municipalities.drop(columns="geometry"))
    return rows[~_is_ward(region)].sort_values("area_code").reset_index(drop=True)


def settled_rows(region: DemoRegion) -> pd.DataFrame:
    """Return the areas that addresses name: municipalities, and wards in place of their city."""
    rows = pd.DataFrame(region.municipalities.drop(columns="geometry"))
    ward = _is_ward(region)
    rows["place"] = rows["name"]
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


def persons_by_age(region: DemoRegion, year: int) -> pd.DataFrame:
    """Return persons by area (rows) and lower age (columns), interpolated between census years."""
    table = region.population.pivot_table(
        index="area_code", columns=["year", "age_from"], values="persons", aggfunc="sum"
    )
    years = sorted(table.columns.get_level_values("year").unique())
    before = max(known for known in years if known <= year)
    after = min((known for known in years if known >= year), default=before)
    share = 0.0 if after == before else (year - before) / (after - before)
    earlier: pd.DataFrame = table.xs(before, axis=1, level="year")
    later: pd.DataFrame = table.xs(after, axis=1, level="year")
    return earlier * (1.0 - share) + later * share


def persons_from(region: DemoRegion, year: int, age: int) -> pd.Series:
    """Return persons of an age and over by area."""
    ages = persons_by_age(region, year)
    total: pd.Series = ages.loc[:, [column for column in ages.columns if column >= age]].sum(axis=1)
    return total
