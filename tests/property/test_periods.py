"""Periods are read as they are printed, and nothing else is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.era import calendar_year_label, fiscal_year_label, read_period


@given(st.integers(min_value=1989, max_value=2100))
def test_a_printed_period_reads_back(year: int) -> None:
    assert read_period(fiscal_year_label(year)) == f"FY{year}"
    assert read_period(calendar_year_label(year)) == str(year)
    assert read_period(f"FY{year}") == f"FY{year}"


@given(st.text(max_size=12))
def test_what_is_no_period_is_none(text: str) -> None:
    found = read_period(text)
    assert found is None or found.removeprefix("FY").isdigit()
