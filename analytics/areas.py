"""Areas: finding one, what lies inside it, what it lies in."""

from __future__ import annotations

import unicodedata

import duckdb
import pandas as pd

# Larger first; the order in which levels are offered.
LEVEL_ORDER = (
    "nation",
    "prefecture",
    "secondary_medical_area",
    "planning_area",
    "elderly_welfare_area",
    "health_center_area",
    "home_medical_area",
    "insurer",
    "municipality",
    "ward",
    "projection_region",
)

_AREA = """
with home as (
    select
        area_code,
        parent_area_code as prefecture_code
    from area_membership
    where parent_type = 'prefecture' and valid_to is null
),
final as (
    select
        area.area_code,
        area.name,
        area.name_kana,
        area.area_type,
        area.valid_to,
        case
            when area.area_type = 'prefecture' then area.area_code
            when regexp_full_match(area.area_code, '[0-9]{5}') then area.area_code[1:2]
            else home.prefecture_code
        end as prefecture_code,
        prefecture.name as prefecture_name
    from area
    left join home using (area_code)
    left join area as prefecture
        on
            prefecture.area_type = 'prefecture'
            and prefecture.area_code = coalesce(home.prefecture_code, area.area_code[1:2])
    where area.area_code = $area_code
)
select * from final
"""

_SUCCESSOR = """
with step as (
    select
        new_code,
        changed_on,
        reason
    from area_change
    where old_code = $area_code and new_code != old_code
),
final as (
    select
        step.new_code as area_code,
        area.name,
        step.changed_on,
        step.reason
    from step
    join area on area.area_code = step.new_code and area.valid_to is null
    where (select count(*) from step) = 1
)
select * from final
"""

_LEVELS = """
with final as (
    select
        level,
        count(*) as areas
    from area_descendant
    where ancestor_code = $area_code and valid_to is null
    group by level
)
select * from final
"""

_INSIDE = """
with final as (
    select
        area.area_code,
        area.name as area_name,
        area.name_kana,
        area.area_type
    from area_descendant as inside
    join area on area.area_code = inside.descendant_code
    where
        inside.ancestor_code = $area_code
        and inside.level = $level
        and inside.valid_to is null
        and area.valid_to is null
    order by area.area_code
)
select * from final
"""

_PARENTS = """
with final as (
    select
        parent.area_code,
        parent.name as area_name,
        parent.area_type
    from area_membership as member
    join area as parent on parent.area_code = member.parent_area_code
    where member.area_code = $area_code and member.valid_to is null and parent.valid_to is null
    order by parent.area_code
)
select * from final
"""

_SEARCH = """
with places as (
    select
        area.area_code,
        area.name as area_name,
        area.name_kana,
        area.area_type,
        prefecture.name as prefecture_name
    from area
    left join area as prefecture
        on prefecture.area_code = area.area_code[1:2] and prefecture.area_type = 'prefecture'
    where
        area.valid_to is null
        and (
            contains(area.name, $text)
            or contains(coalesce(area.name_kana, ''), $kana)
            or area.area_code = $text
        )
),
final as (
    select
        area_code,
        area_name,
        name_kana,
        area_type,
        prefecture_name
    from places
    order by
        (area_name = $text) desc,
        (starts_with(area_name, $text) or starts_with(coalesce(name_kana, ''), $kana)) desc,
        length(area_code),
        area_code
    limit $limit
)
select * from final
"""


def find_area(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return the area with its prefecture, or no row when the code is unknown."""
    found: pd.DataFrame = con.execute(_AREA, {"area_code": area_code}).df()
    return found


def successor(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return the one area that an abolished area became, or no row."""
    found: pd.DataFrame = con.execute(_SUCCESSOR, {"area_code": area_code}).df()
    return found


def levels_inside(con: duckdb.DuckDBPyConnection, *, area_code: str) -> tuple[str, ...]:
    """Return the levels of which the area has parts, larger first."""
    found = set(con.execute(_LEVELS, {"area_code": area_code}).df()["level"])
    return tuple(level for level in LEVEL_ORDER if level in found)


def areas_inside(con: duckdb.DuckDBPyConnection, *, area_code: str, level: str) -> pd.DataFrame:
    """Return the areas of a level inside an area, in the order of their codes."""
    found: pd.DataFrame = con.execute(_INSIDE, {"area_code": area_code, "level": level}).df()
    return found


def parents_of(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return the areas in which an area lies."""
    found: pd.DataFrame = con.execute(_PARENTS, {"area_code": area_code}).df()
    return found


def hiragana(text: str) -> str:
    """Return a reading in hiragana, so that katakana of any width finds it."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in folded)


def search_areas(con: duckdb.DuckDBPyConnection, *, text: str, limit: int = 20) -> pd.DataFrame:
    """Return areas whose name or reading contains the text, best match first."""
    name = unicodedata.normalize("NFKC", text).strip()
    if not name:
        return pd.DataFrame(columns=["area_code", "area_name", "name_kana", "area_type"])
    values = {"text": name, "kana": hiragana(name), "limit": limit}
    found: pd.DataFrame = con.execute(_SEARCH, values).df()
    return found
