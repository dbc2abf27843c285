"""Invariants of local government codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.harmonise.codes import check_digit, from_code6, official_code6, pad_code

codes = st.integers(min_value=1000, max_value=99_999)


@given(codes)
def test_padding_and_check_digit_round_trip(number: int) -> None:
    code5 = pad_code(number)
    assert len(code5) == 5
    assert from_code6(official_code6(code5)) == code5


@given(codes, st.integers(min_value=0, max_value=9))
def test_only_the_right_check_digit_is_taken(number: int, digit: int) -> None:
    code5 = pad_code(number)
    if str(digit) == check_digit(code5):
        assert from_code6(f"{code5}{digit}") == code5
    else:
        with pytest.raises(ValueError, match="検査数字"):
            from_code6(f"{code5}{digit}")


@given(codes, st.integers(min_value=0, max_value=4), st.integers(min_value=1, max_value=9))
def test_one_changed_digit_is_noticed(number: int, place: int, step: int) -> None:
    """A weighted sum modulo 11 sees every single change, save where 10 and 0 share a digit."""
    code6 = official_code6(pad_code(number))
    changed = str((int(code6[place]) + step) % 10)
    wrong = code6[:place] + changed + code6[place + 1 :]
    weight = (6, 5, 4, 3, 2)[place]
    shift = weight * (int(changed) - int(code6[place])) % 11
    if code6[5] in "01" and shift in (1, 10):
        return
    with pytest.raises(ValueError, match="検査数字"):
        from_code6(wrong)
