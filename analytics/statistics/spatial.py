"""Whether neighbours have like values, over the whole and area by area."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from esda.moran import Moran, Moran_Local
from libpysal.weights import W, w_subset

PERMUTATIONS = 999
SEED = 20261122
_QUADRANTS = {1: "high_high", 2: "low_high", 3: "low_low", 4: "high_low"}


@dataclass(frozen=True)
class Association:
    """Moran's I of all areas, its pseudo p, and the kind of each area."""

    statistic: float
    p_value: float
    local: pd.DataFrame


def spatial_association(
    values: pd.Series, neighbours: pd.DataFrame, *, significance: float = 0.05
) -> Association | None:
    """Return Moran's I and the local kinds (LISA) of areas with a value and a neighbour.

    Parameters
    ----------
    values : Series
        Values by area code; missing ones do not take part.
    neighbours : DataFrame
        area_code and neighbour_code, both directions.
    significance : float
        Pseudo p below which an area is given a kind.

    Returns
    -------
    Association or None
        local has area_code, kind (high_high, low_low, high_low, low_high, none) and p_value. None
        where fewer than four areas take part or all values are equal.

    References
    ----------
    Moran PAP (1950), Biometrika 37:17-23; Anselin L (1995), Geographical Analysis 27:93-115;
    computed by esda, 999 permutations from a fixed seed; local p is one-sided.
    """
    weights = _weights(values.dropna(), neighbours)
    if weights is None or weights.n < 4:
        return None
    observed = values.loc[weights.id_order].to_numpy(dtype=float)
    if np.ptp(observed) == 0:
        return None
    np.random.seed(SEED)  # esda's Moran draws from the global generator
    whole = Moran(observed, weights, permutations=PERMUTATIONS)
    with warnings.catch_warnings():
        # a change of the default p of the next release; ours is pinned
        warnings.simplefilter("ignore", DeprecationWarning)
        local = Moran_Local(observed, weights, permutations=PERMUTATIONS, seed=SEED)
    kinds = [
        _QUADRANTS[quadrant] if p < significance else "none"
        for quadrant, p in zip(local.q, local.p_sim, strict=True)
    ]
    columns = {"area_code": weights.id_order, "kind": kinds, "p_value": local.p_sim}
    return Association(float(whole.I), float(whole.p_sim), pd.DataFrame(columns))


def _weights(values: pd.Series, neighbours: pd.DataFrame) -> W | None:
    known = neighbours[
        neighbours["area_code"].isin(values.index) & neighbours["neighbour_code"].isin(values.index)
    ]
    if known.empty:
        return None
    touching = known.groupby("area_code")["neighbour_code"].agg(list).to_dict()
    weights = W(touching, silence_warnings=True)
    whole = w_subset(weights, sorted(map(str, touching)), silence_warnings=True)
    whole.transform = "r"
    return whole
