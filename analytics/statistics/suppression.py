"""Small counts of persons: what is not shown, so that nobody can be told from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from data.derive.observations import THRESHOLD

__all__ = ["THRESHOLD", "group_totals", "is_small", "without_small"]


def is_small(counts: pd.Series, *, threshold: int = THRESHOLD) -> pd.Series:
    """Tell which counts are above zero and below the threshold; zero names nobody."""
    return counts.gt(0) & counts.lt(threshold)


def without_small(
    counts: pd.Series, *, hidden: Collection[str] = (), threshold: int = THRESHOLD
) -> pd.Series:
    """Return the counts with small ones, and those already hidden by the source, left out."""
    return counts.mask(is_small(counts, threshold=threshold) | counts.index.isin(list(hidden)))


def group_totals(
    counts: pd.Series,
    *,
    groups: Mapping[str, Collection[str]],
    hidden: Collection[str] = (),
    threshold: int = THRESHOLD,
) -> pd.DataFrame:
    """Return the total of each group, or why there is none.

    A group with a suppressed member shows no total, so that neither subtraction of members nor of
    overlapping groups gives the member. `counts` is indexed by area code; `hidden` are codes that
    the source itself suppresses. status is observed, suppressed or missing (a member without a
    count, or no member at all).
    """
    shown = without_small(counts, hidden=hidden, threshold=threshold)
    closed = set(shown.index[is_small(counts, threshold=threshold)]) | set(hidden)
    rows = []
    for key, codes in groups.items():
        members = shown.reindex(list(dict.fromkeys(codes)))
        if closed & set(codes):
            rows.append((key, float("nan"), "suppressed"))
        elif members.empty or members.isna().any():
            rows.append((key, float("nan"), "missing"))
        else:
            rows.append((key, float(members.sum()), "observed"))
    return pd.DataFrame(rows, columns=["group_key", "total", "status"])
