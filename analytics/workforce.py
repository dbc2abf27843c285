"""How many people of working age there are for each person certified, or aged 75 and over."""

from __future__ import annotations

import pandas as pd

from analytics.demand import OLD, WORKING
from analytics.demand_bands import band_name
from geo.classification import class_breaks

PER = {"certified": "certified", "75plus": band_name(OLD)}
CLASSES = 6


def with_workforce(wide: pd.DataFrame, *, per: str) -> pd.DataFrame:
    """Return the frame with value: persons aged 20–64 per certified person or person aged 75+.

    `per` is certified or 75plus. Null where either count is missing or nobody is below.
    """
    divisor = wide[PER[per]].astype("float64")
    return wide.assign(value=wide[band_name(WORKING)] / divisor.where(divisor > 0))


def workforce_classes(values: pd.Series) -> tuple[float, ...]:
    """Return upper bounds of the classes, the same for all years: quantiles of all values."""
    known = values.dropna()
    if known.empty:
        return ()
    return tuple(class_breaks(known, scheme="quantile", k=CLASSES))
