"""The difference of two proportions with its limits."""

from __future__ import annotations

import numpy as np

from data.derive.intervals import Limits, Numbers, wilson_interval


def difference_limits(
    first_count: Numbers,
    first_size: Numbers,
    second_count: Numbers,
    second_size: Numbers,
    *,
    confidence: float = 0.95,
) -> Limits:
    """Return the limits of the difference of two independent proportions, first less second.

    Parameters
    ----------
    first_count, first_size, second_count, second_size : array-like
        Events and units of either group; a size of zero or NaN gives NaN limits.
    confidence : float
        Two-sided level, 0.95 for 95 % limits.

    Returns
    -------
    (lower, upper) : arrays of differences between -1 and 1.

    Raises
    ------
    ValueError
        If a count or size is negative.

    References
    ----------
    Newcombe RG. Interval estimation for the difference between independent proportions:
    comparison of eleven methods. Stat Med 1998;17:873-890, method 10 (Wilson limits combined).
    """
    sizes = [np.where(np.asarray(size, float) > 0, size, np.nan) for size in
             (first_size, second_size)]  # fmt: skip
    first = np.asarray(first_count, float) / sizes[0]
    second = np.asarray(second_count, float) / sizes[1]
    low_1, high_1 = wilson_interval(first_count, first_size, confidence=confidence)
    low_2, high_2 = wilson_interval(second_count, second_size, confidence=confidence)
    gap = first - second
    lower = gap - np.sqrt((first - low_1) ** 2 + (high_2 - second) ** 2)
    upper = gap + np.sqrt((high_1 - first) ** 2 + (second - low_2) ** 2)
    return lower, upper
