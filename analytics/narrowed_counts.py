"""Counts of the facilities that meet conditions, and of those that do not state what is asked."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.asked import AREAS, MEMBERS, TYPES
from analytics.denominators import PEOPLE
from analytics.facility_conditions import CHOSEN, Conditions, bound_conditions

# A facility that lies in several members of an area counts once.
_PLACED = (
    CHOSEN  # noqa: S608
    + AREAS
    + MEMBERS
    + """
lying as (
    select
        unnest([area_code, ward_code]) as member_code,
        facility_id,
        facility_type,
        capacity,
        meets
    from chosen
),

placed as (
    select distinct
        members.area_code,
        lying.facility_id,
        lying.facility_type,
        lying.capacity,
        lying.meets
    from lying
    inner join members using (member_code)
),
"""
)

_COUNTS = (
    _PLACED
    + TYPES
    + PEOPLE
    + """
counted as (
    select
        area_code,
        facility_type,
        count(*) filter (where meets) as facilities,
        count(*) filter (where meets is null) as not_stated,
        count(*) as named,
        sum(capacity) filter (where meets) as capacity,
        count(capacity) filter (where meets) as capacity_known
    from placed
    group by
        area_code,
        facility_type
),

covered as (
    select
        areas.area_code,
        areas.area_order,
        types.facility_type,
        types.type_order,
        coalesce(counted.named > 0 and counted.not_stated = counted.named, false) as is_unknown,
        facility_count.facilities is not null as is_covered,
        coalesce(counted.facilities, 0) as facilities,
        coalesce(counted.not_stated, 0) as not_stated,
        counted.capacity,
        coalesce(counted.capacity_known, 0) as capacity_known
    from areas
    cross join types
    left join facility_count
        on
            facility_count.area_code = areas.area_code
            and facility_count.facility_type = types.facility_type
    left join counted
        on
            counted.area_code = areas.area_code
            and counted.facility_type = types.facility_type
),

final as (
    select
        area.area_code,
        area.name as area_name,
        area.area_type,
        covered.facility_type,
        case
            when covered.is_covered and not covered.is_unknown then covered.facilities
        end::integer as facilities,
        case
            when covered.is_covered and not covered.is_unknown then covered.capacity
        end::integer as capacity,
        case
            when covered.is_covered and not covered.is_unknown then covered.capacity_known
        end::integer as capacity_known,
        case when covered.is_covered then covered.not_stated end::integer as not_stated,
        people.age_75_plus,
        case
            when covered.is_covered and not covered.is_unknown
                then $per * covered.facilities / nullif(people.age_75_plus, 0)
        end as per_10k_75plus
    from covered
    inner join area
        on area.area_code = covered.area_code
    left join people
        on people.area_code = covered.area_code
    order by
        covered.area_order,
        covered.type_order
)

select * from final
"""
)

_DISTINCT = (
    _PLACED  # noqa: S608
    + """
covered as (
    select area_code
    from facility_count
    where list_contains($facility_types, facility_type)
    group by area_code
    having count(distinct facility_type) = len($facility_types)
),

counted as (
    select
        area_code,
        count(distinct facility_id) as facilities
    from placed
    where meets
    group by area_code
),

final as (
    select
        areas.area_code,
        coalesce(counted.facilities, 0) as facilities
    from areas
    inner join covered
        on covered.area_code = areas.area_code
    left join counted
        on counted.area_code = areas.area_code
    order by areas.area_order
)

select * from final
"""
)


def narrowed_counts(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    facility_types: Sequence[str],
    edition: str,
    year: int,
    per: float,
    filters: Conditions,
    search: str,
) -> pd.DataFrame:
    """Return one row per area and type, counting only facilities that meet the conditions.

    not_stated counts facilities of which the source does not say; where it says it of none,
    facilities is missing, as it is where no source covers the area.
    """
    frame: pd.DataFrame = con.execute(
        _COUNTS,
        {
            **_bound(area_codes, facility_types, filters, search),
            "edition": edition,
            "year": year,
            "per": float(per),
        },
    ).df()
    return frame


def distinct_facilities(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    facility_types: Sequence[str],
    filters: Conditions = (),
    search: str = "",
) -> pd.Series:
    """Return by area how many different facilities offer at least one of the types.

    An area stays out unless every type is covered there. Registers number their facilities
    each in its own way, so that one office counts once within a register.
    """
    bound = _bound(area_codes, facility_types, filters, search)
    frame: pd.DataFrame = con.execute(_DISTINCT, bound).df()
    return frame.set_index("area_code")["facilities"]


def _bound(
    area_codes: Sequence[str], facility_types: Sequence[str], filters: Conditions, search: str
) -> dict[str, object]:
    return {
        "area_code": "00",
        "area_codes": list(area_codes),
        "facility_types": list(facility_types),
        **bound_conditions(filters, search),
    }
