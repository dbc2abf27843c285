"""Where people are taken to live when ways are measured: one point per municipality or ward."""

from __future__ import annotations

import duckdb
import pandas as pd

from analytics.asked import AREAS, MEMBERS
from analytics.denominators import PEOPLE, Denominator, bound_denominator
from analytics.reach_places import Sought, conditions_stated
from data.derive.parts import WITHOUT_RESIDENTS

# With fewer facilities the middle of them is no place where people live
LEAST_FOR_CENTRE = 3

# One point per municipality, per ward in designated cities. People of a city of which not every
# ward is counted are spread evenly over its wards.
_POINTS = (
    "with"  # noqa: S608
    + PEOPLE
    + """
municipalities as (
    select
        area_code,
        lon,
        lat
    from area
    where
        area_type in ('municipality', 'designated_city')
        and valid_to is null
        and area_code not in (select unnest($without_residents))
),

wards as (
    select
        inside.ancestor_code as municipality_code,
        inside.descendant_code as point_code
    from area_descendant as inside
    inner join municipalities
        on municipalities.area_code = inside.ancestor_code
    inner join area as ward
        on ward.area_code = inside.descendant_code
    where
        inside.level = 'ward'
        and inside.valid_to is null
        and ward.valid_to is null
),

points as (
    select
        point_code,
        municipality_code
    from wards
    union all
    select
        area_code as point_code,
        area_code as municipality_code
    from municipalities
    where area_code not in (select municipality_code from wards)
),

covered as (
    select
        area_code,
        count(distinct facility_type) = len($facility_types) as is_covered
    from facility_count
    where list_contains($facility_types, facility_type)
    group by area_code
),

middles as (
    select
        coalesce(ward_code, area_code) as point_code,
        median(lon) as lon,
        median(lat) as lat
    from facility
    where
        location_quality = 'exact'
        and $origin = 'centre'
    group by coalesce(ward_code, area_code)
    having count(distinct facility_id) >= $least_for_centre
),

counted as (
    select
        points.*,
        area.name as point_name,
        coalesce(middles.lon, area.lon, municipalities.lon) as lon,
        coalesce(middles.lat, area.lat, municipalities.lat) as lat,
        own.age_75_plus as own_people,
        whole.age_75_plus as all_people,
        count(*) over (partition by points.municipality_code) as points,
        count(own.age_75_plus) over (partition by points.municipality_code) as known,
        coalesce(covered.is_covered, around.is_covered, false) as is_covered
    from points
    inner join area
        on area.area_code = points.point_code
    inner join municipalities
        on municipalities.area_code = points.municipality_code
    left join middles
        on middles.point_code = points.point_code
    left join people as own
        on own.area_code = points.point_code
    left join people as whole
        on whole.area_code = points.municipality_code
    left join covered
        on covered.area_code = points.point_code
    left join covered as around
        on around.area_code = points.municipality_code
),

final as (
    select
        point_code,
        municipality_code,
        point_name,
        lon,
        lat,
        is_covered,
        case when known = points then own_people else all_people / points end as people,
        known < points and all_people is not null as is_spread
    from counted
    order by point_code
)

select * from final
"""
)

_MEMBERS = (
    "with"
    + AREAS
    + MEMBERS
    + """
final as (
    select
        areas.area_code,
        area.name as area_name,
        members.member_code
    from areas
    inner join area
        on area.area_code = areas.area_code
    inner join members
        on members.area_code = areas.area_code
    order by
        areas.area_order,
        members.member_code
)

select * from final
"""
)


def representative_points(
    con: duckdb.DuckDBPyConnection, *, sought: Sought, denominator: Denominator | None
) -> pd.DataFrame:
    """Return a point per municipality or ward: place, people aged 75+, and whether it is covered.

    is_spread marks people who are known for the whole city alone. Where no facility at all states
    what the conditions ask for, nothing is covered.
    """
    values = {
        "facility_types": list(sought.types),
        "without_residents": list(WITHOUT_RESIDENTS),
        "origin": sought.origin,
        "least_for_centre": LEAST_FOR_CENTRE,
        **bound_denominator(denominator),
    }
    frame: pd.DataFrame = con.execute(_POINTS, values).df()
    if sought.filters and not conditions_stated(con, sought=sought)[0]:
        frame["is_covered"] = False
    return frame.astype({"people": "float64", "lon": "float64", "lat": "float64"})


def points_of_areas(
    con: duckdb.DuckDBPyConnection, *, area_codes: tuple[str, ...], points: pd.DataFrame
) -> pd.DataFrame:
    """Return the points of each area: area_code, area_name and the columns of the points."""
    members: pd.DataFrame = con.execute(_MEMBERS, {"area_codes": list(area_codes)}).df()
    of_points = points[["point_code"]].assign(member_code=points["point_code"])
    of_cities = points[["point_code"]].assign(member_code=points["municipality_code"])
    links = pd.concat([of_points, of_cities]).drop_duplicates()
    joined = members.merge(links, on="member_code").drop(columns="member_code")
    return joined.drop_duplicates(["area_code", "point_code"]).merge(points, on="point_code")
