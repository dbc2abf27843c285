"""Which facilities are sought, and where they are taken to stand when ways are measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import duckdb
import pandas as pd

from analytics.facility_conditions import CHOSEN, Conditions, bound_conditions

EVERYWHERE = "00"
# Where people are taken to live: in the middle of all facilities of whatever type, which tells the
# town from the mountains around it, or at the stored point inside the polygon
Origin = Literal["centre", "inside"]


@dataclass(frozen=True)
class Sought:
    """Ways from the points of an origin to any facility of the types that meets the conditions."""

    types: tuple[str, ...]
    filters: Conditions = ()
    search: str = ""
    origin: Origin = "centre"


# Each facility once; without coordinates of its own it stands at the point of its ward or
# municipality. The capacity is that of the type asked for, where one alone is.
_PLACES = (
    CHOSEN
    + """
once as (
    select
        facility_id,
        arg_min(name, facility_type) as name,
        arg_min(area_code, facility_type) as area_code,
        arg_min(ward_code, facility_type) as ward_code,
        arg_min(lon, facility_type) filter (where location_quality = 'exact') as own_lon,
        arg_min(lat, facility_type) filter (where location_quality = 'exact') as own_lat,
        max(capacity) as capacity
    from chosen
    where meets
    group by facility_id
),

final as (
    select
        once.facility_id,
        once.name,
        once.area_code,
        once.ward_code,
        municipality.name as area_name,
        coalesce(once.own_lon, ward.lon, municipality.lon) as lon,
        coalesce(once.own_lat, ward.lat, municipality.lat) as lat,
        once.own_lon is null as is_at_point,
        once.capacity
    from once
    left join area as municipality
        on municipality.area_code = once.area_code
    left join area as ward
        on ward.area_code = once.ward_code
    order by once.facility_id
)

select * from final
"""
)

_STATED = (
    CHOSEN
    + """
final as (
    select
        count(distinct facility_id) filter (where meets is not null) as stated,
        count(distinct facility_id) filter (where meets is null) as unstated
    from chosen
)

select * from final
"""
)


_SILENT = (
    CHOSEN
    + """
final as (
    select
        area_code,
        ward_code,
        count(*) as facilities
    from chosen
    where meets is null
    group by all
)

select * from final
"""
)


def conditions_stated(con: duckdb.DuckDBPyConnection, *, sought: Sought) -> tuple[int, int]:
    """Return of how many facilities it is known whether they meet the conditions, and not known."""
    row = con.execute(_STATED, _bound(sought)).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def areas_with_silence(con: duckdb.DuckDBPyConnection, *, sought: Sought) -> set[str]:
    """Return the areas with a facility of which it is not known whether it meets the conditions."""
    rows = con.execute(_SILENT, _bound(sought)).fetchall()
    return {code for *codes, _ in rows for code in codes if code is not None}


def _bound(sought: Sought) -> dict[str, object]:
    return {
        "area_code": EVERYWHERE,
        "facility_types": list(sought.types),
        **bound_conditions(sought.filters, sought.search),
    }


def facility_places(con: duckdb.DuckDBPyConnection, *, sought: Sought) -> pd.DataFrame:
    """Return every facility that is sought once, in all areas, with the place it is taken to have.

    is_at_point marks those that stand at the point of their ward or municipality.
    """
    frame: pd.DataFrame = con.execute(_PLACES, _bound(sought)).df()
    return frame.astype({"capacity": "float64", "lon": "float64", "lat": "float64"})


def beside_people(places: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return the facilities that have a place; those known by area alone stand at its point."""
    spots = points.set_index("point_code")[["lon", "lat"]]
    at = places["ward_code"].fillna(places["area_code"])
    moved = places.copy()
    for column in ("lon", "lat"):
        spot = at.map(spots[column])
        moved[column] = spot.where(places["is_at_point"] & spot.notna(), places[column])
    return moved.dropna(subset=["lon", "lat"])
