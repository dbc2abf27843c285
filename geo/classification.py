"""Class breaks of a choropleth by a named scheme."""

from __future__ import annotations

import warnings
from typing import Literal

import mapclassify
import numpy as np
import pandas as pd

Scheme = Literal["quantile", "equal", "jenks", "std", "fixed"]
# Fisher–Jenks is quadratic: 6 s for all municipalities, 0.1 s for as many quantiles of them
_JENKS_POINTS = 200


def class_breaks(
    values: pd.Series,
    *,
    scheme: Scheme,
    k: int = 5,
    breaks: list[float] | None = None,
) -> list[float]:
    """Return ascending upper bounds of the classes; fewer than k where values tie.

    Missing values belong to no class. The last bound is the largest value, or above it when
    fixed breaks reach further; without any value the list is empty.
    """
    known = pd.to_numeric(values, errors="coerce").dropna().to_numpy(dtype=float)
    if known.size == 0:
        return []
    if scheme == "fixed":
        return _fixed(known, breaks)
    distinct = np.unique(known)
    if distinct.size <= k:
        return [float(value) for value in distinct]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        bounds = _classifier(known, scheme, k).bins
    return _ascending([*bounds, float(known.max())], top=float(known.max()))


def _classifier(known: np.ndarray, scheme: Scheme, k: int) -> mapclassify.MapClassifier:
    if scheme == "quantile":
        return mapclassify.Quantiles(known, k=k)
    if scheme == "equal":
        return mapclassify.EqualInterval(known, k=k)
    if scheme == "jenks":
        return mapclassify.FisherJenks(_thinned(known), k=k)
    if scheme == "std":
        return mapclassify.StdMean(known)
    raise ValueError(f"unknown scheme {scheme}")


def _thinned(known: np.ndarray) -> np.ndarray:
    if known.size <= _JENKS_POINTS:
        return known
    points = np.linspace(0, 1, _JENKS_POINTS)
    return np.asarray(np.quantile(known, points, method="nearest"))


def _fixed(known: np.ndarray, breaks: list[float] | None) -> list[float]:
    if not breaks:
        raise ValueError("fixed scheme needs breaks")
    top = max(float(known.max()), max(breaks))
    return _ascending([*breaks, top], top=top)


def _ascending(bounds: list[float], *, top: float) -> list[float]:
    return sorted({float(bound) for bound in bounds if bound <= top})
