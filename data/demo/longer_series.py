"""Earlier years of the demo's tables, for a region as large as a country and its long series."""

from __future__ import annotations

import re
from collections import defaultdict

from data.demo.common_tables import Row

YEARLY_CHANGE = 0.02
_PERIOD = re.compile(r"(\d{4})(\D+)")


def with_earlier_years(rows: list[Row], *, periods: int) -> list[Row]:
    """Return the rows and, for an item of fewer periods, falling copies of its first one.

    Every count of a year shrinks by the same factor, so that no part outgrows its whole.
    """
    years: dict[str, set[int]] = defaultdict(set)
    for _, _, period, item, _ in rows:
        years[item].add(_year(period))
    longer = list(rows)
    for code, name, period, item, text in rows:
        first = min(years[item])
        if _year(period) != first:
            continue
        for earlier in range(1, periods - len(years[item]) + 1):
            past = f"{first - earlier}{_unit(period)}"
            longer.append((code, name, past, item, _shrunk(text, earlier)))
    return longer


def _year(period: str) -> int:
    return int(period[:4])


def _unit(period: str) -> str:
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(f"no year: {period}")
    return found[2]


def _shrunk(text: str, years: int) -> str:
    if not text.replace(".", "", 1).isdecimal():
        return text
    value = float(text) * (1 - YEARLY_CHANGE) ** years
    return f"{value:.1f}" if "." in text else f"{int(value)}"
