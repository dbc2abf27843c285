"""Which areas were drawn anew, on which day, and of what they consisted before and after."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

# A municipality that began or ended itself, as a merger makes it, redraws no area.
_REDRAWN = """
with link as (
    select
        area_membership.*,
        coalesce(member.valid_from, date '0001-01-01') as born_on,
        member.name as member_name
    from area_membership
    join area as member using (area_code)
    where
        area_membership.parent_type not in ('nation', 'prefecture', 'designated_city')
        and member.area_type in ('municipality', 'designated_city', 'ward')
        and member.valid_to is null
),
moved as (
    select
        parent_area_code,
        valid_from as changed_on
    from link
    where valid_from > born_on
    union
    select
        parent_area_code,
        valid_to + 1
    from link
    where valid_to is not null
),
seen as (
    select
        moved.parent_area_code,
        moved.changed_on,
        link.area_code,
        link.member_name,
        coalesce(link.valid_from < moved.changed_on, true)
            and coalesce(link.valid_to >= moved.changed_on - 1, true) as was_inside,
        coalesce(link.valid_from <= moved.changed_on, true)
            and coalesce(link.valid_to >= moved.changed_on, true) as is_inside
    from moved
    join link using (parent_area_code)
),
asked as (
    select parent_area_code as area_code
    from area_membership
    where parent_area_code = $area_code or area_code = $area_code
    union
    select area_code
    from area_membership
    where parent_area_code = $area_code
),
final as (
    select
        zone.area_code,
        zone.name as area_name,
        zone.area_type,
        seen.changed_on::date as changed_on,
        count(*) filter (where was_inside)::integer as members_before,
        count(*) filter (where is_inside)::integer as members_after,
        string_agg(member_name, '、' order by seen.area_code) filter (where was_inside) as before,
        string_agg(member_name, '、' order by seen.area_code) filter (where is_inside) as after,
        string_agg(member_name, '、' order by seen.area_code)
            filter (where is_inside and not was_inside) as entered,
        string_agg(member_name, '、' order by seen.area_code)
            filter (where was_inside and not is_inside) as gone
    from seen
    join area as zone on zone.area_code = seen.parent_area_code
    where $area_code = '00' or zone.area_code in (select area_code from asked)
    group by zone.area_code, zone.name, zone.area_type, seen.changed_on
    having count(*) filter (where is_inside != was_inside) > 0
    order by seen.changed_on desc, zone.area_type, zone.area_code
)
select * from final
"""

_COUNTS = """
with days as (
    select unnest($days::date[]) as changed_on
),
zone as (
    select distinct
        area_membership.parent_type,
        area_membership.parent_area_code,
        greatest(area_membership.valid_from, area.valid_from) as valid_from,
        least(area_membership.valid_to, area.valid_to) as valid_to
    from area_membership
    join area on area.area_code = area_membership.parent_area_code
    where area_membership.parent_type in (select unnest($kinds))
),
final as (
    select
        days.changed_on,
        zone.parent_type as area_type,
        count(distinct parent_area_code) filter (
            where coalesce(valid_from < changed_on, true)
                and coalesce(valid_to >= changed_on - 1, true)
        )::integer as areas_before,
        count(distinct parent_area_code) filter (
            where coalesce(valid_from <= changed_on, true)
                and coalesce(valid_to >= changed_on, true)
        )::integer as areas_after
    from days
    cross join zone
    group by days.changed_on, zone.parent_type
    order by days.changed_on desc, zone.parent_type
)
select * from final
"""


def redrawn_zones(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return each day on which an area's members changed, with its members before and after.

    Of the area itself, of those that contain it or lie in it; of all for the nation. before is
    null for a new area, after for one that ended.
    """
    found: pd.DataFrame = con.execute(_REDRAWN, {"area_code": area_code}).df()
    return found


def zone_counts(
    con: duckdb.DuckDBPyConnection, *, days: tuple[str, ...], kinds: tuple[str, ...]
) -> pd.DataFrame:
    """Return how many areas of each kind there were the day before and on each of the days."""
    found: pd.DataFrame = con.execute(_COUNTS, {"days": list(days), "kinds": list(kinds)}).df()
    return found


def redrawn_sentence(rows: pd.DataFrame, *, counts: pd.DataFrame, labels: dict[str, str]) -> str:
    """Say of each day and kind how many areas were drawn anew, and how many there are since."""
    keys = ["changed_on", "area_type"]
    told = rows.groupby(keys, sort=False).size().rename("redrawn").reset_index()
    found = told.merge(counts, on=keys).to_dict("records")
    return "".join(_told({str(key): value for key, value in row.items()}, labels) for row in found)


def day_label(day: object) -> str:
    """Return a day in words, such as 2024年4月1日."""
    one = pd.Timestamp(str(day))
    return f"{one.year}年{one.month}月{one.day}日"


def _told(row: dict[str, Any], labels: dict[str, str]) -> str:
    kind = labels.get(row["area_type"], row["area_type"])
    before, after = row["areas_before"], row["areas_after"]
    number = f"{before}のまま" if before == after else f"{before}から{after}に"
    return (
        f"{day_label(row['changed_on'])}に、{kind}{row['redrawn']}つの構成市区町村が変わりました"
        f"（読み込んだ{kind}の数は{number}）。"
    )
