"""Facilities of an area that meet conditions; what a source does not state is never a no."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.name_search import search_pattern
from data.catalogue import load_catalogue

Conditions = tuple[tuple[str, str], ...]
CAPACITY = "capacity"
CAPACITY_BANDS = ("1-9", "10-19", "20-29", "30-49", "50-99", "100-199", "200-")
# Facts that tell one facility from another rather than kinds of facility.
NAMING = ("corporation", "corporation_number", "name_kana")

# For queries that bind area_code, facility_types and what bound_conditions returns.
# chosen: the facilities of the area and types whose name matches, with meets: true, false, or
# null where the answer hangs on a fact that the source does not state. Conditions with the same
# key are alternatives; those with different keys must all hold.
CHOSEN = """
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

asked as (
    select
        unnest($keys::varchar[]) as key,
        unnest($values::varchar[]) as value
),

wanted as (
    select
        key,
        list(value) as wanted
    from asked
    group by key
),

named as (
    select facility.*
    from facility
    where
        list_contains($facility_types, facility.facility_type)
        and (
            $area_code = '00'
            or facility.area_code in (from municipalities)
            or facility.ward_code = $area_code
        )
        and (
            $pattern = ''
            or regexp_matches(
                concat_ws(
                    '|',
                    facility.name,
                    facility.attributes ->> 'name_kana',
                    facility.attributes ->> 'corporation'
                ),
                $pattern
            )
        )
),

facts as (
    select
        named.facility_id,
        named.facility_type,
        wanted.key,
        wanted.wanted,
        case
            when wanted.key = 'capacity' then named.capacity::varchar::json
            else json_extract(named.attributes, '$.' || wanted.key)
        end as fact
    from named
    cross join wanted
),

stated as (
    select
        facility_id,
        facility_type,
        key,
        wanted,
        case
            when fact is null or json_type(fact) = 'NULL' then null
            when key = 'capacity' then
                [
                    case
                        when fact::integer < 10 then '1-9'
                        when fact::integer < 20 then '10-19'
                        when fact::integer < 30 then '20-29'
                        when fact::integer < 50 then '30-49'
                        when fact::integer < 100 then '50-99'
                        when fact::integer < 200 then '100-199'
                        else '200-'
                    end
                ]
            when json_type(fact) = 'ARRAY' then fact::varchar[]
            when json_type(fact) = 'OBJECT' then
                list_filter(json_keys(fact), lambda kind: (fact ->> kind)::double > 0)
            else [fact ->> '$']
        end as stated
    from facts
),

verdict as (
    select
        facility_id,
        facility_type,
        case
            when bool_or(not list_has_any(stated, wanted)) then false
            when bool_or(stated is null) then null
            else true
        end as meets
    from stated
    group by
        facility_id,
        facility_type
),

chosen as (
    select
        named.*,
        case when len($keys) = 0 then true else verdict.meets end as meets
    from named
    left join verdict
        on
            verdict.facility_id = named.facility_id
            and verdict.facility_type = named.facility_type
),
"""

_STATED = (
    CHOSEN
    + """
each as (
    select
        facility_id,
        key,
        unnest(stated) as value
    from stated
),

final as (
    select
        key,
        value,
        count(distinct facility_id) as facilities
    from each
    group by
        key,
        value
    order by
        key,
        value
)

select * from final
"""
)


def bound_conditions(filters: Conditions, search: str) -> dict[str, object]:
    """Return the values that CHOSEN binds for the conditions and the part of a name."""
    return {
        "keys": [key for key, _ in filters],
        "values": [value for _, value in filters],
        "pattern": search_pattern(search),
    }


def condition_keys(facility_types: Sequence[str]) -> list[str]:
    """Return the facts that the catalogue knows of the types and that sort facilities by kind."""
    entries = [load_catalogue().facility_types[key] for key in facility_types]
    keys = [key for entry in entries for key in entry.attributes if key not in NAMING]
    sized = [CAPACITY] if any(entry.has_capacity for entry in entries) else []
    return list(dict.fromkeys([*keys, *sized]))


def values_stated(
    con: duckdb.DuckDBPyConnection, *, area_code: str, facility_types: Sequence[str]
) -> pd.DataFrame:
    """Return what the facilities of an area state: key, value and distinct facilities.

    Capacities are sorted into CAPACITY_BANDS.
    """
    asked = tuple((key, "") for key in condition_keys(facility_types))
    frame: pd.DataFrame = con.execute(
        _STATED,
        {
            "area_code": area_code,
            "facility_types": list(facility_types),
            **bound_conditions(asked, ""),
        },
    ).df()
    return frame
