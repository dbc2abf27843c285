"""One indicator over all its periods: the spread of the areas, and the trend of one."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.asked import AREA_SET
from analytics.denominators import NAMED, RELATED, Denominator, bound_denominator, restate
from analytics.group_values import is_proportion
from analytics.statistics.trend import Trend, trend_of_proportions, trend_of_rates
from data.catalogue import load_catalogue
from data.catalogue.indicator import IndicatorEntry
from data.era import UNDATED, period_label

_SERIES = (
    RELATED  # noqa: S608
    + AREA_SET
    + NAMED
    + """
final as (
    select named.* exclude (indicator_id)
    from named
    inner join areas
        on areas.area_code = named.area_code
    where
        named.indicator_id = $indicator_id
        and named.period <> $undated
    order by
        named.period,
        named.area_code
)

select * from final
"""
)
TREND_WORDS = {
    "increasing": "上昇",
    "decreasing": "低下",
    "no_change": "変化は偶然の範囲",
    "not_computed": "判定なし（独立した5時点の値と区間がそろわない）",
}


def period_series(
    con: duckdb.DuckDBPyConnection,
    *,
    indicator_id: str,
    area_codes: Sequence[str],
    denominator: Denominator | None,
) -> pd.DataFrame:
    """Return one row per area and dated period, oldest first."""
    bound = {
        "indicator_id": indicator_id,
        "area_codes": list(area_codes),
        "undated": UNDATED,
    }
    found = con.execute(_SERIES, bound | bound_denominator(denominator)).df()
    return restate(found, has_interval=found["lower_ci"].notna(), denominator=denominator)


def spread_by_period(
    series: pd.DataFrame, *, part_codes: Sequence[str], own_code: str | None, benchmark: str | None
) -> pd.DataFrame:
    """Return the five numbers of the parts for each period, and the values of two areas.

    Columns: period, label, lowest, lower_quartile, middle, upper_quartile, highest, areas,
    own_value, benchmark_value. Periods in which no part has a value are left out.
    """
    parts = series[series["area_code"].isin(list(part_codes))].dropna(subset=["value"])
    grouped = parts.groupby("period")["value"]
    if parts.empty:
        return pd.DataFrame(columns=["period", "label", *_FIVE, "areas", "own_value",
                                     "benchmark_value"])  # fmt: skip
    frame = pd.DataFrame(
        {
            "lowest": grouped.min(),
            "lower_quartile": grouped.quantile(0.25),
            "middle": grouped.median(),
            "upper_quartile": grouped.quantile(0.75),
            "highest": grouped.max(),
            "areas": grouped.count(),
        }
    )
    for column, code in (("own_value", own_code), ("benchmark_value", benchmark)):
        one = series[series["area_code"] == code].set_index("period")["value"]
        frame[column] = one.reindex(frame.index)
    labels = [period_label(str(period)) for period in frame.index]
    named: pd.DataFrame = frame.assign(label=labels).reset_index()
    return named


_FIVE = ("lowest", "lower_quartile", "middle", "upper_quartile", "highest")


def is_projected(entry: IndicatorEntry) -> bool:
    """Tell whether the periods are of one projection, and so not independent of each other."""
    kind = entry.recipe.kind if entry.recipe else ""
    return kind.startswith("population") or kind == "measure_projected" or "demand" in entry.key


def unbroken(series: pd.DataFrame, entry: IndicatorEntry) -> pd.DataFrame:
    """Return the periods of the newest framework only, where answers to the survey are counted.

    Answers before and after the change of framework are two series and never one.
    """
    if series.empty or entry.recipe is None or not entry.recipe.kind.startswith("survey"):
        return series
    programme = load_catalogue().programme
    years = [int(period.removeprefix("FY")) for period in series["period"]]
    frameworks = [programme.framework_of(year).key for year in years]
    newest = frameworks[years.index(max(years))]
    return series[[framework == newest for framework in frameworks]]


def trend_of(series: pd.DataFrame, *, area_code: str | None, entry: IndicatorEntry) -> Trend:
    """Return the trend of an area; projected values have none, since chance does not make them."""
    rows = unbroken(series[series["area_code"] == area_code], entry).sort_values("period")
    if rows.empty or is_projected(entry):
        return Trend("not_computed", float("nan"), float("nan"), 0)
    if is_proportion(entry) and rows["lower_ci"].notna().any():
        whole = rows["denominator"].clip(lower=rows["numerator"])
        return trend_of_proportions(rows["numerator"], whole)
    return trend_of_rates(rows["value"], rows["lower_ci"], rows["upper_ci"])
