"""Rates that do not depend on how old the people of an area are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.derive.intervals import poisson_interval

Numbers = npt.ArrayLike
LEAST_EVENTS = 10


@dataclass(frozen=True)
class Estimate:
    """A value with its limits and how they were found; NaN where it must not be given."""

    value: float
    lower_ci: float
    upper_ci: float
    events: float
    method: str


def _arrays(*columns: Numbers) -> list[npt.NDArray[np.float64]]:
    found = [np.asarray(column, dtype=float) for column in columns]
    if len({column.shape for column in found}) > 1:
        raise ValueError("every age group needs one figure in each column")
    if any((column < 0).any() or np.isnan(column).any() for column in found):
        raise ValueError("counts and populations must be known and not negative")
    return found


def standardised_rate(
    events: Numbers,
    population: Numbers,
    standard: Numbers,
    *,
    per: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Return a directly standardised rate with limits by Dobson's method.

    Parameters
    ----------
    events, population, standard : array-like
        Events, persons and persons of the standard population, one figure per age group.
    per : float
        Multiplier of the rate.
    confidence : float
        Two-sided level.

    Returns
    -------
    Estimate in events per `per` persons; NaN below ten events, where the rate is not given.

    Raises
    ------
    ValueError
        Columns differ in length, a figure is negative or missing, or nobody is in an age group.

    References
    ----------
    Dobson AJ et al. (1991), Statistics in Medicine 10:457-462; Morris JK et al. (2018),
    Population Health Metrics 16:19 for the least number of events.
    """
    counts, persons, weights = _arrays(events, population, standard)
    if (persons == 0).any() or weights.sum() == 0:
        raise ValueError("an age group has nobody in it")
    total, method = counts.sum(), "Dobson"
    if total < LEAST_EVENTS:
        return Estimate(np.nan, np.nan, np.nan, float(total), method)
    share = weights / weights.sum()
    rate = (share * counts / persons).sum()
    variance = (share**2 * counts / persons**2).sum()
    lower, upper = poisson_interval(total, confidence=confidence)
    scale = np.sqrt(variance / total)
    limits = [per * (rate + scale * (limit - total)) for limit in (lower, upper)]
    return Estimate(float(per * rate), float(limits[0]), float(limits[1]), float(total), method)


def standardised_ratio(
    events: Numbers,
    population: Numbers,
    standard_events: Numbers,
    standard_population: Numbers,
    *,
    reference: float = 100,
    confidence: float = 0.95,
) -> Estimate:
    """Return an indirectly standardised ratio (SMR), observed over expected events.

    Parameters
    ----------
    events, population : array-like
        Events and persons of the area, one figure per age group.
    standard_events, standard_population : array-like
        The same of the population whose rates are expected.
    reference : float
        Value of the ratio when observed equals expected.
    confidence : float
        Two-sided level.

    Returns
    -------
    Estimate; limits exact below ten events and Byar's from ten on, NaN when none is expected.

    Raises
    ------
    ValueError
        As standardised_rate.

    References
    ----------
    Breslow NE, Day NE (1987), Statistical Methods in Cancer Research II, chapter 2.
    """
    counts, persons, others, base = _arrays(
        events, population, standard_events, standard_population
    )
    if (base == 0).any():
        raise ValueError("an age group of the standard population has nobody in it")
    total, expected = counts.sum(), (persons * others / base).sum()
    method = "exact" if total < LEAST_EVENTS else "Byar"
    if expected == 0:
        return Estimate(np.nan, np.nan, np.nan, float(total), method)
    lower, upper = poisson_interval(total, confidence=confidence)
    values = [float(reference * figure / expected) for figure in (total, lower, upper)]
    return Estimate(values[0], values[1], values[2], float(total), method)
