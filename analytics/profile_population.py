"""Who lives in an area now, and in 2040 by the same edition."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.catalogue import load_catalogue

FUTURE_YEAR = 2040
GROUPS = {
    "total": "総人口",
    "age_65_plus": "65歳以上",
    "age_75_plus": "75歳以上",
    "age_85_plus": "85歳以上",
}

_POPULATION = """
with final as (
    select
        edition,
        year,
        total,
        age_65_plus,
        age_75_plus,
        age_85_plus,
        is_projection,
        basis
    from population_total
    where
        area_code = $area_code
        and total is not null
    order by
        age_75_plus is null,
        abs(year - $year),
        year
)

select * from final
"""

_THEN = """
with final as (
    select
        year,
        total,
        age_65_plus,
        age_75_plus,
        age_85_plus
    from population_total
    where
        area_code = $area_code
        and edition = $edition
        and year = $year
        and total is not null
)

select * from final
"""


def population_headline(
    con: duckdb.DuckDBPyConnection, *, area_code: str, year: int
) -> pd.Series | None:
    """Return the broad age groups nearest to the year from the newest edition that has them."""
    frame: pd.DataFrame = con.execute(_POPULATION, {"area_code": area_code, "year": year}).df()
    if frame.empty:
        return None
    order = {key: entry.order for key, entry in load_catalogue().editions.items()}
    frame["gaps"] = frame[list(GROUPS)].isna().sum(axis=1)
    frame["order"] = frame["edition"].map(order).fillna(len(order))
    best: pd.Series = frame.sort_values(["gaps", "order"], kind="stable").iloc[0]
    return best


def population_then(
    con: duckdb.DuckDBPyConnection, *, area_code: str, edition: str, year: int = FUTURE_YEAR
) -> pd.Series | None:
    """Return the broad age groups of a later year by one edition, None where it has none."""
    bound = {"area_code": area_code, "edition": edition, "year": year}
    frame: pd.DataFrame = con.execute(_THEN, bound).df()
    return None if frame.empty else frame.iloc[0]
