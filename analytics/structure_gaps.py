"""Where several structure indicators lie below the median of the areas of the prefecture."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.asked import AREAS
from analytics.below_median import CHOSEN, beside_median
from analytics.denominators import RELATED, Denominator, bound_denominator, restate
from analytics.resources import facility_counts
from analytics.scope import Scope

_PEERS = """
with parts as (
    select distinct descendant_code as area_code
    from area_descendant
    where
        ancestor_code = $parent_code
        and level = $level
        and valid_to is null
),

groups as (
    select
        area_descendant.descendant_code as area_code,
        min(area_descendant.ancestor_code) as group_code
    from area_descendant
    inner join area
        on area.area_code = area_descendant.ancestor_code
    where
        area.area_type = case when $level = 'prefecture' then 'nation' else 'prefecture' end
        and area_descendant.level = $level
        and area_descendant.valid_to is null
    group by area_descendant.descendant_code
),

wanted as (
    select distinct groups.group_code
    from groups
    inner join parts
        on parts.area_code = groups.area_code
),

final as (
    select
        area.area_code,
        area.name as area_name,
        groups.group_code,
        holder.name as group_name,
        parts.area_code is not null as is_part
    from groups
    inner join wanted
        on wanted.group_code = groups.group_code
    inner join area
        on area.area_code = groups.area_code
    inner join area as holder
        on holder.area_code = groups.group_code
    left join parts
        on parts.area_code = groups.area_code
    where area.valid_to is null
    order by area.area_code
)

select * from final
"""

_STRUCTURE = (
    RELATED
    + AREAS
    + """
seen as (
    select
        related.*,
        max(case when related.status = 'observed' then related.period end)
            over (partition by related.indicator_id) as newest
    from related
    inner join areas
        on areas.area_code = related.area_code
    where related.per_75plus is not null
),

indicators as (
    select
        indicator.indicator_id,
        indicator.polarity,
        max(seen.newest) as period
    from indicator
    left join seen
        on seen.indicator_id = indicator.indicator_id
    where
        indicator.dimension = 'structure'
        and indicator.per_75plus is not null
    group by all
),

final as (
    select
        areas.area_code,
        indicators.indicator_id,
        indicators.polarity,
        indicators.period,
        seen.value,
        seen.per_75plus,
        seen.numerator,
        seen.denominator,
        seen.lower_ci,
        seen.upper_ci,
        seen.source_ref,
        coalesce(seen.status, 'not_loaded') as status
    from areas
    cross join indicators
    left join seen
        on
            seen.area_code = areas.area_code
            and seen.indicator_id = indicators.indicator_id
            and seen.period = indicators.period
    order by
        areas.area_order,
        indicators.indicator_id
)

select * from final
"""
)


def peers(con: duckdb.DuckDBPyConnection, *, scope: Scope) -> pd.DataFrame:
    """Return the areas of the level in the prefectures of the parts; is_part marks the parts.

    Prefectures stand beside those of the nation.
    """
    bound = {"parent_code": scope.parent_code, "level": scope.level}
    frame: pd.DataFrame = con.execute(_PEERS, bound).df()
    return frame


def structure_rates(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return structure indicators per person aged 75 and over, of the newest period of each.

    One row per area and indicator; status is not_loaded where nothing covers the area.
    """
    bound = {"area_codes": list(area_codes)} | bound_denominator(denominator)
    found: pd.DataFrame = con.execute(_STRUCTURE, bound).df()
    return restate(found, has_interval=found["lower_ci"].notna(), denominator=denominator)


def structure_gaps(
    con: duckdb.DuckDBPyConnection, *, scope: Scope, denominator: Denominator | None
) -> pd.DataFrame:
    """Return the parts of a scope × structure indicators beside the median of their prefecture.

    Columns of beside_median, with area_name, group_name and the values as structure_rates has
    them.
    """
    among = peers(con, scope=scope)
    rates = structure_rates(con, area_codes=list(among["area_code"]), denominator=denominator)
    frame = beside_median(among.merge(rates, on="area_code", how="inner"))
    return frame[frame["is_part"]].reset_index(drop=True)


def type_gaps(
    con: duckdb.DuckDBPyConnection,
    *,
    scope: Scope,
    facility_types: Sequence[str],
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return the parts of a scope × facility types, as structure_gaps does for indicators."""
    among = peers(con, scope=scope)
    rates = facility_counts(
        con,
        area_codes=list(among["area_code"]),
        facility_types=facility_types,
        edition=denominator.edition if denominator else "",
        year=denominator.year if denominator else 0,
    ).rename(columns={"facility_type": "indicator_id", "per_10k_75plus": "value"})
    rates["polarity"], rates["period"], rates["status"] = CHOSEN, None, "not_loaded"
    rates["status"] = rates["status"].mask(rates["facilities"].notna(), "missing")
    rates["status"] = rates["status"].mask(rates["value"].notna(), "observed")
    known = ["indicator_id", "polarity", "period", "value", "upper_ci", "status"]
    frame = beside_median(among.merge(rates[["area_code", *known]], on="area_code"))
    return frame[frame["is_part"]].reset_index(drop=True)
