"""A cohort-component model: survival, births and net migration in five-year steps.

Arrays of people are place × sex (male, female) × five-year band (0–4 … 90–94, 95 and over).
All levels are invented round numbers for the exercise region, not estimates of any real place.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEP = 5
AGES = np.arange(0, 100, STEP)
MALE, FEMALE = 0, 1
BOYS_PER_BIRTH = 105 / 205
_ACCIDENTS = 0.0004
_SLOPE = 0.102
_MODAL_AGE_1980 = np.array([80.2, 86.4])
_OLDEST = 120
_GRID = np.arange(0.0, _OLDEST + 0.5, 0.5)


def modal_age(year: float) -> Floats:
    """Return the most frequent age at death by sex; it rises more slowly after 2020."""
    past = min(year, 2020) - 1980
    ahead = max(year - 2020, 0)
    return _MODAL_AGE_1980 + 0.185 * past + 0.05 * ahead


def survivorship(year: float) -> Floats:
    """Return survivors by sex at half-year ages, one at birth.

    Gompertz–Makeham: force of mortality = accidents + slope × exp(slope × (age − modal age)).
    """
    modal = modal_age(year)[:, None]
    ageing = np.exp(_SLOPE * (_GRID - modal)) - np.exp(-_SLOPE * modal)
    survivors: Floats = np.exp(-_ACCIDENTS * _GRID - ageing)
    return survivors


def years_lived(year: float) -> Floats:
    """Return person-years lived in each band by sex per birth; the last band is open."""
    survivors = survivorship(year)
    slices = (survivors[:, 1:] + survivors[:, :-1]) / 4
    bands = np.minimum(_GRID[:-1] // STEP, len(AGES) - 1).astype(int)
    lived = np.zeros((2, len(AGES)))
    for sex in (MALE, FEMALE):
        lived[sex] = np.bincount(bands, slices[sex], minlength=len(AGES))
    return lived


def survival(year: float) -> tuple[Floats, Floats]:
    """Return the shares by sex that reach the next band, and that of births reaching 0–4."""
    lived = years_lived(year)
    shares = lived.copy()
    shares[:, :-2] = lived[:, 1:-1] / lived[:, :-2]
    beyond_100 = _beyond_100(year)
    shares[:, -2] = (lived[:, -1] - beyond_100) / lived[:, -2]
    shares[:, -1] = beyond_100 / lived[:, -1]
    return shares, lived[:, 0] / STEP


def _beyond_100(year: float) -> Floats:
    survivors = survivorship(year)[:, _GRID >= 100]
    lived: Floats = ((survivors[:, 1:] + survivors[:, :-1]) / 4).sum(axis=1)
    return lived


def life_expectancy(year: float) -> Floats:
    """Return life expectancy at birth by sex, in years."""
    expected: Floats = years_lived(year).sum(axis=1)
    return expected


def birth_rates(total_fertility: Floats, mean_age: float, spread: float) -> Floats:
    """Return births a year per woman by place and band, a bell over the ages 15–49."""
    middle = AGES + STEP / 2
    shape = np.exp(-0.5 * ((middle - mean_age) / spread) ** 2)
    shape[(AGES < 15) | (AGES >= 50)] = 0.0
    rates: Floats = total_fertility[:, None] * shape / (shape.sum() * STEP)
    return rates


def advance(people: Floats, *, year: float, births: Floats, migration: Floats) -> Floats:
    """Return the people five years on.

    births is a rate a year by place and band; migration is net movers over the five years as a
    share of those who would be in a band without it, by place, sex and band.
    """
    shares, newborn = survival(year + STEP / 2)
    alive = people * shares
    after = np.zeros_like(people)
    after[:, :, 1:] = alive[:, :, :-1]
    after[:, :, -1] += alive[:, :, -1]
    after[:, :, 1:] *= 1.0 + migration[:, :, 1:]
    mothers = (people[:, FEMALE] + after[:, FEMALE]) / 2
    born = (mothers * births).sum(axis=1) * STEP
    after[:, MALE, 0] = born * BOYS_PER_BIRTH * newborn[MALE]
    after[:, FEMALE, 0] = born * (1 - BOYS_PER_BIRTH) * newborn[FEMALE]
    after[:, :, 0] *= 1.0 + migration[:, :, 0]
    return after
