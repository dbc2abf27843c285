"""Whether the last five periods of a series rise or fall by more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

Numbers = npt.ArrayLike
Floats = npt.NDArray[np.float64]
Verdict = Literal["increasing", "decreasing", "no_change", "not_computed"]
POINTS = 5
# two-sided p < 0.002, that is 9.5495
CRITICAL = float(chi2.ppf(0.998, 1))
_WIDTH = 3.92
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Trend:
    """A verdict, the statistic behind it, the slope per period and the periods looked at."""

    verdict: Verdict
    chi_square: float
    slope: float
    points: int


_NONE = Trend("not_computed", float("nan"), float("nan"), 0)


def trend_of_rates(value: Numbers, lower_ci: Numbers, upper_ci: Numbers) -> Trend:
    """Return the trend of values with 95 % limits, by weighted regression over five periods.

    Parameters
    ----------
    value, lower_ci, upper_ci : array-like
        One figure per independent period, oldest first, equally spaced; periods without a value
        or limits are passed over.

    Returns
    -------
    Trend; not_computed with fewer than five periods or an interval of no width, increasing or
    decreasing when chi square exceeds 9.5495 and every regression that leaves one period out has
    the same sign.

    References
    ----------
    Fingertips Public Health Technical Guide, recent trends; dhsc-govuk/FingertipsNext,
    trend-analysis.
    """
    values, lower, upper = (np.asarray(x, dtype=float) for x in (value, lower_ci, upper_ci))
    known = ~(np.isnan(values) | np.isnan(lower) | np.isnan(upper))
    y, error = values[known][-POINTS:], ((upper - lower) / _WIDTH)[known][-POINTS:]
    if len(y) < POINTS or (error <= 0).any():
        return _NONE
    weight, t = 1 / error**2, np.arange(1.0, POINTS + 1)
    slope, scale = _slope(weight, t, y)
    return _verdict(slope, slope**2 * scale, _left_out(weight, t, y))


def trend_of_proportions(numerator: Numbers, denominator: Numbers) -> Trend:
    """Return the trend of proportions, by the chi square for a linear trend over five periods.

    Parameters
    ----------
    numerator, denominator : array-like
        Counts of independent periods, oldest first; periods without both are passed over.

    Returns
    -------
    Trend, as trend_of_rates; not_computed too when all or nobody is counted throughout.

    Raises
    ------
    ValueError
        A numerator exceeds its denominator.

    References
    ----------
    Armitage P (1955), Biometrics 11:375-386; as trend_of_rates.
    """
    x, n = (np.asarray(column, dtype=float) for column in (numerator, denominator))
    known = ~(np.isnan(x) | np.isnan(n)) & (n > 0)
    x, n = x[known][-POINTS:], n[known][-POINTS:]
    if (x > n).any():
        raise ValueError("a numerator exceeds its denominator")
    if len(x) < POINTS or x.sum() in (0, n.sum()):
        return _NONE
    t, size, events = np.arange(1.0, POINTS + 1), n.sum(), x.sum()
    lean = size * (x * t).sum() - events * (n * t).sum()
    spread = size * (n * t**2).sum() - (n * t).sum() ** 2
    statistic = size * lean**2 / (events * (size - events) * spread)
    slope, _ = _slope(n, t, x / n)
    return _verdict(slope, statistic, _left_out(n, t, x / n))


def _slope(weight: Floats, t: Floats, y: Floats) -> tuple[float, float]:
    """Return the weighted slope, and what a squared slope is multiplied by for chi square."""
    total = weight.sum()
    determinant = total * (weight * t**2).sum() - (weight * t).sum() ** 2
    lean = total * (weight * t * y).sum() - (weight * t).sum() * (weight * y).sum()
    return float(lean / determinant), float(determinant / total)


def _left_out(weight: Floats, t: Floats, y: Floats) -> list[float]:
    """Return the slopes with each period left out; one that only rounding made is zero."""
    kept = [np.arange(len(y)) != out for out in range(len(y))]
    slopes = [_slope(weight[keep], t[keep], y[keep])[0] for keep in kept]
    least = _ROUNDING * float(np.abs(y).max())
    return [0.0 if abs(slope) <= least else slope for slope in slopes]


def _verdict(slope: float, statistic: float, others: list[float]) -> Trend:
    same_sign = all(other * slope > 0 for other in others)
    if not same_sign or statistic <= CRITICAL:
        return Trend("no_change", float(statistic), slope, POINTS)
    return Trend("increasing" if slope > 0 else "decreasing", float(statistic), slope, POINTS)
