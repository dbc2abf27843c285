"""Where several structure indicators lie below the median of the areas of the prefecture."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from analytics.denominators import RELATED, Denominator, bound_denominator, restate
from analytics.scope import Scope

FEWEST = 3  # areas with a value, below which no median is made

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
    + """
wanted as (
    select
        unnest($area_codes) as area_code,
        generate_subscripts($area_codes, 1) as area_order
),

seen as (
    select
        related.*,
        max(case when related.status = 'observed' then related.period end)
            over (partition by related.indicator_id) as newest
    from related
    inner join wanted
        on wanted.area_code = related.area_code
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
        wanted.area_code,
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
    from wanted
    cross join indicators
    left join seen
        on
            seen.area_code = wanted.area_code
            and seen.indicator_id = indicators.indicator_id
            and seen.period = indicators.period
    order by
        wanted.area_order,
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


def beside_median(frame: pd.DataFrame) -> pd.DataFrame:
    """Add to area × indicator rows the median of each group, and how the value stands to it.

    Parameters
    ----------
    frame
        group_code, indicator_id, polarity, value, upper_ci (of the same unit), one row per area
        and indicator; missing values belong to no median.

    Returns
    -------
    frame with median (of the areas' values, each area counting once; the mean of the two middle
    ones where their number is even; missing below FEWEST areas), standing (below, equal, above or
    missing), is_counted (high values are wanted: a neutral indicator is no shortage), is_gap
    (below and counted) and is_clear (is_gap, and the upper limit of the interval lies below too).
    """
    by_group = frame.groupby(["group_code", "indicator_id"])["value"]
    median = by_group.transform("median").where(by_group.transform("count") >= FEWEST)
    known = frame["value"].notna() & median.notna()
    standing = np.select(
        [~known, frame["value"] < median, frame["value"] > median],
        ["missing", "below", "above"],
        default="equal",
    )
    is_counted = frame["polarity"] == "high_is_good"
    is_gap = is_counted & (standing == "below")
    return frame.assign(
        median=median,
        standing=standing,
        is_counted=is_counted,
        is_gap=is_gap,
        is_clear=is_gap & (frame["upper_ci"] < median),
    )


def gap_counts(gaps: pd.DataFrame, *, at_least: int) -> pd.DataFrame:
    """Return one row per area: gaps, clear, compared, missing, and verdict for the threshold.

    verdict is reached, not_reached (not even if all that is missing lay below), or open. Areas
    are in the order of their codes. Indicators that no area of the frame has are left out.
    """
    counted = gaps[gaps["is_counted"] & gaps["indicator_id"].isin(usable(gaps))]
    of_area = counted.assign(missing=counted["standing"] == "missing").groupby(
        ["area_code", "area_name", "group_name"], as_index=False
    )
    frame = of_area.agg(
        gaps=("is_gap", "sum"),
        clear=("is_clear", "sum"),
        missing=("missing", "sum"),
        indicators=("indicator_id", "count"),
    )
    verdict = np.select(
        [frame["gaps"] >= at_least, frame["gaps"] + frame["missing"] < at_least],
        ["reached", "not_reached"],
        default="open",
    )
    return frame.assign(compared=frame["indicators"] - frame["missing"], verdict=verdict)


def usable(gaps: pd.DataFrame) -> list[str]:
    """Return the indicators that can be held against a median somewhere, in order."""
    return list(dict.fromkeys(gaps.loc[gaps["standing"] != "missing", "indicator_id"]))
