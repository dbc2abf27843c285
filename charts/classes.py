"""Names of the classes of a map: no gap and no overlap, with no more decimals than needed."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd

from charts.formatting import number


def printable(breaks: list[float], *, decimals: int) -> list[float]:
    """Return the bounds rounded as printed, each once, ascending."""
    return sorted({round(bound, decimals) + 0.0 for bound in breaks if not math.isnan(bound)})


def class_names(
    bounds: list[float], *, decimals: int, lowest: float = -math.inf, whole: bool = False
) -> list[str]:
    """Return the printed range of each class; the last one has no upper end.

    `lowest` is the smallest value: a first class of nothing but zeros is called 0.
    `whole` values are counted one by one: 3～5 where others are 2超～5.
    """
    if not bounds:
        return []
    printed = [number(bound, decimals=decimals) if bound else "0" for bound in bounds]
    only_zeros = bounds[0] == 0 and lowest >= 0
    first = "0" if only_zeros else f"{printed[0]}以下"
    if len(bounds) == 1:
        return ["0" if only_zeros else "すべて"]
    if not whole:
        middle = [f"{low}超～{high}" for low, high in pairwise(printed[:-1])]
        return [first, *middle, f"{printed[-2]}超"]
    middle = [_counted(low, high) for low, high in pairwise(bounds[:-1])]
    return [first, *middle, f"{number(bounds[-2] + 1)}以上"]


def _counted(low: float, high: float) -> str:
    start, end = number(low + 1), number(high)
    return start if start == end else f"{start}～{end}"


def named_classes(values: pd.Series, bounds: list[float], *, decimals: int) -> list[str]:
    """Return the names of the classes into which the bounds part the values."""
    known = values.dropna()
    whole = decimals == 0 and bool((known % 1 == 0).all())
    places = 0 if all(float(bound).is_integer() for bound in bounds) else decimals
    lowest = float(known.min()) if len(known) else -math.inf
    return class_names(bounds, decimals=places, lowest=lowest, whole=whole)
