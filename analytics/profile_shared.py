"""Problems that municipalities share: indicators away from an aim, and support not given."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.denominators import RELATED, Denominator, bound_denominator, restate
from analytics.profile import amount_keys
from analytics.profile_extremes import FEWEST_SIBLINGS, NOTABLE
from analytics.rates import compare_with_benchmark
from data.catalogue import load_catalogue

_DISTANCES = (
    RELATED  # noqa: S608
    + """
siblings as (
    select distinct unnest($sibling_codes::varchar[]) as area_code
),

members as (
    select distinct unnest($area_codes::varchar[]) as area_code
),

latest as (
    select
        related.indicator_id,
        max(related.period) as period
    from related
    inner join siblings
        on siblings.area_code = related.area_code
    where
        related.value is not null
        and coalesce(try_cast(replace(related.period, 'FY', '') as integer), 0) <= $until
    group by related.indicator_id
),

current_value as (
    select
        related.area_code,
        related.indicator_id,
        related.period,
        related.value,
        related.numerator,
        related.denominator,
        related.per_75plus,
        related.lower_ci,
        related.upper_ci,
        related.source_ref
    from related
    inner join latest
        on
            latest.indicator_id = related.indicator_id
            and latest.period = related.period
    where related.value is not null
),

spread as (
    select
        current_value.indicator_id,
        count(*) as siblings,
        stddev_samp(current_value.value) as deviation
    from current_value
    inner join siblings
        on siblings.area_code = current_value.area_code
    group by current_value.indicator_id
),

final as (
    select
        current_value.area_code,
        area.name as area_name,
        current_value.indicator_id,
        indicator.title,
        indicator.polarity,
        current_value.period,
        current_value.value,
        current_value.numerator,
        current_value.denominator,
        current_value.per_75plus,
        current_value.lower_ci,
        current_value.upper_ci,
        current_value.source_ref,
        benchmark.value as benchmark_value,
        spread.siblings,
        (current_value.value - benchmark.value) / nullif(spread.deviation, 0) as distance
    from current_value
    inner join members
        on members.area_code = current_value.area_code
    inner join area
        on area.area_code = current_value.area_code
    inner join indicator
        on indicator.indicator_id = current_value.indicator_id
    inner join spread
        on spread.indicator_id = current_value.indicator_id
    inner join current_value as benchmark
        on
            benchmark.indicator_id = current_value.indicator_id
            and benchmark.area_code = $benchmark_code
    order by
        current_value.indicator_id,
        current_value.area_code
)

select * from final
"""
)

_NEIGHBOURS = """
with final as (
    select
        area.area_code,
        area.name as area_name
    from area_neighbour
    inner join area
        on area.area_code = area_neighbour.neighbour_code
    where
        area_neighbour.area_code = $area_code
        and area.area_type in ('municipality', 'designated_city')
        and area.valid_to is null
    order by area.area_code
)

select * from final
"""
_COLUMNS = ["kind", "label", "areas", "names", "is_own"]


def neighbours_of(con: duckdb.DuckDBPyConnection, *, area_code: str) -> pd.DataFrame:
    """Return the municipalities whose boundary touches that of the area."""
    found: pd.DataFrame = con.execute(_NEIGHBOURS, {"area_code": area_code}).df()
    return found


def areas_away_from_aims(
    con: duckdb.DuckDBPyConnection,
    *,
    area_codes: Sequence[str],
    sibling_codes: Sequence[str],
    benchmark_code: str,
    year: int,
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return one row per municipality and indicator on the side that is not desirable.

    At least half a standard deviation of the siblings from the benchmark, in the newest period
    that any sibling has, and not within the interval of the value; only indicators of which the
    catalogue knows a desirable direction.
    """
    bound = {
        "area_codes": list(area_codes),
        "sibling_codes": list(dict.fromkeys([*sibling_codes, *area_codes])),
        "benchmark_code": benchmark_code,
        "until": year,
    }
    found = con.execute(_DISTANCES, bound | bound_denominator(denominator)).df()
    is_low = (found["polarity"] == "high_is_good") & (found["distance"] <= -NOTABLE)
    is_high = (found["polarity"] == "low_is_good") & (found["distance"] >= NOTABLE)
    is_usable = (found["siblings"] >= FEWEST_SIBLINGS) & ~found["indicator_id"].isin(amount_keys())
    is_usable &= _outcome(found, denominator) != "similar"
    chosen: pd.DataFrame = found[(is_low | is_high) & is_usable]
    side = chosen["distance"].map(lambda distance: "高い" if distance > 0 else "低い")
    known = load_catalogue().indicators
    return chosen[chosen["indicator_id"].isin(known)].assign(side=side).reset_index(drop=True)


def _outcome(found: pd.DataFrame, denominator: Denominator | None) -> pd.Series:
    rows = restate(found, has_interval=found["lower_ci"].notna(), denominator=denominator)
    limits = (rows["value"], rows["lower_ci"], rows["upper_ci"])
    return compare_with_benchmark(*limits, benchmark=rows["benchmark_value"])


def shared_problems(
    away: pd.DataFrame, wanted: pd.DataFrame, *, own_code: str | None
) -> pd.DataFrame:
    """Return what two areas or more share, and the area itself where it is one, widest first.

    Columns: kind (indicator or request), label, areas (how many), names, is_own. A request counts
    when the prefecture answered that it gives none of the supports for it.
    """
    rows = [
        ("indicator", f"{title}（{side}）", list(group["area_code"]), "、".join(group["area_name"]))
        for (title, side), group in away.groupby(["title", "side"], sort=False)
    ]
    unmet = wanted[wanted["given"] == "none"]
    rows += [
        ("request", label, list(codes), names)
        for label, codes, names in unmet[["label", "area_codes", "names"]].to_numpy().tolist()
    ]
    found = [
        (kind, label, len(codes), names, own_code in codes)
        for kind, label, codes, names in rows
        if len(codes) > 1 and (own_code is None or own_code in codes)
    ]
    frame = pd.DataFrame(found, columns=_COLUMNS)
    return frame.sort_values("areas", ascending=False, kind="stable", ignore_index=True)


def shared_sentence(
    shared: pd.DataFrame, *, circle_name: str, members: int, was_asked: bool = True
) -> str:
    """Say how many problems are shared within a circle of municipalities, and the widest.

    `was_asked` tells whether anybody there answered what support they want; else none is counted.
    """
    silent = "" if was_asked else "支援の希望は、回答票が読み込まれていないためデータなし。"
    if shared.empty:
        who = f"{circle_name}（{members}市区町村）"
        return f"{who}に共通する課題は、この条件では見つかりません。{silent}"
    counts = shared["kind"].value_counts()
    first = shared.iloc[0]
    return (
        f"{circle_name}（{members}市区町村）に共通するのは、"
        f"指標{int(counts.get('indicator', 0))}件"
        + (f"、かなえられていない支援の希望{int(counts.get('request', 0))}件" if was_asked else "")
        + f"。最も多いのは{first['label']}（{int(first['areas'])}市区町村）です。{silent}"
    )
