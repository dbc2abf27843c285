"""Population by broad age group: one area over years, and the parts of an area side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

import duckdb
import pandas as pd

from data.catalogue import load_catalogue
from geo.classification import class_breaks

MEASURES = ("total", "age_65_plus", "age_75_plus", "age_85_plus")
VIEWS = ("persons", "share", "index")

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

_SERIES = """
with wanted as (
    select distinct unnest($area_codes) as area_code
),
final as (
    select
        population.area_code,
        area.name as area_name,
        population.year,
        population.total,
        population.age_65_plus,
        population.age_75_plus,
        population.age_85_plus,
        population.is_projection,
        population.basis
    from population_total as population
    join wanted using (area_code)
    join area using (area_code)
    where population.edition = $edition
    order by population.area_code, population.year
)
select * from final
"""

_PARTS = """
with parts as (
    select
        area.area_code,
        area.name as area_name
    from area_descendant as inside
    join area on area.area_code = inside.descendant_code
    where
        inside.ancestor_code = $area_code
        and inside.level = $level
        and inside.valid_to is null
        and area.valid_to is null
),
years as (
    select distinct year
    from population_total
    where edition = $edition
),
final as (
    select
        parts.area_code,
        parts.area_name,
        years.year,
        population.total,
        population.age_65_plus,
        population.age_75_plus,
        population.age_85_plus,
        population.is_projection
    from parts
    cross join years
    left join population_total as population
        on
            population.area_code = parts.area_code
            and population.year = years.year
            and population.edition = $edition
    order by parts.area_code, years.year
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


def population_series(
    con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str], edition: str
) -> pd.DataFrame:
    """Return broad age groups by year for the areas, of one edition."""
    values = {"area_codes": list(area_codes), "edition": edition}
    found: pd.DataFrame = con.execute(_SERIES, values).df()
    return found


def population_parts(
    con: duckdb.DuckDBPyConnection, *, area_code: str, level: str, edition: str
) -> pd.DataFrame:
    """Return broad age groups of all parts of an area by year; null where there are none."""
    values = {"area_code": area_code, "level": level, "edition": edition}
    found: pd.DataFrame = con.execute(_PARTS, values).df()
    return found


def shown_values(frame: pd.DataFrame, *, measure: str, view: str) -> pd.Series:
    """Return persons, share of all ages in per cent, or index with the first year as 100."""
    persons = frame[measure].astype(float)
    if view == "share":
        return 100 * persons / frame["total"].astype(float)
    if view == "index":
        first = frame["year"] == frame["year"].min()
        base = frame["area_code"].map(persons[first].set_axis(frame["area_code"][first]))
        return (100 * persons / base).where(base > 0)
    return persons


def parts_with_values(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    level: str,
    edition: str,
    measure: str,
    view: str,
) -> pd.DataFrame:
    """Return the parts by year with `value`; the index is given as change in per cent."""
    frame = population_parts(con, area_code=area_code, level=level, edition=edition)
    value = shown_values(frame, measure=measure, view=view)
    return frame.assign(value=value - 100 if view == "index" else value)


def map_classes(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    level: str,
    edition: str,
    measure: str,
    view: str,
) -> tuple[float, ...]:
    """Return upper bounds of the classes, the same for all years of the edition."""
    frame = parts_with_values(
        con, area_code=area_code, level=level, edition=edition, measure=measure, view=view
    )
    known = frame["value"].dropna()
    if known.empty:
        return ()
    if view == "index":
        return _around_zero(known)
    breaks = class_breaks(known, scheme="quantile", k=6)
    return tuple(_two_digits(breaks) if view == "persons" else breaks)


def _two_digits(breaks: list[float]) -> list[float]:
    """Return bounds rounded to two leading digits, each once."""
    rounded = [round(b, 1 - math.floor(math.log10(b))) if b > 0 else b for b in breaks]
    return sorted(set(rounded))


def _around_zero(values: pd.Series) -> tuple[float, ...]:
    typical = float(values.abs().quantile(0.9))
    step = next((step for step in (2, 5, 10, 15, 20, 30) if 2.5 * step >= typical), 40)
    return (-2.0 * step, -1.0 * step, 0.0, 1.0 * step, 2.0 * step, 3.0 * step)


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
