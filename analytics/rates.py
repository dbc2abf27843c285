"""Intervals of rates, and what they say beside a benchmark."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.derive.intervals import byar_interval, poisson_interval, wilson_interval

__all__ = ["byar_interval", "compare_with_benchmark", "poisson_interval", "wilson_interval"]


def compare_with_benchmark(
    value: pd.Series,
    lower_ci: pd.Series,
    upper_ci: pd.Series,
    *,
    benchmark: pd.Series | float | None,
) -> pd.Series:
    """Return higher, lower or similar by the interval, or not_compared where there is none."""
    if not isinstance(benchmark, pd.Series):
        benchmark = pd.Series(benchmark, index=value.index, dtype="float64")
    known = value.notna() & lower_ci.notna() & upper_ci.notna() & benchmark.notna()
    outcome = np.select(
        [~known, lower_ci > benchmark, upper_ci < benchmark],
        ["not_compared", "higher", "lower"],
        default="similar",
    )
    return pd.Series(outcome, index=value.index, dtype="str")
