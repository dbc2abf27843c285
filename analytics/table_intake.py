"""What an uploaded table is held against, and what it would change of what the pages show."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from duckdb import DuckDBPyConnection

_PUBLISHED = """
with final as (
    select
        area_code,
        measure_id,
        period,
        value,
        status
    from measure
    where measure_id in (select unnest($measures))
)
select * from final
"""

_MEMBERSHIPS = """
with final as (
    select
        area_membership.area_code,
        area_membership.parent_type,
        area_membership.valid_from,
        area_membership.valid_to,
        area.name as parent_name,
        area_membership.parent_area_code
    from area_membership
    inner join area on area.area_code = area_membership.parent_area_code
    where area_membership.parent_type in (select unnest($types))
)
select * from final
"""

_EFFECT = """
with final as (
    select
        indicator.title,
        observation.period,
        count(*) filter (where observation.status = 'observed') as areas,
        any_value(observation.value)
            filter (where observation.area_code = $whole) as whole_value
    from observation
    inner join indicator using (indicator_id)
    where observation.indicator_id in (select unnest($indicators))
    group by
        indicator.title,
        observation.period
    order by
        indicator.title,
        observation.period
)
select * from final
"""

_SIZES = """
with final as (
    select
        area_membership.parent_type,
        area.name as title,
        count(*) as areas
    from area_membership
    inner join area on area.area_code = area_membership.parent_area_code
    where area_membership.parent_type in (select unnest($types))
        and area_membership.valid_to is null
    group by all
    order by all
)
select * from final
"""


def published_measures(con: DuckDBPyConnection, *, measures: Sequence[str]) -> pd.DataFrame:
    """Return every published value of some measures."""
    frame: pd.DataFrame = con.execute(_PUBLISHED, {"measures": list(measures)}).df()
    return frame


def published_memberships(con: DuckDBPyConnection, *, types: Sequence[str]) -> pd.DataFrame:
    """Return every membership in areas of some types, with its days and the area's name."""
    frame: pd.DataFrame = con.execute(_MEMBERSHIPS, {"types": list(types)}).df()
    return frame


def indicator_reach(
    con: DuckDBPyConnection, *, indicators: Sequence[str], whole: str
) -> pd.DataFrame:
    """Return by indicator and period how many areas have a value, and that of one area."""
    bound = {"indicators": list(indicators), "whole": whole}
    frame: pd.DataFrame = con.execute(_EFFECT, bound).df()
    return frame


def zone_sizes(con: DuckDBPyConnection, *, types: Sequence[str]) -> pd.DataFrame:
    """Return the areas of some types with how many members each has today."""
    frame: pd.DataFrame = con.execute(_SIZES, {"types": list(types)}).df()
    return frame
