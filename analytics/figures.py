"""Figures in sentences: rounded as a person would say them."""

from __future__ import annotations

import math


def persons(value: float) -> str:
    """Return a number of persons: 8.6万人 from ten thousand on, 4,321人 below."""
    if abs(value) >= 10_000:
        return f"{value / 10_000:,.1f}万人"
    return f"{value:,.0f}人"


def percent(value: float, *, decimals: int = 1) -> str:
    """Return a share in per cent."""
    return f"{value:.{decimals}f}%"


def change(value: float, *, decimals: int = 1) -> str:
    """Return a change in per cent in words: 16.3%増, 4.0%減, 横ばい."""
    rounded = round(value, decimals)
    if rounded == 0:
        return "横ばい"
    return f"{abs(rounded):.{decimals}f}%{'増' if rounded > 0 else '減'}"


def is_missing(value: float | None) -> bool:
    """Tell whether a figure is absent."""
    return value is None or math.isnan(value)
