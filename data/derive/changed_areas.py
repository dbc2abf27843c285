"""Which areas have other figures once memberships change, by what these follow from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from data.derive.parts import list_parts
from data.derive.redrawn import redrawn_areas

# what the figures of an area follow from, the column that names it, and which rows count
_FOLLOWED = {
    "area": ("area_code", "area_code", "true"),
    "area_part": ("area_code", "*", "true"),
    "area_descendant": ("ancestor_code", "*", "level in ('municipality', 'ward', 'prefecture')"),
}

# Where a list of facilities is about an area, it counts for whoever lies in it.
_COVERED = """
insert into changed_area
with moved as (
    (from area_descendant except from area_descendant_before)
    union all
    (from area_descendant_before except from area_descendant)
),
final as (
    select distinct
        descendant_code as area_code,
        false as is_regrouped
    from moved
    where ancestor_code in (
        select area_code from source_coverage where subject in (select unnest($facility_types))
    )
)
select * from final
anti join changed_area using (area_code)
"""

# Zones inside an area are no part of its figures, but where few persons are counted in one of
# them, those of the whole are not shown.
_REGROUPED = ("ancestor_code", "*", "true")

_REACHED = """
insert into changed_area
with recursive reached as (
    select area_code from changed_area where is_regrouped = $is_regrouped
    union
    select area_part.area_code
    from area_part
    inner join reached on area_part.part_code = reached.area_code
),
final as (
    select
        area_code,
        $is_regrouped as is_regrouped
    from reached
)
select * from final
anti join changed_area using (area_code)
"""


@dataclass(frozen=True)
class Before:
    """That the tables were remembered as they stood, and when larger areas had been redrawn."""

    redrawn: dict[str, date]


def remember(con: duckdb.DuckDBPyConnection) -> Before:
    """Keep, as temporary tables, what the figures of areas follow from."""
    list_parts(con)
    for table, (_, columns, _) in _FOLLOWED.items():
        con.execute(f"create or replace temp table {table}_before as select {columns} from {table}")  # noqa: S608
    con.execute("drop table area_part")
    return Before(redrawn_areas(con))


def note_changed_areas(
    con: duckdb.DuckDBPyConnection, *, before: Before, facility_types: Iterable[str]
) -> None:
    """Create the temporary table changed_area, once parts are listed anew, and forget the rest.

    An area is in it when anything that its figures follow from is not as it was, and so is
    every area of which it is a part. is_regrouped where only other zones lie in it: its figures
    are what they were, but for those of few persons.
    """
    con.execute(
        "create or replace temp table changed_area (area_code varchar, is_regrouped boolean)"
    )
    for table, (code, columns, counted) in _FOLLOWED.items():
        con.execute(_differing(table, code, columns, counted), {"is_regrouped": False})
    now = redrawn_areas(con)
    days = {area for area, _ in now.items() ^ before.redrawn.items()}
    con.execute(
        "insert into changed_area select unnest($areas::varchar[]), false", {"areas": list(days)}
    )
    con.execute(_COVERED, {"facility_types": list(facility_types)})
    con.execute(_REACHED, {"is_regrouped": False})
    con.execute(_differing("area_descendant", *_REGROUPED), {"is_regrouped": True})
    con.execute(_REACHED, {"is_regrouped": True})
    for table in _FOLLOWED:
        con.execute(f"drop table temp.{table}_before")


def _differing(table: str, code: str, columns: str, counted: str) -> str:
    """Return the statement that adds the areas of rows that only one of the two tables has."""
    return f"""
insert into changed_area
with own as (
    (
        select {columns} from {table} where {counted}
        except all
        from {table}_before where {counted}
    )
    union all
    (
        from {table}_before where {counted}
        except all
        select {columns} from {table} where {counted}
    )
),
final as (
    select distinct
        {code} as area_code,
        $is_regrouped as is_regrouped
    from own
)
select * from final
anti join changed_area using (area_code)
"""  # noqa: S608 (names of the table above)
