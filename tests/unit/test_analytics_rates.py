"""Intervals against published examples and an independent implementation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analytics.rates import (
    byar_interval,
    compare_with_benchmark,
    poisson_interval,
    wilson_interval,
)

# Newcombe (1998), table I, method 3
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# exact limits of a Poisson count (Pearson and Hartley, table 40)
POISSON = [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (9, 4.1154, 17.0848)]


@pytest.mark.parametrize(("count", "size", "lower", "upper"), NEWCOMBE)
def test_wilson_gives_the_published_limits(count, size, lower, upper):
    low, high = wilson_interval(count, size)
    assert (low, high) == (pytest.approx(lower, abs=5e-5), pytest.approx(upper, abs=5e-5))


@pytest.mark.parametrize(("count", "lower", "upper"), POISSON)
def test_counts_give_the_published_limits(count, lower, upper):
    low, high = poisson_interval(count)
    assert (low, high) == (pytest.approx(lower, abs=5e-5), pytest.approx(upper, abs=5e-5))


def test_byar_takes_over_from_ten_and_is_close_to_the_exact_limits():
    low, high = poisson_interval([10, 100])
    assert low == pytest.approx([4.7954, 81.3640], abs=0.02)
    assert low[0] != pytest.approx(4.7954, abs=1e-4)
    assert high == pytest.approx([18.3904, 121.6272], abs=0.02)


def test_rate_limits_are_scaled_by_population():
    low, high = byar_interval([100, 5, 0], [10_000, 1_000, 500], per=10_000)
    assert low == pytest.approx([81.3621, 16.235, 0.0], abs=1e-2)
    assert high == pytest.approx([121.6246, 116.683, 73.778], abs=1e-2)


def test_no_population_or_no_count_gives_no_limits():
    low, high = byar_interval([3, np.nan], [0, 100])
    assert np.isnan(low).all()
    assert np.isnan(high).all()
    assert np.isnan(wilson_interval(0, 0)[0])


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="exceeds"):
        wilson_interval(5, 4)
    with pytest.raises(ValueError, match="negative"):
        byar_interval(-1, 4)


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy_and_encloses_the_share(pair):
    count, size = pair
    low, high = wilson_interval(count, size)
    other = binomtest(count, size).proportion_ci(method="wilson")
    assert (low, high) == (pytest.approx(other.low, abs=1e-9), pytest.approx(other.high, abs=1e-9))
    assert low - 1e-12 <= count / size <= high + 1e-12


@given(st.integers(0, 100_000), st.integers(1, 1_000_000))
def test_rate_lies_inside_its_limits(count, population):
    low, high = byar_interval(count, population)
    assert low <= 10_000 * count / population <= high


def test_outcome_follows_the_interval_and_not_the_value():
    value = pd.Series([5.0, 5.0, 3.0, np.nan, 5.0])
    lower = pd.Series([4.5, 3.5, 2.0, np.nan, np.nan])
    upper = pd.Series([5.5, 6.5, 3.9, np.nan, np.nan])
    outcome = compare_with_benchmark(value, lower, upper, benchmark=4.0)
    assert outcome.tolist() == ["higher", "similar", "lower", "not_compared", "not_compared"]
    without = compare_with_benchmark(value, lower, upper, benchmark=None)
    assert set(without) == {"not_compared"}
