"""The areas of a comparison in a funnel: points, limits, and the sentence about them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.compare_sentence import dated, value_text
from analytics.group_values import is_proportion, multiplier
from analytics.statistics.funnel import (
    LEVELS,
    event_grid,
    funnel_outcome,
    proportion_limits,
    rate_limits,
    rate_outcome,
)
from data.catalogue.indicator import IndicatorEntry

LEVEL_LABELS = {0.95: "95％", 0.998: "99.8％"}
LEAST_AREAS = 3


@dataclass(frozen=True)
class Funnel:
    """Points (area_code, area_name, size, value, outcome), limits and the common value."""

    points: pd.DataFrame
    limits: pd.DataFrame
    average: float


def funnel_of(values: pd.DataFrame, entry: IndicatorEntry) -> Funnel | None:
    """Return the funnel of the areas with numerator and denominator around their own whole.

    None where an indicator has no interval, so that its counts are not counts of like chances, or
    where fewer than three areas have both.
    """
    known = values.dropna(subset=["value", "numerator", "denominator"])
    known = known[(known["denominator"] > 0)].reset_index(drop=True)
    if len(known) < LEAST_AREAS or known["lower_ci"].isna().all():
        return None
    top, base = known["numerator"], known["denominator"]
    average, per = float(top.sum() / base.sum()), multiplier(entry)
    if average <= 0 or (is_proportion(entry) and average >= 1):
        return None
    points = known.assign(size=base)[["area_code", "area_name", "size", "value"]]
    if is_proportion(entry):
        bounds = {level: proportion_limits(average, base, confidence=level) for level in LEVELS}
        points["outcome"] = funnel_outcome(known["value"], bounds)
        limits = _proportion_lines(average, base)
    else:
        points["outcome"] = rate_outcome(top, base, average=average)
        limits = _rate_lines(average, base, per)
    return Funnel(points, limits, per * average)


def _proportion_lines(average: float, sizes: pd.Series) -> pd.DataFrame:
    grid = np.geomspace(float(sizes.min()) / 1.4, float(sizes.max()) * 1.4, 50)
    parts = []
    for level in LEVELS:
        for side, line in zip(("low", "high"),
                              proportion_limits(average, grid, confidence=level),
                              strict=True):  # fmt: skip
            parts.append(_line(grid, line, level, side))
    return pd.concat(parts, ignore_index=True)


def _rate_lines(average: float, sizes: pd.Series, per: float) -> pd.DataFrame:
    events = event_grid(average * float(sizes.max()))
    parts = []
    for level in LEVELS:
        found = rate_limits(average, confidence=level, events=events)
        for side in ("lower", "upper"):
            size, rate = found[f"{side}_population"], per * found[f"{side}_rate"]
            parts.append(_line(size.to_numpy(), rate.to_numpy(), level, side))
    return pd.concat(parts, ignore_index=True)


def _line(
    size: np.ndarray[tuple[int], np.dtype[np.float64]],
    value: np.ndarray[tuple[int], np.dtype[np.float64]],
    level: float,
    side: str,
) -> pd.DataFrame:
    columns = {"size": size, "value": value, "level": LEVEL_LABELS[level], "side": side}
    return pd.DataFrame(columns).dropna()


def funnel_sentence(
    found: Funnel, *, entry: IndicatorEntry, period: str, own_code: str | None
) -> str:
    """Say how many areas lie outside the limits, and where the own one lies."""
    points = found.points
    average = value_text(found.average, unit=entry.unit, decimals=entry.decimals)
    counts = points["outcome"].value_counts()
    high, low = (
        int(counts.get(f"{side}_998", 0) + counts.get(f"{side}_95", 0)) for side in ("high", "low")
    )
    far = int(counts.get("high_998", 0) + counts.get("low_998", 0))
    body = (
        f"{dated(entry.title, period)}：{len(points):,}地域全体の値{average}に比べ、95％限界より"
        f"高い地域は{high:,}、低い地域は{low:,}で、うち{far:,}地域は99.8％限界の外です。"
        f"偶然だけでも20地域に1地域ほどは95％限界の外に出ます。"
    )
    own = points[points["area_code"] == own_code]
    if own.empty:
        return body
    row = own.iloc[0]
    shown = value_text(row["value"], unit=entry.unit, decimals=entry.decimals)
    return f"{body}{row['area_name']}（{shown}）は{_PLACES[row['outcome']]}。"


_PLACES = {
    "high_998": "99.8％限界より高い位置にあります",
    "high_95": "95％限界より高い位置にあります",
    "inside": "限界の内にあり、差は偶然の範囲です",
    "low_95": "95％限界より低い位置にあります",
    "low_998": "99.8％限界より低い位置にあります",
    "not_compared": "比べられません",
}
