"""Sums of areas that were drawn anew: years before that day are today's members added up."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

from data.era import last_day

# A member that begins or ends itself, as a merger makes it, does not redraw the area it lies in.
_CHANGES = """
with dated as (
    select
        area_membership.parent_area_code as area_code,
        unnest([
            case
                when area_membership.valid_from > coalesce(area.valid_from, date '0001-01-01')
                    then area_membership.valid_from
            end,
            area_membership.valid_to + 1
        ]) as changed_on
    from area_membership
    inner join area using (area_code)
    where area_membership.parent_type not in ('nation', 'prefecture', 'designated_city')
        and area.valid_to is null
),
final as (
    select
        dated.area_code,
        max(dated.changed_on) as changed_on
    from dated
    inner join area using (area_code)
    where area.valid_to is null and dated.changed_on is not null
    group by dated.area_code
)
select * from final
"""

_PRINTED = """
select distinct area_code, period
from measure
where measure_id in (select unnest($measures::varchar[]))
"""


def redrawn_areas(con: duckdb.DuckDBPyConnection) -> dict[str, date]:
    """Return the day on which each area that was drawn anew got its members of today."""
    return dict(con.execute(_CHANGES).fetchall())


def redrawn_notes(
    con: duckdb.DuckDBPyConnection,
    rows: pd.DataFrame,
    *,
    changes: dict[str, date],
    measures: list[str],
) -> pd.Series:
    """Return for each area_code and period what is to be said of its sum, blank for most.

    Said of an area whose members changed after the period, unless its own row is printed.
    """
    notes = pd.Series("", index=rows.index, dtype="str")
    if not changes:
        return notes
    own = rows[rows["area_code"].isin(list(changes))]
    if own.empty:
        return notes
    printed = set(con.execute(_PRINTED, {"measures": measures}).fetchall()) if measures else set()
    for place, code, period in own[["area_code", "period"]].itertuples():
        changed = changes[code]
        if (code, period) not in printed and last_day(str(period)) < changed:
            notes[place] = f"（{changed.year}年{changed.month}月からの区域で合計）"
    return notes
