"""Indexes of medical and care demand: people weighted by age, a base year as 100."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.demand_bands import band_name
from data.catalogue.demand_rates import Band, load_demand_rates

PUBLISHED_BASE = 2020
_FACTS = ["area_code", "area_name", "year", "is_projection"]


def weight_bands() -> tuple[Band, ...]:
    """Return all age classes that any set of weights needs."""
    sets = load_demand_rates().weights.values()
    return tuple(dict.fromkeys(band for entry in sets for band in entry.bands))


def weighted_demand(persons: pd.DataFrame, *, weights: str, base_year: int) -> pd.DataFrame:
    """Return Σ weight × persons of an age class, and its index with the base year as 100.

    `persons` has the age classes in columns; `weights` is a key of the published sets. Columns:
    area_code, area_name, year, is_projection, demand (in the unit of the formula; null where a
    class is), value (index; null without a base).
    """
    entry = load_demand_rates().weights[weights]
    parts = pd.DataFrame(
        {part.age_from: persons[band_name(part.band)] * part.weight for part in entry.by_age}
    )
    demand = parts.sum(axis=1, min_count=len(entry.by_age)).where(parts.notna().all(axis=1))
    frame = persons[_FACTS].assign(demand=demand)
    at_base = frame[frame["year"] == base_year].set_index("area_code")["demand"]
    base = frame["area_code"].map(at_base)
    return frame.assign(value=100 * demand / base.where(base > 0))


def base_year_of(years: Sequence[int]) -> int:
    """Return the year to take as 100: that of the publication, else the first of the edition."""
    return PUBLISHED_BASE if PUBLISHED_BASE in years else min(years)
