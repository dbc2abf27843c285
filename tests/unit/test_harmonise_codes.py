"""Local government codes against published examples."""

from __future__ import annotations

import pytest

from data.harmonise.codes import check_digit, from_code6, is_in_city_range, pad_code


@pytest.mark.parametrize(
    "code6", ["131016", "162019", "131041", "131130", "011002", "082082", "042030"]
)
def test_published_codes_have_their_check_digit(code6: str) -> None:
    assert check_digit(code6[:5]) == code6[5]
    assert from_code6(code6) == code6[:5]


@pytest.mark.parametrize("value", [1100, 1100.0, "1100", "01100", " ０１１００ "])
def test_a_lost_leading_zero_is_put_back(value: object) -> None:
    assert pad_code(value) == "01100"


@pytest.mark.parametrize("value", ["", "全国", "011002", None, 12.5])
def test_what_is_no_code_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="団体コード"):
        pad_code(value)


@pytest.mark.parametrize("code6", ["131017", "13101", "13101a", ""])
def test_a_wrong_six_digit_code_is_refused(code6: str) -> None:
    with pytest.raises(ValueError, match=r"桁|検査数字"):
        from_code6(code6)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("01100", True), ("22140", True), ("13101", False), ("22203", False), ("pr-07999", False)],
)
def test_city_range(code: str, expected: bool) -> None:
    assert is_in_city_range(code) is expected
