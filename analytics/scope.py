"""Among which areas an area stands, and what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

NATION = "00"
_LEVEL_OF_TYPE = {"designated_city": "municipality"}


@dataclass(frozen=True)
class Scope:
    """The parts of an area on one level; own_code is the area itself when it is one of them."""

    parent_code: str
    parent_name: str
    level: str
    own_code: str | None


_AREA = """
select
    area_type,
    name
from area
where area_code = $area_code
"""

_HAS_PARTS = """
select count(*) > 0
from area_descendant
where
    ancestor_code = $area_code
    and level = $level
    and valid_to is null
"""

_PARENTS = """
with candidates as (
    select
        area.area_code,
        area.name,
        case area.area_type
            when 'designated_city' then 1
            when 'prefecture' then 2
            when 'nation' then 3
        end as distance
    from area_descendant
    inner join area
        on area.area_code = area_descendant.ancestor_code
    where
        area_descendant.descendant_code = $area_code
        and area_descendant.valid_to is null
        and area.area_type in ('designated_city', 'prefecture', 'nation')
),

final as (
    select
        area_code,
        name
    from candidates
    order by distance
)

select * from final
"""


_PARTS = """
with final as (
    select distinct area.area_code
    from area_descendant
    inner join area
        on area.area_code = area_descendant.descendant_code
    where
        area_descendant.ancestor_code = $parent_code
        and area_descendant.level = $level
        and area_descendant.valid_to is null
        and area.valid_to is null
    order by area.area_code
)

select * from final
"""


def scope_of(con: duckdb.DuckDBPyConnection, *, area_code: str, level: str) -> Scope:
    """Return the parts of the area on the level, or its siblings where it has no such parts."""
    found = con.execute(_AREA, {"area_code": area_code}).fetchone()
    area_type, name = found if found else ("", area_code)
    parts = con.execute(_HAS_PARTS, {"area_code": area_code, "level": level}).fetchone()
    if parts and parts[0]:
        return Scope(area_code, name, level, None)
    own_level = _LEVEL_OF_TYPE.get(area_type, area_type)
    parent = con.execute(_PARENTS, {"area_code": area_code}).fetchone()
    if parent is None:
        return Scope(area_code, name, level, None)
    return Scope(parent[0], parent[1], own_level, area_code)


def sibling_scope(con: duckdb.DuckDBPyConnection, *, area_code: str) -> Scope:
    """Return the area among those of its own level in its city, prefecture or the nation."""
    return scope_of(con, area_code=area_code, level="")


def benchmark_codes(con: duckdb.DuckDBPyConnection, *, parent_code: str) -> list[str]:
    """Return the areas to compare with: nation, prefecture, then the parent itself."""
    larger = [code for code, _ in con.execute(_PARENTS, {"area_code": parent_code}).fetchall()]
    codes = [NATION, *reversed([code for code in larger if code != NATION]), parent_code]
    return list(dict.fromkeys(codes))


def part_codes(con: duckdb.DuckDBPyConnection, *, scope: Scope) -> list[str]:
    """Return the codes of today's parts, in order."""
    bound = {"parent_code": scope.parent_code, "level": scope.level}
    return [row[0] for row in con.execute(_PARTS, bound).fetchall()]


def codes_in_view(con: duckdb.DuckDBPyConnection, *, scope: Scope) -> list[str]:
    """Return the larger areas to compare with, and then the parts."""
    larger = benchmark_codes(con, parent_code=scope.parent_code)
    return list(dict.fromkeys([*larger, *part_codes(con, scope=scope)]))
