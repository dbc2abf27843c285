"""Facilities by area and type: zero only where a source covers the area."""

from __future__ import annotations

import duckdb

from data.derive.parts import WITHOUT_RESIDENTS

_COVERED = """
create or replace temp table facility_area as
with subject as (
    select distinct
        source_coverage.subject as facility_type,
        source_coverage.area_code
    from source_coverage
    where source_coverage.subject in (select unnest($facility_types))
),
spread as (
    select
        facility_type,
        area_code
    from subject
    union
    select
        subject.facility_type,
        area_descendant.descendant_code
    from subject
    inner join area_descendant on subject.area_code = area_descendant.ancestor_code
    where area_descendant.valid_to is null
),
final as (
    select
        spread.facility_type,
        spread.area_code,
        area.area_type
    from spread
    inner join area using (area_code)
    where area.valid_to is null
        and area.area_type in ('municipality', 'designated_city', 'ward')
        and area.area_code not in (select unnest($without_residents))
)
select * from final
"""

_COUNTS = """
insert into quantity
with placed as (
    select
        facility_id,
        facility_type,
        capacity,
        unnest([area_code, ward_code]) as area_code
    from facility
),
once as (
    select
        area_code,
        facility_type,
        facility_id,
        max(capacity) as capacity
    from placed
    where area_code is not null
    group by all
),
counted as (
    select
        facility_area.area_code,
        facility_area.facility_type,
        count(once.facility_id)::double as facilities,
        coalesce(sum(once.capacity), 0)::double as capacity,
        count(once.capacity)::double as capacity_known
    from facility_area
    left join once using (area_code, facility_type)
    group by all
),
long as (
    unpivot counted on facilities, capacity, capacity_known into name item value value
),
final as (
    select
        area_code,
        'facility:' || facility_type as subject,
        item,
        '' as period,
        value,
        'source' as basis
    from long
)
select * from final
"""

_WRITE = """
insert into facility_count
with wide as (
    select
        area_code,
        split_part(subject, ':', 2) as facility_type,
        max(value) filter (where item = 'facilities') as facilities,
        max(value) filter (where item = 'capacity') as capacity,
        max(value) filter (where item = 'capacity_known') as capacity_known
    from quantity
    where subject like 'facility:%'
    group by all
),
final as (
    select
        area_code,
        facility_type,
        facilities::integer as facilities,
        case when capacity_known > 0 then capacity::integer end as capacity,
        capacity_known::integer as capacity_known
    from wide
)
select * from final
order by facility_type, area_code
"""


def add_facility_counts(con: duckdb.DuckDBPyConnection, *, facility_types: tuple[str, ...]) -> None:
    """Put the facilities of every covered municipality and ward into quantity."""
    con.execute(
        _COVERED,
        {
            "facility_types": list(facility_types),
            "without_residents": list(WITHOUT_RESIDENTS),
        },
    )
    con.execute(_COUNTS)


def write_facility_counts(con: duckdb.DuckDBPyConnection) -> None:
    """Fill facility_count from quantity, after it has been summed upwards."""
    con.execute(_WRITE)
