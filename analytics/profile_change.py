"""What changed in an area since the period before, indicator by indicator."""

from __future__ import annotations

import duckdb
import pandas as pd

from analytics.compare import is_amount
from analytics.denominators import RELATED, Denominator, bound_denominator, restate
from analytics.period_series import is_projected
from data.catalogue import load_catalogue
from data.catalogue.indicator import IndicatorEntry

_LAST_TWO = (
    RELATED  # noqa: S608
    + """
dated as (
    select
        related.*,
        row_number() over (
            partition by related.indicator_id
            order by try_cast(replace(related.period, 'FY', '') as integer) desc
        ) as age
    from related
    where
        related.area_code = $area_code
        and related.indicator_id in (select unnest($indicator_ids::varchar[]))
        and try_cast(replace(related.period, 'FY', '') as integer) <= $until
),

final as (
    select
        dated.*,
        indicator.title,
        indicator.unit,
        indicator.domain
    from dated
    inner join indicator
        on indicator.indicator_id = dated.indicator_id
    where dated.age <= 2
    order by
        dated.indicator_id,
        dated.age
)

select * from final
"""
)
_KEPT = ["indicator_id", "title", "unit", "decimals", "period", "value", "lower_ci", "upper_ci"]


def comparable_over_time(entry: IndicatorEntry) -> bool:
    """Tell whether two periods are two observations: not of one projection, nor yes or no."""
    return not is_projected(entry) and not entry.unit.startswith("有無")


def area_change(
    con: duckdb.DuckDBPyConnection,
    *,
    area_code: str,
    year: int,
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return one row per indicator with its last two periods, both observed, of one framework.

    Columns: indicator_id, title, unit, decimals, period, value, period_before, value_before,
    change (value - value_before), direction (up, down, same), and chance: beyond when the 95 %
    intervals do not meet, within when they do, unknown where one is missing.
    """
    entries = load_catalogue().indicators
    keys = [key for key, entry in entries.items() if comparable_over_time(entry)]
    bound = {"area_code": area_code, "indicator_ids": keys, "until": year}
    found = con.execute(_LAST_TWO, bound | bound_denominator(denominator)).df()
    found = restate(found, has_interval=found["lower_ci"].notna(), denominator=denominator)
    found["decimals"] = [entries[key].decimals for key in found["indicator_id"]]
    now, before = found[found["age"] == 1], found[found["age"] == 2]
    pairs = now[[*_KEPT, "status"]].merge(
        before[["indicator_id", "period", "value", "lower_ci", "upper_ci", "status"]],
        on="indicator_id",
        suffixes=("", "_before"),
    )
    observed = (pairs["status"] == "observed") & (pairs["status_before"] == "observed")
    known = pairs[observed & pairs["value"].notna() & pairs["value_before"].notna()]
    return _judged(known[_in_one_framework(known, entries, year)])


def _in_one_framework(
    pairs: pd.DataFrame, entries: dict[str, IndicatorEntry], year: int
) -> pd.Series:
    """Answers to the survey are compared within the framework that is in force only."""
    programme = load_catalogue().programme
    current = programme.framework_of(year)

    def is_kept(key: str, periods: tuple[str, str]) -> bool:
        recipe = entries[key].recipe
        if recipe is None or not recipe.kind.startswith("survey"):
            return True
        years = [int(period.removeprefix("FY")) for period in periods]
        return all(programme.framework_of(each).key == current.key for each in years)

    kept = [
        is_kept(key, (now, before))
        for key, now, before in zip(
            pairs["indicator_id"], pairs["period"], pairs["period_before"], strict=True
        )
    ]
    return pd.Series(kept, index=pairs.index, dtype="bool")


def _judged(pairs: pd.DataFrame) -> pd.DataFrame:
    change = pairs["value"] - pairs["value_before"]
    apart = (pairs["lower_ci"] > pairs["upper_ci_before"]) | (
        pairs["upper_ci"] < pairs["lower_ci_before"]
    )
    has_both = pairs["lower_ci"].notna() & pairs["lower_ci_before"].notna()
    amounts = [is_amount(load_catalogue().indicators[key]) for key in pairs["indicator_id"]]
    chance = apart.map({True: "beyond", False: "within"}).where(has_both, "unknown")
    direction = pd.Series("same", index=pairs.index)
    direction = direction.mask(change > 0, "up").mask(change < 0, "down")
    return pairs.assign(
        change=change, direction=direction, chance=chance, is_amount=amounts
    ).reset_index(drop=True)


def most_changed(changes: pd.DataFrame, profile: pd.DataFrame, *, count: int = 6) -> pd.DataFrame:
    """Return the rows that changed most in units of the siblings' spread, beyond chance first."""
    spread = profile.set_index("indicator_id")["deviation"]
    deviation = changes["indicator_id"].map(spread).astype("float64")
    size = (changes["change"].astype("float64") / deviation.where(deviation > 0)).abs()
    ranked = changes.assign(size=size, is_beyond=changes["chance"] == "beyond")
    ranked = ranked[(ranked["direction"] != "same") & ranked["size"].notna()]
    ranked = ranked.sort_values(["is_beyond", "size"], ascending=False, kind="stable")
    return ranked.head(count).reset_index(drop=True)


def change_sentence(changes: pd.DataFrame, *, area_name: str) -> str:
    """Say how many indicators went up and down, and of how many the intervals do not meet."""
    if changes.empty:
        return f"{area_name}には、同じ作り方の前の期と比べられる指標がありません。"
    counts = changes["direction"].value_counts()
    up, down, same = (int(counts.get(key, 0)) for key in ("up", "down", "same"))
    beyond = int((changes["chance"] == "beyond").sum())
    return (
        f"前の期と比べられる{len(changes)}指標のうち、上がった{up}、下がった{down}、同じ{same}。"
        f"95％信頼区間が重ならないほど変わったのは{beyond}指標です。"
    )
