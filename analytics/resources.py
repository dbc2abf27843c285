"""Facilities of chosen types: counts, and counts per 10,000 people aged 75 and over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pandas as pd

from analytics.asked import AREAS, REACHING, TYPES
from analytics.denominators import PEOPLE, Denominator
from analytics.facility_conditions import Conditions
from analytics.narrowed_counts import narrowed_counts
from analytics.scope import Scope, codes_in_view, part_codes
from data.derive.intervals import byar_interval

PER = 10_000

_COUNTED_TYPES = """
with final as (
    select distinct facility_type
    from facility_count
    where area_code in (select unnest($area_codes))
    order by facility_type
)

select * from final
"""

_COUNTS = (
    "with"
    + AREAS
    + TYPES
    + PEOPLE
    + """
final as (
    select
        area.area_code,
        area.name as area_name,
        area.area_type,
        types.facility_type,
        facility_count.facilities,
        facility_count.capacity,
        facility_count.capacity_known,
        case when facility_count.facilities is not null then 0 end as not_stated,
        people.age_75_plus,
        $per * facility_count.facilities / nullif(people.age_75_plus, 0) as per_10k_75plus
    from areas
    cross join types
    inner join area
        on area.area_code = areas.area_code
    left join facility_count
        on
            facility_count.area_code = areas.area_code
            and facility_count.facility_type = types.facility_type
    left join people
        on people.area_code = areas.area_code
    order by
        areas.area_order,
        types.type_order
)

select * from final
"""
)

_BY_TYPE = """
with final as (
    select
        facility_type,
        facilities
    from facility_count
    where area_code = $area_code
    order by facility_type
)

select * from final
"""

_SOURCES = (
    "with"
    + REACHING
    + """
final as (
    select
        source_coverage.subject as facility_type,
        source.title,
        source.vintage,
        source.licence,
        source.publisher
    from source_coverage
    inner join source
        on source.source_id = source_coverage.source_id
    inner join reaching
        on reaching.area_code = source_coverage.area_code
    where list_contains($facility_types, source_coverage.subject)
    group by all
    order by
        source.title,
        source.vintage,
        source_coverage.subject
)

select * from final
"""
)


def counted_types(con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]) -> list[str]:
    """Return the facility types that a loaded source covers in one of the areas."""
    rows = con.execute(_COUNTED_TYPES, {"area_codes": list(area_codes)}).fetchall()
    return [row[0] for row in rows]


def facilities_by_type(con: duckdb.DuckDBPyConnection, *, area_code: str) -> dict[str, int]:
    """Return the number of facilities of each type that is covered in the whole area."""
    return dict(con.execute(_BY_TYPE, {"area_code": area_code}).fetchall())


def facility_counts(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    facility_types: Sequence[str],
    edition: str,
    year: int,
    filters: Conditions = (),
    search: str = "",
) -> pd.DataFrame:
    """Return one row per area and type; facilities is missing where no source covers the area.

    not_stated is how many facilities do not state what the conditions ask.
    """
    asked: dict[str, Any] = {
        "area_codes": list(area_codes),
        "facility_types": list(facility_types),
        "edition": edition,
        "year": year,
        "per": float(PER),
    }
    if filters or search:
        frame = narrowed_counts(con, **asked, filters=filters, search=search)
    else:
        frame = con.execute(_COUNTS, asked).df()
    people = frame["age_75_plus"].astype(float)
    lower, upper = byar_interval(frame["facilities"].astype(float), people, per=PER)
    frame["lower_ci"], frame["upper_ci"] = lower, upper
    return frame


def types_in_view(con: duckdb.DuckDBPyConnection, *, scope: Scope) -> list[str]:
    """Return the facility types that a loaded source covers somewhere in the scope."""
    codes = [scope.parent_code, *part_codes(con, scope=scope)]
    return counted_types(con, area_codes=codes)


def counts_in_view(
    con: duckdb.DuckDBPyConnection,
    *,
    scope: Scope,
    facility_types: Sequence[str],
    denominator: Denominator | None,
    filters: Conditions = (),
    search: str = "",
) -> pd.DataFrame:
    """Return the counts of the larger areas and the parts; is_part tells them apart."""
    frame = facility_counts(
        con,
        area_codes=codes_in_view(con, scope=scope),
        facility_types=facility_types,
        edition=denominator.edition if denominator else "",
        year=denominator.year if denominator else 0,
        filters=filters,
        search=search,
    )
    frame["is_part"] = frame["area_code"].isin(part_codes(con, scope=scope))
    return frame


def facility_sources(
    con: duckdb.DuckDBPyConnection, *, facility_types: Sequence[str], area_codes: Sequence[str]
) -> pd.DataFrame:
    """Return title, vintage and licence of the sources that cover the types in the areas."""
    asked = {"facility_types": list(facility_types), "area_codes": list(area_codes)}
    frame: pd.DataFrame = con.execute(_SOURCES, asked).df()
    return frame


def wide_counts(counts: pd.DataFrame, *, facility_types: Sequence[str]) -> pd.DataFrame:
    """Return one row per area with columns such as hospital.facilities, in the order given."""
    place = ["area_code", "area_name", "age_75_plus"]
    wide = counts[place].drop_duplicates("area_code").set_index("area_code")
    for facility_type in facility_types:
        rows = counts[counts["facility_type"] == facility_type].set_index("area_code")
        for column in ("facilities", "per_10k_75plus", "capacity", "capacity_known", "not_stated"):
            wide[f"{facility_type}.{column}"] = rows[column]
        none = wide[f"{facility_type}.facilities"] == 0
        capacity = wide[f"{facility_type}.capacity"]
        wide[f"{facility_type}.capacity"] = capacity.mask(none.fillna(False), 0)
    return wide.reset_index()
