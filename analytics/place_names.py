"""The prefecture of every area inside one, to tell places of the same name apart."""

from __future__ import annotations

import duckdb
import pandas as pd

# The one prefecture in which an area lies, where it lies in no other.
HOME = """
home as (
    select
        area_code,
        min(parent_area_code) as prefecture_code
    from area_membership
    where parent_type = 'prefecture' and valid_to is null
    group by area_code
    having count(*) = 1
),
"""

_HOMES = (
    "with"
    + HOME
    + """
final as (
    select
        area.area_code,
        prefecture.name as prefecture_name
    from area
    left join home using (area_code)
    join area as prefecture
        on
            prefecture.area_type = 'prefecture'
            and prefecture.area_code = case
                when regexp_full_match(area.area_code, '[0-9]{5}') then area.area_code[1:2]
                else home.prefecture_code
            end
    order by area.area_code
)
select * from final
"""
)


def homes_of_areas(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return area_code and prefecture_name of every area that lies in one prefecture."""
    found: pd.DataFrame = con.execute(_HOMES).df()
    return found
