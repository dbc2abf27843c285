"""Counts of the demo region that publishers give as tables: claims, deaths, households, surveys.

Every count is a draw around a rate of its own for each area, times the people concerned; rates
differ by kind of area and drift over the years, so that comparisons, trends and gaps have something
to show. Small claims are suppressed as in the published tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from data.demo.people import (
    SMALL_KINDS,
    medical_area_members,
    municipal_rows,
    persons_between,
    persons_by_age,
)
from data.demo.region import DemoRegion

CLAIM_YEARS = (2019, 2020, 2021, 2022, 2023)
DEATH_YEARS = tuple(range(2014, 2024))
FORECAST_YEARS = (2025, 2030, 2035, 2040, 2045, 2050)
SUPPRESSED_BELOW = 10
SUPPRESSED = "***"
Row = tuple[str, str, str, str, str]
# item: claims a year per person aged 75 and over, yearly growth, how much less in small places
CLAIMS = {
    "homevisit_claims_year": (0.42, 0.03, 0.75),
    "dental_claims_year": (0.30, 0.05, 0.8),
    "pharm_claims_year": (0.55, 0.06, 0.7),
    "oushin_claims_year": (0.09, 0.0, 1.1),
    "discharge_fee_claims": (0.05, 0.04, 0.8),
}
# lower age: deaths a year per person, without regard to sex
MORTALITY = {0: 0.0006, 40: 0.003, 65: 0.014, 75: 0.037, 85: 0.125}


@dataclass(frozen=True)
class Places:
    """The municipalities: codes, names, whether small, and persons of an age by year."""

    region: DemoRegion
    rows: pd.DataFrame
    _ages: dict[int, pd.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def codes(self) -> list[str]:
        """The codes in order."""
        return list(self.rows["area_code"])

    @property
    def is_small(self) -> np.ndarray:
        """Whether each is a town, a village or an island."""
        return self.rows["kind"].isin(list(SMALL_KINDS)).to_numpy()

    def people(self, year: int, start: int, end: int = 200) -> np.ndarray:
        """Return persons from an age up to, without, another."""
        return persons_between(self.ages(year), start, end)

    def ages(self, year: int) -> pd.DataFrame:
        """Return persons by lower age, one row a municipality; before the first census as then."""
        known = max(year, int(self.region.population["year"].min()))
        if known not in self._ages:
            self._ages[known] = persons_by_age(self.region, known).reindex(self.codes)
        return self._ages[known]

    def named(self, counts: np.ndarray, *, period: str, item: str) -> list[Row]:
        """Return one row a municipality."""
        texts = [f"{value:.0f}" for value in counts]
        return self.printed(texts, period=period, item=item)

    def printed(self, texts: Sequence[str], *, period: str, item: str) -> list[Row]:
        """Return one row a municipality with the text of its cell."""
        names = self.rows["name"]
        return [
            (code, name, period, item, text)
            for code, name, text in zip(self.codes, names, texts, strict=True)
        ]


def places_of(region: DemoRegion) -> Places:
    """Return the municipalities of the region."""
    return Places(region, municipal_rows(region))


def claims(places: Places, rng: np.random.Generator) -> list[Row]:
    """Return claims by municipality (small ones suppressed), medical area and prefecture."""
    zones = medical_area_members(places.region).set_index("area_code")
    homes = places.region.prefectures.set_index("code")["name"]
    rows: list[Row] = []
    for item, (rate, growth, in_small) in CLAIMS.items():
        level = _levels(places, rng, spread=0.35, in_small=in_small)
        for year in CLAIM_YEARS:
            people = places.people(year, 75)
            expected = rate * (1 + growth) ** (year - CLAIM_YEARS[0]) * level * people
            counts = pd.Series(rng.poisson(expected), index=places.codes)
            period = f"{year}年度"
            texts = [SUPPRESSED if 0 < n < SUPPRESSED_BELOW else f"{n}" for n in counts]
            rows += places.printed(texts, period=period, item=item)
            by_zone = counts.groupby(zones["parent_code"].reindex(places.codes).to_numpy()).sum()
            names = zones.drop_duplicates("parent_code").set_index("parent_code")["parent_name"]
            rows += summed_rows(by_zone, names, period=period, item=item)
            by_home = counts.groupby(counts.index.str[:2]).sum()
            rows += summed_rows(by_home, homes, period=period, item=item)
    return rows


def summed_rows(counts: pd.Series, names: pd.Series, *, period: str, item: str) -> list[Row]:
    """Return one row a larger area; both series are indexed by its code."""
    words = names.to_dict()
    return [(str(code), str(words[code]), period, item, f"{n}") for code, n in counts.items()]


def deaths(places: Places, rng: np.random.Generator) -> list[Row]:
    """Return deaths by place, and deaths to come with mortality held fixed."""
    at_home = np.clip(rng.normal(0.145, 0.03, len(places.codes)), 0.06, 0.3)
    in_homes = np.clip(rng.normal(0.12, 0.03, len(places.codes)), 0.03, 0.25)
    rows: list[Row] = []
    for year in DEATH_YEARS:
        total = rng.poisson(_deaths(places.ages(year)))
        later = year - DEATH_YEARS[0]
        home = rng.binomial(total, np.clip(at_home + 0.004 * later, 0, 0.5))
        homes = rng.binomial(total - home, np.clip(in_homes + 0.006 * later, 0, 0.5))
        for item, counts in (
            ("deaths_total", total),
            ("deaths_home", home),
            ("deaths_facility", homes),
        ):
            rows += places.named(counts, period=f"{year}年", item=item)
    for year in FORECAST_YEARS:
        expected = _deaths(places.ages(year))
        rows += places.named(expected, period=f"{year}年", item="deaths_projected_year")
    return rows


def households(places: Places, rng: np.random.Generator) -> list[Row]:
    """Return private households, and those of one person aged 65 and over."""
    rows: list[Row] = []
    for year, alone in ((2015, 0.175), (2020, 0.19)):
        total = places.people(year, 0) / np.where(places.is_small, 2.6, 2.25)
        share = np.clip(rng.normal(alone, 0.03, len(places.codes)), 0.06, 0.4)
        single = np.minimum(share * places.people(year, 65), 0.5 * total)
        rows += places.named(total, period=f"{year}年", item="households_total")
        rows += places.named(single, period=f"{year}年", item="households_single_65plus")
    return rows


def _deaths(ages: pd.DataFrame) -> np.ndarray:
    lower = ages.columns.to_numpy(dtype=int)
    starts = np.array(sorted(MORTALITY))
    rates = np.array([MORTALITY[starts[starts <= age].max()] for age in lower])
    expected: np.ndarray = ages.to_numpy() @ rates
    return expected


def _levels(
    places: Places, rng: np.random.Generator, *, spread: float, in_small: float
) -> np.ndarray:
    own: np.ndarray = np.exp(rng.normal(0.0, spread, len(places.codes)))
    return own * np.where(places.is_small, in_small, 1.0)
