"""The facilities themselves: points, lists, and how well they are located."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd

from analytics.facility_conditions import CHOSEN, Conditions, bound_conditions

_POINTS = (
    CHOSEN
    + """
final as (
    select
        chosen.facility_id,
        chosen.facility_type,
        chosen.name,
        chosen.area_code,
        chosen.lon,
        chosen.lat,
        chosen.address,
        chosen.capacity,
        source.vintage
    from chosen
    left join source
        on source.source_id = chosen.source_id
    where
        chosen.meets
        and chosen.location_quality = 'exact'
    order by
        chosen.facility_type,
        chosen.facility_id
)

select * from final
"""
)

_LOCATIONS = (
    CHOSEN
    + """
final as (
    select
        facility_type,
        count(*) filter (where meets) as facilities,
        count(*) filter (where meets and location_quality = 'exact') as drawn,
        count(*) filter (where meets and location_quality = 'out_of_range') as out_of_range,
        count(*) filter (where meets and location_quality = 'missing') as missing,
        count(*) filter (where meets and location_quality = 'area_only') as area_only,
        count(*) filter (where meets is null) as not_stated
    from chosen
    group by facility_type
    order by facility_type
)

select * from final
"""
)

_LIST = (
    CHOSEN  # noqa: S608
    + """
services as (
    select
        facility_id,
        list(facility_type order by facility_type) as all_types
    from facility
    where facility_id in (select chosen.facility_id from chosen)
    group by facility_id
),

final as (
    select
        chosen.facility_id,
        chosen.facility_type,
        services.all_types,
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
    inner join services
        on services.facility_id = chosen.facility_id
    left join area
        on area.area_code = chosen.area_code
    left join source
        on source.source_id = chosen.source_id
    where
        chosen.meets
        and ($with_points or chosen.location_quality <> 'exact')
    order by
        chosen.facility_type,
        chosen.area_code,
        chosen.facility_id
)

select * from final
"""
)


def facility_points(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    facility_types: Sequence[str],
    filters: Conditions = (),
    search: str = "",
) -> pd.DataFrame:
    """Return the facilities of an area whose coordinates agree with their address."""
    return _within(con, _POINTS, area_code, facility_types, filters, search)


def location_quality(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    facility_types: Sequence[str],
    filters: Conditions = (),
    search: str = "",
) -> pd.DataFrame:
    """Return per type how many facilities there are, and how many have which kind of location."""
    return _within(con, _LOCATIONS, area_code, facility_types, filters, search)


def facility_list(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    facility_types: Sequence[str],
    filters: Conditions = (),
    search: str = "",
    with_points: bool = True,
) -> pd.DataFrame:
    """Return every facility of an area with its address, source and row in the source.

    all_types are the services under which its register lists it, chosen or not. Those that can be
    drawn as points are left out when they are not asked for.
    """
    further = {"with_points": with_points}
    frame = _within(con, _LIST, area_code, facility_types, filters, search, further)
    frame["all_types"] = [tuple(types) for types in frame["all_types"]]
    return frame


def _within(
    con: duckdb.DuckDBPyConnection,
    query: str,
    area_code: str,
    facility_types: Sequence[str],
    filters: Conditions,
    search: str,
    further: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    bound = {
        "area_code": area_code,
        "facility_types": list(facility_types),
        **bound_conditions(filters, search),
        **(further or {}),
    }
    frame: pd.DataFrame = con.execute(query, bound).df()
    return frame
