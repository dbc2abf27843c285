"""Rates of small areas drawn towards the whole, the more the fewer people there are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.ArrayLike


def empirical_bayes(events: Numbers, population: Numbers) -> npt.NDArray[np.float64]:
    """Return rates smoothed towards their common mean by Marshall's global estimator.

    Parameters
    ----------
    events, population : array-like
        Events and persons by area; an area without either, or with nobody, stays NaN and does
        not take part.

    Returns
    -------
    Array of rates, each between the area's own and the mean. Where chance explains all the spread
    the variance between areas is taken as zero, and every area has the mean.

    Raises
    ------
    ValueError
        A count is negative.

    References
    ----------
    Marshall RJ (1991), Applied Statistics 40:283-294; esda.smoothing.Empirical_Bayes, which does
    not keep the variance from falling below zero.
    """
    counts, persons = np.broadcast_arrays(
        np.asarray(events, dtype=float), np.asarray(population, dtype=float)
    )
    if (counts < 0).any() or (persons < 0).any():
        raise ValueError("counts and populations must not be negative")
    known = ~(np.isnan(counts) | np.isnan(persons)) & (persons > 0)
    smoothed = np.full(counts.shape, np.nan)
    if not known.any():
        return smoothed
    e, b = counts[known], persons[known]
    mean, rate = e.sum() / b.sum(), e / b
    if mean == 0:
        smoothed[known] = 0.0
        return smoothed
    between = (b * (rate - mean) ** 2).sum() / b.sum() - mean / b.mean()
    weight = max(between, 0.0) / (max(between, 0.0) + mean / b)
    smoothed[known] = weight * rate + (1 - weight) * mean
    return smoothed
