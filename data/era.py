"""Fiscal and calendar years in the forms that Japanese readers expect."""

from __future__ import annotations

import re
from datetime import date

UNDATED = "undated"
FIRST_YEAR, LAST_YEAR = 1945, 2150
_ERAS = ((2019, "令和", "R"), (1989, "平成", "H"), (1926, "昭和", "S"))


def _era(year: int) -> tuple[str, str, int]:
    for first_year, name, letter in _ERAS:
        if year >= first_year:
            return name, letter, year - first_year + 1
    raise ValueError(f"year {year} lies before the eras known here")


def fiscal_year_label(year: int) -> str:
    """Return a fiscal year in full, such as 令和5年度(2023年度)."""
    name, _, number = _era(year)
    return f"{name}{'元' if number == 1 else number}年度({year}年度)"


def calendar_year_label(year: int) -> str:
    """Return a calendar year in full, such as 令和5年(2023年)."""
    name, _, number = _era(year)
    return f"{name}{'元' if number == 1 else number}年({year}年)"


def short_era(year: int) -> str:
    """Return a year for an axis, such as R5."""
    _, letter, number = _era(year)
    return f"{letter}{number}"


def period_label(period: str) -> str:
    """Return a stored period (FY2023, 2030 or undated) in full."""
    if period == UNDATED:
        return "時点の記載なし"
    if period.startswith("FY"):
        return fiscal_year_label(int(period[2:]))
    return calendar_year_label(int(period))


def last_day(period: str) -> date:
    """Return the last day of a stored period; an undated one is as new as can be."""
    if period == UNDATED:
        return date.max
    if period.startswith("FY"):
        return date(int(period[2:]) + 1, 3, 31)
    return date(int(period), 12, 31)


def read_period(text: str) -> str | None:
    """Return a stored period from how it is printed: 令和5年度, 2023年度, FY2023, R5年, 2030.

    The text is NFKC-normalised; None when it is no year.
    """
    plain = re.sub(r"\(.*?\)|\s", "", text)
    found = re.fullmatch(r"(FY)?(令和|平成|昭和|[RHS])?(元|\d{1,4})(年度|年)?", plain)
    if not found:
        return None
    fiscal, era, number, unit = found.groups()
    year = 1 if number == "元" else int(number)
    if era:
        year += next(first for first, name, letter in _ERAS if era in (name, letter)) - 1
    if not FIRST_YEAR <= year <= LAST_YEAR or (fiscal and (era or unit)):
        return None
    return f"FY{year}" if fiscal or unit == "年度" else str(year)
