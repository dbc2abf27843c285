"""The indicators of an area that lie farthest from the benchmark, high and low."""

from __future__ import annotations

import pandas as pd

SHOWN = 5
FEWEST_SIBLINGS = 4
NOTABLE = 0.5


def notable(profile: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that lie at least half a standard deviation from the benchmark.

    The spread is that of the siblings, of which four at least have a value; amounts are left out,
    since they say only how large an area is.
    """
    placed = _placed(profile)
    return placed[placed["distance"].abs() >= NOTABLE]


def _placed(profile: pd.DataFrame) -> pd.DataFrame:
    return profile[(profile["siblings"] >= FEWEST_SIBLINGS) & ~profile["is_amount"]]


def beyond_chance(profile: pd.DataFrame) -> pd.DataFrame:
    """Return the rows but those whose interval holds the benchmark."""
    return profile[profile["outcome"] != "similar"]


def extremes(profile: pd.DataFrame, *, count: int = SHOWN) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the notable rows above and those below the benchmark, the farthest first."""
    return farthest(notable(profile), count=count)


def farthest(profile: pd.DataFrame, *, count: int = SHOWN) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return so many rows above the benchmark and as many below it, however near they lie."""
    found = _placed(profile).sort_values("distance", kind="stable")
    low = found[found["distance"] < 0].head(count)
    high = found[found["distance"] > 0].iloc[::-1].head(count)
    return high, low


def away_from_aim(profile: pd.DataFrame, *, count: int = 3) -> pd.DataFrame:
    """Return notable rows on the side that the catalogue calls not desirable, farthest first.

    Indicators whose height is no matter of good or bad are never among them, nor those whose
    interval holds the benchmark.
    """
    found = beyond_chance(notable(profile))
    low_side = (found["polarity"] == "high_is_good") & (found["distance"] < 0)
    high_side = (found["polarity"] == "low_is_good") & (found["distance"] > 0)
    chosen = found[low_side | high_side]
    order = chosen["distance"].abs().sort_values(ascending=False, kind="stable").index
    return chosen.loc[order[:count]]
