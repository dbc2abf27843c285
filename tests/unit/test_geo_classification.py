"""Class breaks by scheme, with ties, few values and gaps."""

from __future__ import annotations

import itertools
import math
import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.classification import Scheme, class_breaks

SCHEMES: tuple[Scheme, ...] = ("quantile", "equal", "jenks", "std")
numbers = st.lists(
    st.one_of(st.none(), st.floats(min_value=-1e6, max_value=1e6)), min_size=0, max_size=60
)


def test_quantiles_of_one_to_ten() -> None:
    values = pd.Series(range(1, 11))
    assert class_breaks(values, scheme="quantile", k=5) == pytest.approx([2.8, 4.6, 6.4, 8.2, 10])


def test_equal_intervals_of_zero_to_ten() -> None:
    values = pd.Series([0, 1, 2, 3, 4, 5, 10])
    assert class_breaks(values, scheme="equal", k=5) == pytest.approx([2, 4, 6, 8, 10])


def test_jenks_finds_the_three_groups() -> None:
    values = pd.Series([1, 1.1, 1.2, 5, 5.1, 5.2, 9, 9.1, 9.2])
    assert class_breaks(values, scheme="jenks", k=3) == pytest.approx([1.2, 5.2, 9.2])


def test_jenks_of_all_municipalities_is_quick_and_repeats_itself() -> None:
    values = pd.Series([(n * 37 % 1741) ** 2 for n in range(1741)], dtype="float64")
    started = time.perf_counter()
    breaks = class_breaks(values, scheme="jenks", k=5)
    assert time.perf_counter() - started < 2
    assert breaks == class_breaks(values, scheme="jenks", k=5)
    assert breaks[-1] == 1740**2


def test_ties_give_fewer_classes() -> None:
    values = pd.Series([0, 0, 0, 0, 0, 0, 0, 1, 2, 3])
    breaks = class_breaks(values, scheme="quantile", k=5)
    assert breaks == sorted(set(breaks))
    assert len(breaks) < 5
    assert breaks[-1] == 3


def test_few_values_are_their_own_classes() -> None:
    assert class_breaks(pd.Series([3.0, None, 1.0]), scheme="jenks", k=5) == [1.0, 3.0]


def test_fixed_breaks_are_kept_and_reach_the_largest_value() -> None:
    values = pd.Series([1.0, 7.0])
    assert class_breaks(values, scheme="fixed", breaks=[2.0, 5.0]) == [2.0, 5.0, 7.0]
    assert class_breaks(values, scheme="fixed", breaks=[5.0, 10.0]) == [5.0, 10.0]
    with pytest.raises(ValueError, match="breaks"):
        class_breaks(values, scheme="fixed")


@pytest.mark.parametrize("scheme", SCHEMES)
@given(values=numbers, k=st.integers(min_value=2, max_value=7))
def test_every_known_value_falls_into_a_class(
    scheme: Scheme, values: list[float | None], k: int
) -> None:
    known = [value for value in values if value is not None]
    breaks = class_breaks(pd.Series(values, dtype="float64"), scheme=scheme, k=k)
    if not known:
        assert breaks == []
        return
    assert all(math.isfinite(bound) for bound in breaks)
    assert all(low < high for low, high in itertools.pairwise(breaks))
    assert max(known) <= breaks[-1]
