"""The look-ups over the areas of a generation, as a build has them over its raw files."""

from __future__ import annotations

import duckdb

from data.harmonise.area_index import AreaIndex
from data.harmonise.names import fold_name

_PLACES = """
with final as (
    select
        area.area_code,
        area.area_type,
        area.name,
        '' as district,
        city.parent_area_code as city_code,
        prefecture.name as prefecture_name,
        area.valid_to
    from area
    left join area as prefecture
        on prefecture.area_code = left(area.area_code, 2)
    left join area_membership as city
        on city.area_code = area.area_code and city.parent_type = 'designated_city'
    where area.area_type in ('municipality', 'designated_city', 'ward')
)
select * from final
"""

_ZONES = """
select distinct parent_area_code
from area_membership
where valid_to is null
"""

_INSURERS = """
with final as (
    select
        substr(area_code, 5, 2) as prefecture,
        name,
        area_code
    from area
    where area_type = 'insurer' and valid_to is null
)
select * from final
"""


def area_index(con: duckdb.DuckDBPyConnection) -> AreaIndex:
    """Return the areas of a generation, to be found by a code of any year."""
    places = con.execute(_PLACES).df().astype({"valid_to": "object"})
    places["city_code"] = places["city_code"].astype("object").fillna("")
    changes = con.execute("select * from area_change order by changed_on").df()
    zones = frozenset(code for (code,) in con.execute(_ZONES).fetchall())
    insurers = {
        (prefecture, fold_name(name)): code
        for prefecture, name, code in con.execute(_INSURERS).fetchall()
    }
    return AreaIndex(places=places, changes=changes, zones=zones, insurers=insurers)
