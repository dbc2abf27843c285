"""What differs between the vintages of a list, and which quantities are there for several years."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

COLUMNS = [
    "facility_type",
    "area_code",
    "area_name",
    "vintage_before",
    "vintage_since",
    "before",
    "since",
    "change",
    "entered",
    "gone",
]

_HAS_TABLE = "select count(*) from duckdb_tables() where table_name = 'facility_vintage'"

_CHANGES = """
with ranked as (
    select
        *,
        dense_rank() over (
            partition by facility_type, left(area_code, 2)
            order by as_of desc
        ) as place
    from facility_vintage
),
pair as (
    select
        area_code,
        facility_type,
        max(vintage) filter (where place = 2) as vintage_before,
        max(vintage) filter (where place = 1) as vintage_since,
        max(facilities) filter (where place = 2) as before,
        max(facilities) filter (where place = 1) as since,
        max(entered) filter (where place = 1) as entered,
        max(gone) filter (where place = 1) as gone
    from ranked
    where place <= 2
    group by area_code, facility_type
),
asked as (
    select unnest($area_codes) as area_code
),
member as (
    select
        area_code,
        area_code as part_code
    from asked
    union
    select
        asked.area_code,
        area_descendant.descendant_code as part_code
    from asked
    inner join area_descendant on asked.area_code = area_descendant.ancestor_code
    where area_descendant.level = 'municipality' and area_descendant.valid_to is null
),
final as (
    select
        pair.facility_type,
        member.area_code,
        area.name as area_name,
        string_agg(distinct pair.vintage_before, '、') as vintage_before,
        string_agg(distinct pair.vintage_since, '、') as vintage_since,
        sum(pair.before)::integer as before,
        sum(pair.since)::integer as since,
        (sum(pair.since) - sum(pair.before))::integer as change,
        case when count(pair.entered) = count(*) then sum(pair.entered) end::integer as entered,
        case when count(pair.gone) = count(*) then sum(pair.gone) end::integer as gone
    from member
    inner join pair on member.part_code = pair.area_code
    inner join area on member.area_code = area.area_code
    group by pair.facility_type, member.area_code, area.name
    order by pair.facility_type, member.area_code
)
select * from final
"""

_PERIODS = """
with final as (
    select
        measure_id,
        min(period) as first_period,
        max(period) as last_period,
        count(distinct period) as periods,
        count(distinct area_code) as areas
    from measure
    where status = 'observed'
    group by measure_id
    having count(distinct period) > 1
    order by measure_id
)
select * from final
"""


def vintage_changes(con: duckdb.DuckDBPyConnection, *, area_codes: Sequence[str]) -> pd.DataFrame:
    """Return counts of the newest vintage and the one before, by type and area.

    Municipalities where neither vintage has a facility of the type have no row: both are zero.
    A generation from before vintages were kept has none.
    """
    kept = con.execute(_HAS_TABLE).fetchone()
    if not kept or not kept[0]:
        return pd.DataFrame(columns=COLUMNS)
    found: pd.DataFrame = con.execute(_CHANGES, {"area_codes": list(area_codes)}).df()
    return found


def measure_periods(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return the quantities that are loaded for several periods, with the first and the last."""
    found: pd.DataFrame = con.execute(_PERIODS).df()
    return found


def vintage_sentence(row: pd.Series, *, type_label: str) -> str:
    """Say how the number of a type differs between the two vintages of an area's row."""
    before, since, change = int(row["before"]), int(row["since"]), int(row["change"])
    how = f"{abs(change):,}か所{'多い' if change > 0 else '少ない'}" if change else "同じ"
    text = (
        f"{row['area_name']}の{type_label}は、{row['vintage_since']}の一覧で{since:,}か所です。"
        f"前の{row['vintage_before']}の一覧は{before:,}か所で、新しいほうが{how}"
        f"{'です' if change else '数です'}。"
    )
    if pd.isna(row["entered"]) or pd.isna(row["gone"]):
        return text + "番号が毎回変わる資料のため、どの施設が増え、なくなったかは分かりません。"
    return text + f"新しい番号が{int(row['entered']):,}、なくなった番号が{int(row['gone']):,}です。"
