"""Which areas have other figures once memberships change, by what these follow from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from data.derive.parts import list_parts
from data.derive.redrawn import redrawn_areas

# what the figures of an area follow from, and the column that names it
_FOLLOWED = {
    "area": ("area_code", "area_code"),
    "area_part": ("area_code", "*"),
    "area_descendant": ("ancestor_code", "*"),
    "population_total": ("area_code", "*"),
    "facility_count": ("area_code", "*"),
}

_REACHED = """
insert into changed_area
with recursive reached as (
    select area_code from changed_area
    union
    select area_part.area_code
    from area_part
    inner join reached on area_part.part_code = reached.area_code
),
final as (
    select area_code from reached
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
    for table, (_, columns) in _FOLLOWED.items():
        con.execute(f"create or replace temp table {table}_before as select {columns} from {table}")  # noqa: S608
    con.execute("drop table area_part")
    return Before(redrawn_areas(con))


def note_changed_areas(con: duckdb.DuckDBPyConnection, *, before: Before) -> None:
    """Create the temporary table changed_area, once sums are made anew, and forget the rest.

    An area is in it when anything that its figures follow from is not as it was, and so is
    every area of which it is a part.
    """
    con.execute("create or replace temp table changed_area (area_code varchar)")
    for table, (code, columns) in _FOLLOWED.items():
        con.execute(_differing(table, code, columns))
    now = redrawn_areas(con)
    days = {area for area, _ in now.items() ^ before.redrawn.items()}
    con.execute("insert into changed_area select unnest($areas::varchar[])", {"areas": list(days)})
    con.execute(_REACHED)
    for table in _FOLLOWED:
        con.execute(f"drop table temp.{table}_before")


def _differing(table: str, code: str, columns: str) -> str:
    """Return the statement that adds the areas of rows that only one of the two tables has."""
    return f"""
insert into changed_area
with own as (
    (select {columns} from {table} except all from {table}_before)
    union all
    (from {table}_before except all select {columns} from {table})
),
final as (
    select distinct {code} as area_code from own
)
select * from final
anti join changed_area using (area_code)
"""  # noqa: S608 (names of the table above)
