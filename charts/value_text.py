"""A value with its unit, beside a mark."""

from __future__ import annotations

from charts.formatting import MISSING, number


def value_text(value: float | None, *, unit: str, decimals: int) -> str:
    """Return a value with its unit; a unit that names a base (対) stands before it."""
    printed = number(value, decimals=decimals)
    if printed == MISSING or not unit:
        return printed
    return f"{unit} {printed}" if "対" in unit else f"{printed}{unit}"


def span(values: list[float]) -> list[float]:
    """Return the ends of an axis around the values; never below zero where no value is."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = 0.06 * ((high - low) or abs(high) or 1.0)
    start = low - room
    return [max(0.0, start) if low >= 0 else start, high + room]
