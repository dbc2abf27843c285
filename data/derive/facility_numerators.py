"""Numerators of the facility indicators: distinct facilities, or their capacity."""

from __future__ import annotations

import duckdb

from data.catalogue.indicator import (
    FacilityAbsence,
    FacilityCapacityRate,
    FacilityCount,
    FacilityRate,
    IndicatorEntry,
)

_NUMERATOR = """
insert into quantity
with covered as (
    select area_code
    from facility_area
    where facility_type in (select unnest($facility_types))
    group by area_code
    having count(distinct facility_type) = len($facility_types)
),
placed as (
    select
        facility_id,
        capacity,
        attributes,
        unnest([area_code, ward_code]) as area_code
    from facility
    where facility_type in (select unnest($facility_types))
),
once as (
    select
        area_code,
        facility_id,
        max(capacity) as capacity
    from placed
    where $attribute_key is null
        or json_extract_string(attributes, '$.' || $attribute_key) = $attribute_value
    group by area_code, facility_id
),
final as (
    select
        covered.area_code,
        'numerator' as subject,
        $indicator_id as item,
        $period as period,
        case when $of_capacity
            then coalesce(sum(once.capacity), 0)
            else count(once.facility_id)
        end::double as value,
        'source' as basis
    from covered
    left join once using (area_code)
    group by covered.area_code
    having not $of_capacity or count(once.facility_id) = count(once.capacity)
)
select * from final
"""

FacilityKind = FacilityRate | FacilityCapacityRate | FacilityCount | FacilityAbsence


def add_facility_numerator(
    con: duckdb.DuckDBPyConnection, *, indicator: IndicatorEntry, period: str
) -> None:
    """Put an indicator's facilities (or capacity) of every covered municipality into quantity.

    A municipality in which the capacity of some facility was not entered gets none; where a
    covered one has no facility, its capacity is zero.
    """
    recipe = indicator.recipe
    if not isinstance(recipe, FacilityKind):
        raise TypeError(f"{indicator.key} is not computed from facilities")
    attribute = recipe.attribute if isinstance(recipe, FacilityRate) else None
    con.execute(
        _NUMERATOR,
        {
            "indicator_id": indicator.key,
            "facility_types": recipe.facility_types,
            "period": period,
            "of_capacity": isinstance(recipe, FacilityCapacityRate),
            "attribute_key": attribute.key if attribute else None,
            "attribute_value": str(attribute.value).lower() if attribute else None,
        },
    )
