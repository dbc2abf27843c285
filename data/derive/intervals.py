"""Confidence intervals of proportions and of rates of counts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2, norm

Numbers = npt.ArrayLike
Limits = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]

EXACT_BELOW = 10


def _checked(numerator: Numbers, denominator: Numbers) -> Limits:
    counts, sizes = np.broadcast_arrays(
        np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    )
    if (counts < 0).any() or (sizes < 0).any():
        raise ValueError("counts and denominators must not be negative")
    return counts, np.where(sizes > 0, sizes, np.nan)


def wilson_interval(
    numerator: Numbers, denominator: Numbers, *, confidence: float = 0.95
) -> Limits:
    """Return the Wilson score limits of proportions.

    Parameters
    ----------
    numerator, denominator : array-like
        Events and persons or units observed; a denominator of zero or NaN gives NaN limits.
    confidence : float
        Two-sided level, 0.95 for 95 % limits.

    Returns
    -------
    (lower, upper) : arrays of proportions between 0 and 1.

    Raises
    ------
    ValueError
        A count is negative, or a numerator exceeds its denominator.

    References
    ----------
    Wilson EB (1927); Newcombe RG (1998), Statistics in Medicine 17:857-872, method 3.
    """
    counts, sizes = _checked(numerator, denominator)
    if (counts > sizes).any():
        raise ValueError("a numerator exceeds its denominator")
    z = norm.ppf(0.5 + confidence / 2)
    middle = 2 * counts + z**2
    spread = z * np.sqrt(z**2 + 4 * counts * (1 - counts / sizes))
    scale = 2 * (sizes + z**2)
    return np.clip((middle - spread) / scale, 0, 1), np.clip((middle + spread) / scale, 0, 1)


def poisson_interval(count: Numbers, *, confidence: float = 0.95) -> Limits:
    """Return limits of counts: exact below 10, Byar's approximation from 10 on.

    Parameters
    ----------
    count : array-like
        Events observed; NaN gives NaN limits.
    confidence : float
        Two-sided level.

    Returns
    -------
    (lower, upper) : arrays in the unit of the count.

    Raises
    ------
    ValueError
        A count is negative.

    References
    ----------
    Breslow NE, Day NE (1987), Statistical Methods in Cancer Research II (Byar);
    Garwood F (1936) for the exact limits by the chi-square distribution.
    """
    x, _ = _checked(count, 1.0)
    z, tail = norm.ppf(0.5 + confidence / 2), (1 - confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        exact_lower = np.where(x == 0, 0.0, chi2.ppf(tail, 2 * x) / 2)
        exact_upper = chi2.ppf(1 - tail, 2 * x + 2) / 2
        byar_lower = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
    y = x + 1
    byar_upper = y * (1 - 1 / (9 * y) + z / (3 * np.sqrt(y))) ** 3
    small = x < EXACT_BELOW
    return np.where(small, exact_lower, byar_lower), np.where(small, exact_upper, byar_upper)


def byar_interval(
    count: Numbers, population: Numbers, *, per: float = 10_000, confidence: float = 0.95
) -> Limits:
    """Return limits of rates of events, exact below 10 events and Byar's from 10 on.

    Parameters
    ----------
    count, population : array-like
        Events, and the persons they are related to; a population of zero or NaN gives NaN limits.
    per : float
        Multiplier of the rate, 10 000 for a rate per 10 000 persons.
    confidence : float
        Two-sided level.

    Returns
    -------
    (lower, upper) : arrays of rates.

    Raises
    ------
    ValueError
        A count or population is negative.

    References
    ----------
    As poisson_interval.
    """
    counts, sizes = _checked(count, population)
    lower, upper = poisson_interval(counts, confidence=confidence)
    return lower / sizes * per, upper / sizes * per
