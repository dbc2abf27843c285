"""Funnel limits: how far a value may lie from the whole by chance, given the size of the area."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import chi2, norm

Numbers = npt.ArrayLike
LEVELS = (0.95, 0.998)
_GRID = 60


def proportion_limits(
    average: float, sizes: Numbers, *, confidence: float, per: float = 100
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return funnel limits of a proportion around the average.

    Parameters
    ----------
    average : float
        Sum of numerators over sum of denominators, 0 to 1.
    sizes : array-like
        Denominators; zero gives NaN.
    confidence : float
        0.95 or 0.998.
    per : float
        Multiplier of the result, 100 for per cent.

    Returns
    -------
    (lower, upper) : arrays, kept between 0 and `per`.

    Raises
    ------
    ValueError
        The average is not between 0 and 1.

    References
    ----------
    Spiegelhalter DJ (2005), Statistics in Medicine 24:1185-1202; PHEindicatormethods
    calculate_funnel_limits.
    """
    if not 0 <= average <= 1:
        raise ValueError("the average of a proportion lies between 0 and 1")
    n = np.asarray(sizes, dtype=float)
    n = np.where(n > 0, n, np.nan)
    spread = norm.ppf(0.5 + confidence / 2) * np.sqrt(average * (1 - average) / n)
    return np.clip(average - spread, 0, 1) * per, np.clip(average + spread, 0, 1) * per


def rate_limits(average: float, *, confidence: float, events: Numbers) -> pd.DataFrame:
    """Return points of the funnel of a rate of events around the average.

    Parameters
    ----------
    average : float
        Sum of events over sum of persons, above 0.
    confidence : float
        0.95 or 0.998.
    events : array-like
        Numbers of events, of which each gives a point of the lower and one of the upper limit.

    Returns
    -------
    DataFrame
        events, and for either limit the population at which an interval around that number of
        events just reaches the average, and the rate there: lower_population, lower_rate,
        upper_population, upper_rate (no upper point for no events).

    Raises
    ------
    ValueError
        The average is not above 0.

    References
    ----------
    PHEindicatormethods calculate_funnel_points; exact limits by the chi-square distribution.
    """
    if not average > 0:
        raise ValueError("the average of a rate lies above 0")
    counts = np.asarray(events, dtype=float)
    lower, upper = _exact(counts, confidence)
    below = upper / average
    above = np.where(lower > 0, lower / average, np.nan)
    return pd.DataFrame(
        {
            "events": counts,
            "lower_population": below,
            "lower_rate": counts / below,
            "upper_population": above,
            "upper_rate": counts / above,
        }
    )


def _exact(
    counts: npt.NDArray[np.float64], confidence: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    # Byar's limits are up to 1.5 % off at 99.8 %, which is seen beside the exact curve
    tail = (1 - confidence) / 2
    lower = np.where(counts > 0, chi2.ppf(tail, 2 * np.maximum(counts, 0.5)) / 2, 0.0)
    return lower, chi2.ppf(1 - tail, 2 * counts + 2) / 2


def event_grid(most: float) -> npt.NDArray[np.float64]:
    """Return numbers of events from 0 up to beyond the most expected, closer where they are few."""
    high = max(20.0, 2 * most)
    return np.unique(np.r_[np.arange(0, 11), np.geomspace(11, high, _GRID).round()])


def funnel_outcome(value: Numbers, limits: Mapping[float, tuple[Numbers, Numbers]]) -> pd.Series:
    """Return for each value high_998, high_95, inside, low_95, low_998, or not_compared.

    `limits` has the lower and upper limits by confidence, 0.95 and 0.998.
    """
    found = np.asarray(value, dtype=float)
    low95, high95 = (np.asarray(limit, dtype=float) for limit in limits[0.95])
    low998, high998 = (np.asarray(limit, dtype=float) for limit in limits[0.998])
    known = ~(np.isnan(found) | np.isnan(low95) | np.isnan(high95))
    outcome = np.select(
        [~known, found > high998, found > high95, found < low998, found < low95],
        ["not_compared", "high_998", "high_95", "low_998", "low_95"],
        default="inside",
    )
    return pd.Series(outcome, dtype="str")


def rate_outcome(events: Numbers, sizes: Numbers, *, average: float) -> pd.Series:
    """Return where rates lie in the funnel: by whether their own interval reaches the average."""
    counts, n = np.asarray(events, dtype=float), np.asarray(sizes, dtype=float)
    n = np.where(n > 0, n, np.nan)
    at_average = np.full(counts.shape, average)
    # the average against an interval is the value against limits, the other way round
    turned = {"high_998": "low_998", "high_95": "low_95", "low_998": "high_998",
              "low_95": "high_95"}  # fmt: skip
    limits: dict[float, tuple[Numbers, Numbers]] = {}
    for level in LEVELS:
        lower, upper = _exact(counts, level)
        limits[level] = (lower / n, upper / n)
    return funnel_outcome(at_average, limits).replace(turned)
