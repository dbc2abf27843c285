"""Numbers as they are printed beside a mark."""

from __future__ import annotations

import math

MISSING = "データなし"


def number(value: float | None, *, decimals: int = 0, signed: bool = False) -> str:
    """Return a number with thousands separators, or the words for a missing one."""
    if value is None or math.isnan(value):
        return MISSING
    rounded = round(float(value), decimals) + 0.0  # no negative zero
    return f"{rounded:{'+' if signed and rounded else ''},.{decimals}f}"


def with_unit(value: float | None, *, unit: str, decimals: int = 0, signed: bool = False) -> str:
    """Return a number with its unit; a missing one has none."""
    text = number(value, decimals=decimals, signed=signed)
    return text if text == MISSING else f"{text}{unit}"


def class_labels(breaks: list[float], *, lowest: float, decimals: int, unit: str = "") -> list[str]:
    """Return the printed range of each class, given the upper bounds."""
    lower = [lowest, *breaks[:-1]]
    return [
        f"{number(start, decimals=decimals)}～{number(end, decimals=decimals)}{unit}"
        for start, end in zip(lower, breaks, strict=True)
    ]
