"""People of the demo region, 1980 to 2050, by a cohort-component model for each kind of place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.cohort import AGES, STEP, Floats, advance, birth_rates

START = 1980
BASE = 2020
YEARS = tuple(range(BASE, 2051, STEP))
SEXES = ("male", "female")
COLUMNS = ["area_code", "year", "sex", "age_from", "persons"]


@dataclass(frozen=True)
class Kind:
    """How a kind of place differs: the ages of 1980, births, and net movers as shares.

    older tilts the ages of 1980; families swells its ages 25–39 and their children.
    """

    older: float
    families: float
    fertility: float
    youth: float
    settling: float
    returning: float


KINDS = {
    "metropolis": Kind(-0.10, 0.46, 1.02, 0.115, -0.055, -0.04),
    "core_city": Kind(-0.02, 0.12, 1.06, 0.01, -0.01, 0.00),
    "suburb": Kind(-0.19, 0.58, 1.08, 0.04, 0.06, 0.00),
    "provincial_city": Kind(0.06, 0.00, 1.08, -0.12, 0.01, 0.01),
    "town": Kind(0.10, -0.06, 1.10, -0.22, 0.00, 0.015),
    "village": Kind(0.12, -0.12, 1.12, -0.34, -0.01, 0.03),
    "island": Kind(0.12, -0.10, 1.22, -0.36, 0.00, 0.03),
}
# People of 1980 by band, any unit: the cohort born 1945–50 stands out, its children less.
AGES_1980 = np.array(
    [75, 77, 75, 74, 77, 92, 114, 90, 80, 76, 69, 56, 45, 38, 29, 19, 10, 4, 1.2, 0.2]
)
WOMEN_1980 = np.array(
    [49, 49, 49, 49, 49.5, 49.7, 49.8, 50, 50, 50.3, 51, 55, 56, 56, 57, 59, 62, 66, 71, 77]
) / 100  # fmt: skip
# Net movers by band of arrival, relative to the peak.
YOUTH = {15: 0.45, 20: 1.0, 25: 0.4}
SETTLING = {0: 0.7, 5: 0.4, 25: 0.5, 30: 1.0, 35: 0.7, 40: 0.25}
RETURNING = {60: 1.0, 65: 0.7}
# How much of each move happens in the five years from a year on, and total fertility.
_YEARS = (1980, 1990, 2000, 2010, 2020, 2030, 2050)
YOUTH_LEVEL = (1.0, 1.0, 0.9, 0.85, 0.7, 0.5, 0.35)
SETTLING_LEVEL = (1.0, 1.0, 0.8, 0.25, 0.15, 0.1, 0.05)
RETURNING_LEVEL = (0.6, 0.8, 1.0, 1.0, 0.8, 0.6, 0.5)
FERTILITY = (1.90, 1.65, 1.45, 1.42, 1.30, 1.30, 1.30)
MOTHERS_AGE = (27.6, 28.8, 30.0, 31.0, 31.5, 31.6, 31.6)
MOTHERS_SPREAD = 4.9


def make_population(places: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return persons by area, year, sex and five-year band, also of each designated city.

    The places' totals of 2020 equal their size; a city is the sum of its wards.
    """
    history = _history(places, rng)
    base = history[YEARS.index(BASE)].sum(axis=(1, 2))
    scale = places["size"].to_numpy(dtype=float) / base
    people = np.stack(history, axis=1) * scale[:, None, None, None]
    leaves = _as_table(places["area_code"].to_numpy(dtype=str), _whole(people))
    return pd.concat([leaves, _cities(leaves, places)], ignore_index=True)


def _history(places: pd.DataFrame, rng: np.random.Generator) -> list[Floats]:
    """Run the model from 1980 on and return the people of each published year."""
    kinds = [KINDS[kind] for kind in places["kind"]]
    traits = {name: np.array([getattr(k, name) for k in kinds]) for name in Kind.__annotations__}
    count = len(places)
    traits["older"] = traits["older"] + rng.normal(0.0, 0.03, count)
    traits["youth"] = traits["youth"] + rng.normal(0.0, 0.02, count)
    traits["settling"] = traits["settling"] + rng.normal(0.0, 0.012, count)
    traits["fertility"] = traits["fertility"] * np.exp(rng.normal(0.0, 0.04, count))
    people = _start(traits["older"], traits["families"])
    kept = []
    for year in range(START, YEARS[-1] + 1, STEP):
        if year in YEARS:
            kept.append(people)
        people = advance(
            people, year=year, births=_births(traits, year), migration=_migration(traits, year)
        )
    return kept


def _start(older: Floats, families: Floats) -> Floats:
    """Return the people of 1980, by place, sex and band."""
    middle = AGES + STEP / 2
    tilt = np.exp(older[:, None] * (np.minimum(middle, 80) - 35) / 25)
    swell = 1.0 + families[:, None] * _curve({0: 0.4, 5: 0.4, 10: 0.3, 25: 0.7, 30: 1.0, 35: 0.7})
    persons = AGES_1980 * tilt * swell
    return np.stack([persons * (1 - WOMEN_1980), persons * WOMEN_1980], axis=1)


def _curve(weights: dict[int, float]) -> Floats:
    return np.array([weights.get(int(age), 0.0) for age in AGES])


def _level(levels: tuple[float, ...], year: int) -> float:
    return float(np.interp(year, _YEARS, levels))


def _births(traits: dict[str, Floats], year: int) -> Floats:
    total = traits["fertility"] * _level(FERTILITY, year)
    return birth_rates(total, _level(MOTHERS_AGE, year), MOTHERS_SPREAD)


def _migration(traits: dict[str, Floats], year: int) -> Floats:
    """Return net movers as shares; young women move a little more often than young men."""
    youth = traits["youth"][:, None] * _curve(YOUTH) * _level(YOUTH_LEVEL, year)
    rest = traits["settling"][:, None] * _curve(SETTLING) * _level(SETTLING_LEVEL, year)
    rest = rest + traits["returning"][:, None] * _curve(RETURNING) * _level(RETURNING_LEVEL, year)
    return np.stack([rest + 0.95 * youth, rest + 1.05 * youth], axis=1)


def _whole(people: Floats) -> np.ndarray:
    """Round to whole persons so that the parts of a place and year make its rounded total."""
    places, years = people.shape[:2]
    running = np.rint(people.reshape(places, years, -1).cumsum(axis=2)).astype(np.int64)
    parts: np.ndarray = np.diff(running, axis=2, prepend=0).reshape(people.shape)
    return parts


def _as_table(codes: np.ndarray, people: np.ndarray) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([codes, YEARS, SEXES, AGES.tolist()], names=COLUMNS[:4])
    return pd.DataFrame({"persons": people.ravel()}, index=index).reset_index()


def _cities(leaves: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return the designated cities as sums of their wards."""
    wards = places[places["city_code"].notna() & (places["city_code"] != "")]
    above = dict(zip(wards["area_code"], wards["city_code"], strict=True))
    inside = leaves[leaves["area_code"].isin(list(above))]
    inside = inside.assign(area_code=inside["area_code"].map(above))
    return inside.groupby(COLUMNS[:4])[["persons"]].sum().reset_index()
