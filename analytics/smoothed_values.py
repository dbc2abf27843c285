"""The values of small areas drawn towards those of all areas in view, and how far they moved."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.compare import has_interval
from analytics.compare_sentence import value_text
from analytics.group_values import multiplier
from analytics.statistics.smoothing import empirical_bayes
from data.catalogue.indicator import IndicatorEntry

LEAST_AREAS = 3


def can_smooth(parts: pd.DataFrame) -> bool:
    """Tell whether chance makes the values, and enough areas have both counts."""
    counts = parts[["value", "numerator", "denominator"]].notna().all(axis=1)
    return bool(has_interval(parts) and counts.sum() >= LEAST_AREAS)


def with_smoothed(values: pd.DataFrame, entry: IndicatorEntry) -> pd.DataFrame:
    """Add smoothed_value, for the parts (is_part) with a value and both counts.

    Marshall's global empirical Bayes estimator over the parts in view, in the indicator's unit.
    """
    known = values["is_part"] & values["value"].notna()
    top = values["numerator"].where(known).to_numpy(dtype=float, na_value=np.nan)
    base = values["denominator"].where(known).to_numpy(dtype=float, na_value=np.nan)
    return values.assign(smoothed_value=multiplier(entry) * empirical_bayes(top, base))


def smoothing_sentence(parts: pd.DataFrame, entry: IndicatorEntry, own_code: str | None) -> str:
    """Say that the figures show smoothed values, and what became of the own or the farthest one."""
    known = parts.dropna(subset=["smoothed_value"])
    moved = (known["smoothed_value"] - known["value"]).abs()
    head = "図は、経験ベイズ法でならした値です。"
    if known.empty or moved.max() == 0:
        return head
    own = known[known["area_code"] == own_code]
    row = own.iloc[0] if len(own) else known.iloc[int(moved.argmax())]
    raw, drawn = (
        value_text(float(row[name]), unit=entry.unit, decimals=entry.decimals)
        for name in ("value", "smoothed_value")
    )
    who = row["area_name"] if len(own) else f"最も動いたのは{row['area_name']}で、"
    return f"{head}{who}{'は' if len(own) else ''}{raw}が{drawn}になります。"
