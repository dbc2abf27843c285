"""Municipalities without a single facility of a kind, and how far their neighbours' are."""

from __future__ import annotations

import duckdb
import pandas as pd

from analytics.denominators import Denominator
from analytics.reach import NOT_COVERED, area_reach
from analytics.reach_places import Sought, areas_with_silence, facility_places
from analytics.scope import Scope, part_codes

GROUND_LEVELS = ("municipality", "ward")
PRESENT, ABSENT, UNKNOWN = "present", "absent", "unknown"

_NEIGHBOURS = """
with final as (
    select
        area_neighbour.area_code,
        area_neighbour.neighbour_code,
        area.name as neighbour_name
    from area_neighbour
    inner join area
        on area.area_code = area_neighbour.neighbour_code
    where area.valid_to is null
    order by
        area_neighbour.area_code,
        area_neighbour.neighbour_code
)

select * from final
"""


def ground_scope(scope: Scope) -> Scope:
    """Return the scope with the parts that can be without: municipalities, or wards of a city."""
    if scope.level in GROUND_LEVELS:
        return scope
    return Scope(scope.parent_code, scope.parent_name, "municipality", None)


def blank_areas(
    con: duckdb.DuckDBPyConnection,
    *,
    scope: Scope,
    sought: Sought,
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return every municipality or ward of the scope and whether it has a facility that is sought.

    Columns of area_reach, and facilities (distinct; missing where no source covers the area),
    state (present, absent or unknown) and neighbours (names of municipalities across a common
    border, in any prefecture, that have one). A facility stands where its address says, also
    without coordinates. Where the only ones do not state what is asked for, nothing is known.
    """
    codes = tuple(part_codes(con, scope=scope))
    reach = area_reach(con, area_codes=codes, sought=sought, denominator=denominator)
    places = facility_places(con, sought=sought)
    held = pd.concat([places["area_code"], places["ward_code"].dropna()]).value_counts()
    facilities = reach["area_code"].map(held).fillna(0)
    is_silent = reach["area_code"].isin(areas_with_silence(con, sought=sought)) & (facilities == 0)
    is_unknown = (reach["reason"] == NOT_COVERED) | is_silent
    facilities = facilities.mask(is_unknown)
    state = pd.Series(ABSENT, index=reach.index).mask(facilities > 0, PRESENT)
    neighbours = neighbours_with(con, held)
    return reach.assign(
        facilities=facilities,
        state=state.mask(is_unknown, UNKNOWN),
        neighbours=[neighbours.get(code, "") for code in reach["area_code"]],
    )


def neighbours_with(con: duckdb.DuckDBPyConnection, held: pd.Series) -> dict[str, str]:
    """Return by area the names of the neighbours that have a facility."""
    pairs: pd.DataFrame = con.execute(_NEIGHBOURS).df()
    having = pairs[pairs["neighbour_code"].isin(held.index)]
    return {
        str(code): "、".join(names) for code, names in having.groupby("area_code")["neighbour_name"]
    }
