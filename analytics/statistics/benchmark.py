"""What an interval says beside a benchmark."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.catalogue.indicator import Polarity

_JUDGED = {
    ("higher", "high_is_good"): "better",
    ("higher", "low_is_good"): "worse",
    ("lower", "high_is_good"): "worse",
    ("lower", "low_is_good"): "better",
}


def compare_with_benchmark(
    value: pd.Series,
    lower_ci: pd.Series,
    upper_ci: pd.Series,
    *,
    benchmark: pd.Series | float | None,
) -> pd.Series:
    """Return higher, lower or similar by the interval, or not_compared where there is none.

    Parameters
    ----------
    value, lower_ci, upper_ci : Series
        Values and their limits, in the unit of the benchmark.
    benchmark : Series, number or None
        What to compare with; an interval that touches it is similar.

    Returns
    -------
    Series of str, indexed as the values.

    References
    ----------
    Fingertips Public Health Technical Guide, comparison by overlapping interval (RAG/BOB).
    """
    if not isinstance(benchmark, pd.Series):
        benchmark = pd.Series(benchmark, index=value.index, dtype="float64")
    known = value.notna() & lower_ci.notna() & upper_ci.notna() & benchmark.notna()
    outcome = np.select(
        [~known, lower_ci > benchmark, upper_ci < benchmark],
        ["not_compared", "higher", "lower"],
        default="similar",
    )
    return pd.Series(outcome, index=value.index, dtype="str")


def judged(outcome: pd.Series, *, polarity: Polarity) -> pd.Series:
    """Return better or worse where the polarity of the indicator allows it, else the outcome."""
    words = {o: _JUDGED.get((o, polarity), o) for o in outcome.unique()}
    return outcome.map(words).astype("str")
