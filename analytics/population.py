"""Editions of population: which has what for an area, and what stands in where one has not."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

from data.catalogue import load_catalogue
from data.derive.parts import WITHOUT_RESIDENTS

_EDITIONS = """
with final as (
    select
        edition,
        min(year) as first_year,
        max(year) as last_year,
        bool_or(is_projection) as has_projection,
        bool_or(total is not null) as has_total,
        bool_or(age_65_plus is not null) as has_age_65_plus,
        bool_or(age_75_plus is not null) as has_age_75_plus,
        bool_or(age_85_plus is not null) as has_age_85_plus
    from population_total
    where area_code = $area_code
    group by edition
)
select * from final
"""

_INSTEAD = """
with holders as (
    select
        area.area_code,
        area.name,
        area.area_type
    from area_membership as member
    join area on area.area_code = member.parent_area_code
    where member.area_code = $area_code and member.valid_to is null
    union
    select
        region.area_code,
        region.name,
        region.area_type
    from area_membership as home
    join area_membership as beside using (parent_area_code)
    join area as region on region.area_code = beside.area_code
    where
        home.area_code = $area_code
        and home.parent_type = 'prefecture'
        and home.valid_to is null
        and region.area_type = 'projection_region'
        and region.area_code <> $area_code
),
final as (
    select
        holders.area_code,
        holders.name,
        holders.area_type
    from holders
    where exists (
        select 1
        from population_total as population
        where population.area_code = holders.area_code and population.edition = $edition
    )
    order by holders.area_type = 'projection_region' desc, holders.area_type = 'prefecture' desc
)
select * from final
"""

_LACKING = """
with part as (
    select
        area.area_code,
        area.name
    from area_membership as member
    join area using (area_code)
    where
        member.parent_area_code = $area_code
        and member.valid_to is null
        and area.valid_to is null
        and area.area_type in ('prefecture', 'municipality', 'designated_city', 'ward')
        and area.area_code not in (select unnest($without_residents))
),
final as (
    select
        part.area_code,
        part.name
    from part
    anti join population_total as population
        on
            population.area_code = part.area_code
            and population.edition = $edition
    order by part.area_code
)
select * from final
"""

_SINCE = """
select valid_from
from area
where area_code = $area_code
"""


def editions_of(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return the editions that have the area, newest first, with years and measures."""
    found = con.execute(_EDITIONS, {"area_code": area_code}).df()
    order = {key: entry.order for key, entry in load_catalogue().editions.items()}
    ranks = found["edition"].map(order).fillna(99)
    ranked: pd.DataFrame = found.assign(rank=ranks).sort_values("rank", ignore_index=True)
    return ranked.drop(columns="rank")


def editions_with(
    con: duckdb.DuckDBPyConnection, *, area_code: str, measure: str
) -> tuple[str, ...]:
    """Return the editions that have the measure for the area, newest first."""
    found = editions_of(con, area_code=area_code)
    return tuple(found[found[f"has_{measure}"]]["edition"])


def stands_in(con: duckdb.DuckDBPyConnection, *, area_code: str, edition: str) -> pd.DataFrame:
    """Return the larger areas for which the edition has figures when the area has none."""
    found: pd.DataFrame = con.execute(_INSTEAD, {"area_code": area_code, "edition": edition}).df()
    return found


def known_editions(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return all loaded editions, newest first."""
    found = con.execute("select distinct edition from population_total").fetchall()
    order = {key: entry.order for key, entry in load_catalogue().editions.items()}
    return tuple(sorted((edition for (edition,) in found), key=lambda key: order.get(key, 99)))


def years_of(con: duckdb.DuckDBPyConnection, *, edition: str) -> tuple[int, ...]:
    """Return the years of an edition in order."""
    sql = "select distinct year from population_total where edition = $edition order by year"
    return tuple(int(year) for (year,) in con.execute(sql, {"edition": edition}).fetchall())


def parts_without(
    con: duckdb.DuckDBPyConnection, *, area_code: str, edition: str
) -> tuple[str, ...]:
    """Return the names of the parts of an area that an edition lacks, in the order of codes."""
    values = {"area_code": area_code, "edition": edition,
              "without_residents": list(WITHOUT_RESIDENTS)}  # fmt: skip
    return tuple(name for _, name in con.execute(_LACKING, values).fetchall())


def set_up_on(con: duckdb.DuckDBPyConnection, *, area_code: str) -> date | None:
    """Return the day on which an area was set up, where it is known."""
    found = con.execute(_SINCE, {"area_code": area_code}).fetchone()
    return found[0] if found else None


def is_without_residents(area_code: str) -> bool:
    """Tell whether nobody is counted in the area by any source: the northern villages."""
    return area_code in WITHOUT_RESIDENTS
