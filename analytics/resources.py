"""Facilities of chosen types: counts, counts per 10,000 aged 75 and over, points and lists."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from data.derive.intervals import byar_interval

PER = 10_000

_COUNTED_TYPES = """
with final as (
    select facility_type
    from facility_count
    group by facility_type
    order by facility_type
)

select * from final
"""

_COUNTS = """
with areas as (
    select
        unnest($area_codes) as area_code,
        generate_subscripts($area_codes, 1) as area_order
),

types as (
    select
        unnest($facility_types) as facility_type,
        generate_subscripts($facility_types, 1) as type_order
),

people as (
    select
        area_code,
        age_75_plus
    from population_total
    where
        edition = $edition
        and year = $year
),

final as (
    select
        area.area_code,
        area.name as area_name,
        area.area_type,
        types.facility_type,
        facility_count.facilities,
        facility_count.capacity,
        facility_count.capacity_known,
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

_IN_AREA = """
with municipalities as (
    select descendant_code as area_code
    from area_descendant
    where
        ancestor_code = $area_code
        and level = 'municipality'
        and valid_to is null
    union
    select $area_code as area_code
),

chosen as (
    select facility.*
    from facility
    where
        list_contains($facility_types, facility.facility_type)
        and (
            $area_code = '00'
            or facility.area_code in (from municipalities)
            or facility.ward_code = $area_code
        )
),
"""

_POINTS = (
    _IN_AREA
    + """
final as (
    select
        chosen.facility_type,
        chosen.name,
        chosen.lon,
        chosen.lat,
        chosen.address,
        chosen.capacity,
        source.vintage
    from chosen
    left join source
        on source.source_id = chosen.source_id
    where chosen.location_quality = 'exact'
    order by
        chosen.facility_type,
        chosen.facility_id
)

select * from final
"""
)

_LOCATIONS = (
    _IN_AREA
    + """
final as (
    select
        facility_type,
        count(*) as facilities,
        count(*) filter (where location_quality = 'exact') as drawn,
        count(*) filter (where location_quality = 'out_of_range') as out_of_range,
        count(*) filter (where location_quality = 'missing') as missing,
        count(*) filter (where location_quality = 'area_only') as area_only
    from chosen
    group by facility_type
    order by facility_type
)

select * from final
"""
)

_LIST = (
    _IN_AREA
    + """
final as (
    select
        chosen.facility_id,
        chosen.facility_type,
        chosen.name,
        chosen.area_code,
        area.name as area_name,
        chosen.address,
        chosen.capacity,
        chosen.lon,
        chosen.lat,
        chosen.location_quality,
        source.title as source_title,
        source.vintage,
        chosen.source_ref
    from chosen
    left join area
        on area.area_code = chosen.area_code
    left join source
        on source.source_id = chosen.source_id
    order by
        chosen.facility_type,
        chosen.area_code,
        chosen.facility_id
)

select * from final
"""
)

_SOURCES = """
with final as (
    select
        source_coverage.subject as facility_type,
        source.title,
        source.vintage,
        source.licence,
        source.publisher
    from source_coverage
    inner join source
        on source.source_id = source_coverage.source_id
    where list_contains($facility_types, source_coverage.subject)
    group by all
    order by
        source.title,
        source.vintage,
        source_coverage.subject
)

select * from final
"""


def counted_types(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the facility types that a loaded source covers somewhere."""
    return [row[0] for row in con.execute(_COUNTED_TYPES).fetchall()]


def facility_counts(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    facility_types: Sequence[str],
    edition: str,
    year: int,
) -> pd.DataFrame:
    """Return one row per area and type; facilities is missing where no source covers the area."""
    frame: pd.DataFrame = con.execute(
        _COUNTS,
        {
            "area_codes": list(area_codes),
            "facility_types": list(facility_types),
            "edition": edition,
            "year": year,
            "per": float(PER),
        },
    ).df()
    people = frame["age_75_plus"].astype(float)
    lower, upper = byar_interval(frame["facilities"].astype(float), people, per=PER)
    frame["lower_ci"], frame["upper_ci"] = lower, upper
    return frame


def _within(
    con: duckdb.DuckDBPyConnection, query: str, area_code: str, facility_types: Sequence[str]
) -> pd.DataFrame:
    bound = {"area_code": area_code, "facility_types": list(facility_types)}
    frame: pd.DataFrame = con.execute(query, bound).df()
    return frame


def facility_points(
    con: duckdb.DuckDBPyConnection, *, area_code: str, facility_types: Sequence[str]
) -> pd.DataFrame:
    """Return the facilities of an area that have exact coordinates."""
    return _within(con, _POINTS, area_code, facility_types)


def location_quality(
    con: duckdb.DuckDBPyConnection, *, area_code: str, facility_types: Sequence[str]
) -> pd.DataFrame:
    """Return per type how many facilities there are, and how many have which kind of location."""
    return _within(con, _LOCATIONS, area_code, facility_types)


def facility_list(
    con: duckdb.DuckDBPyConnection, *, area_code: str, facility_types: Sequence[str]
) -> pd.DataFrame:
    """Return every facility of an area with its address, source and row in the source."""
    return _within(con, _LIST, area_code, facility_types)


def facility_sources(
    con: duckdb.DuckDBPyConnection, *, facility_types: Sequence[str]
) -> pd.DataFrame:
    """Return title, vintage and licence of the sources that cover the types."""
    frame: pd.DataFrame = con.execute(_SOURCES, {"facility_types": list(facility_types)}).df()
    return frame
