"""Areas in order of value, cut into groups as equal in number as ties allow."""

from __future__ import annotations

import numpy as np
import pandas as pd


def quantile_groups(values: pd.Series, *, groups: int = 5) -> pd.Series:
    """Return the group of each value, 1 for the lowest; equal values share the lower group.

    Parameters
    ----------
    values : Series
        Values; missing ones have no group.
    groups : int
        How many groups, 5 for quintiles.

    Returns
    -------
    Series of Int64, indexed as the values; all missing where there are fewer values than groups.

    References
    ----------
    PHEindicatormethods phe_quantile.
    """
    count = int(values.notna().sum())
    if count < groups:
        return pd.Series(pd.NA, index=values.index, dtype="Int64")
    rank = values.rank(method="min")
    found = np.floor(groups + 1 - np.ceil((count + 1 - rank) / (count / groups)))
    kept: pd.Series = found.clip(lower=1).astype("Int64")
    return kept
