from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.rates_editor import parse_edits, written

BANDS = ((65, 74), (75, 84), (85, None))


def test_rates_of_an_address_are_read() -> None:
    assert parse_edits("65:2.8,85:50", BANDS) == (((65, 2.8), (85, 50.0)), ())
    assert parse_edits("", BANDS) == ((), ())


@pytest.mark.parametrize(
    "bad", ["70:5", "65:101", "65:-1", "65", "x:1", "65:", "65:nan", "65:inf", "85:1e9", "<b>:1"]
)
def test_what_means_nothing_is_named_and_the_rest_kept(bad: str) -> None:
    assert parse_edits(f"{bad},75:10", BANDS) == (((75, 10.0),), (bad,))


@given(st.dictionaries(st.sampled_from([65, 75, 85]), st.integers(0, 1000)))
def test_what_is_written_is_read_again(tenths: dict[int, int]) -> None:
    edits = tuple(sorted((age, tenth / 10) for age, tenth in tenths.items()))
    assert parse_edits(written(edits) or "", BANDS) == (edits, ())


def test_nothing_changed_leaves_the_address_clean() -> None:
    assert written(()) is None
