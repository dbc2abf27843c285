"""The two-step floating catchment area method, as numbers in and numbers out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Weight = Callable[[np.ndarray], np.ndarray]
# Luo and Qi's weights of the inner, middle and outer third of the catchment
STEP_WEIGHTS = (1.0, 0.68, 0.22)


def two_step_access(
    *,
    demand: np.ndarray,
    supply: np.ndarray,
    origin: np.ndarray,
    destination: np.ndarray,
    weight: np.ndarray,
) -> np.ndarray:
    """Return how much supply each place of demand can reach per person.

    R_j = S_j / sum of P_k W_kj over the places k in the catchment of facility j, and
    A_i = sum of R_j W_ij over the facilities j in the catchment of place i.

    Parameters
    ----------
    demand, supply : persons P by place, and S by facility; missing demand counts as nobody.
    origin, destination, weight : the pairs inside the catchment: position in demand, position in
        supply, and W of their distance.

    Returns
    -------
    Supply per person, by place; 0 where nothing is reached. A facility that nobody reaches adds
    nothing.

    References
    ----------
    Luo W, Wang F (2003) Environment and Planning B 30:865-884, doi:10.1068/b29120, where W is 1;
    Luo W, Qi Y (2009) Health & Place 15:1100-1107, doi:10.1016/j.healthplace.2009.06.002.
    """
    persons = np.nan_to_num(np.asarray(demand, dtype=float))
    served = np.bincount(destination, weights=weight * persons[origin], minlength=len(supply))
    ratio = np.divide(supply, served, out=np.zeros(len(supply)), where=served > 0)
    return np.bincount(origin, weights=weight * ratio[destination], minlength=len(persons))


def flat_weight(radius_km: float) -> Weight:
    """Return the weight of the first version of the method: 1 inside the radius, 0 outside."""
    return lambda km: np.where(km <= radius_km, 1.0, 0.0)


def step_weight(radius_km: float, weights: Sequence[float] = STEP_WEIGHTS) -> Weight:
    """Return the weight of the enhanced version: it falls ring by ring of equal width."""
    bounds = radius_km * np.arange(1, len(weights) + 1) / len(weights)
    table = np.array([*weights, 0.0])
    return lambda km: table[np.searchsorted(bounds, km, side="left")]
