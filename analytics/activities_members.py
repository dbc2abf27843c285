"""Which municipalities were asked in an area, and in which larger area or size band each lies."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from analytics.groups import SIZE_BANDS
from analytics.municipal_facts import municipal_facts

ZONE_UNITS = ("prefecture", "secondary_medical_area", "health_center_area")
SIZE = "size"
NO_GROUP = "-"

# Membership on the day of the survey, 1 October.
_ZONES = """
with day as (
    select
        unnest($years::smallint[]) as fiscal_year
),
member as (
    select
        day.fiscal_year,
        area_descendant.descendant_code as area_code,
        zone.area_code as group_code,
        zone.name as group_name
    from day
    inner join area_descendant
        on coalesce(area_descendant.valid_from, date '1900-01-01')
            <= make_date(day.fiscal_year, 10, 1)
        and coalesce(area_descendant.valid_to, date '9999-12-31')
            >= make_date(day.fiscal_year, 10, 1)
    inner join area as zone
        on zone.area_code = area_descendant.ancestor_code
    where
        zone.area_type = $unit
        and area_descendant.level = 'municipality'
),
final as (
    select distinct
        fiscal_year,
        area_code,
        group_code,
        group_name
    from member
    order by
        fiscal_year,
        group_code,
        area_code
)
select * from final
"""


def group_members(con: DuckDBPyConnection, *, unit: str, years: tuple[int, ...]) -> pd.DataFrame:
    """Return fiscal_year, area_code, group_code and group_name of each municipality.

    `unit` is a type of area, whose membership is that of 1 October of the year, or size, whose
    bands are those of today's population, the same for every year.
    """
    if unit == SIZE:
        return _size_members(con, years)
    members: pd.DataFrame = con.execute(_ZONES, {"unit": unit, "years": list(years)}).df()
    return members


def _size_members(con: DuckDBPyConnection, years: tuple[int, ...]) -> pd.DataFrame:
    persons = municipal_facts(con).frame.set_index("area_code")["population"].dropna()
    starts = [start for start, _ in SIZE_BANDS]
    band = pd.cut(persons, [*starts, float("inf")], right=False, labels=False).astype(int)
    frame = pd.DataFrame(
        {
            "area_code": persons.index,
            "group_code": [f"size-{at + 1}" for at in band],
            "group_name": [SIZE_BANDS[at][1] for at in band],
        }
    ).sort_values(["group_code", "area_code"])
    return frame.merge(pd.DataFrame({"fiscal_year": list(years)}), how="cross")


def size_basis(con: DuckDBPyConnection) -> str:
    """Return from which edition and year the population of the size bands is."""
    return municipal_facts(con).basis.get("population", "")


_PREFECTURES = """
with final as (
    select
        area_code,
        name
    from area
    where area_type = 'prefecture'
    order by area_code
)
select * from final
"""


def prefecture_names(con: DuckDBPyConnection) -> dict[str, str]:
    """Return the names of the prefectures by their code."""
    return dict(con.execute(_PREFECTURES).fetchall())
