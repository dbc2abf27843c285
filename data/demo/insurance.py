"""Insured and certified persons of the demo region, by insurer, at the end of FY2023.

Certification is a binomial draw on the insured of each age class with an area's own level around
plain age-specific rates; care levels are a multinomial split that shifts upwards with age.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.people import (
    OLDEST,
    SMALL_KINDS,
    medical_area_members,
    municipal_rows,
    persons_between,
    persons_by_age,
)
from data.demo.region import DemoRegion

INSURANCE_YEAR = 2023
UNION_PREFECTURES = 2
UNION_MEMBERS = 5
CARE_LEVELS = ("要支援１", "要支援２", "要介護１", "要介護２", "要介護３", "要介護４", "要介護５")
# lower age: (certified share, share of each care level)
CERTIFICATION: dict[int, tuple[float, tuple[float, ...]]] = {
    65: (0.028, (0.15, 0.16, 0.18, 0.18, 0.12, 0.11, 0.10)),
    70: (0.055, (0.16, 0.16, 0.19, 0.17, 0.12, 0.11, 0.09)),
    75: (0.124, (0.18, 0.16, 0.20, 0.16, 0.11, 0.11, 0.08)),
    80: (0.264, (0.19, 0.16, 0.22, 0.15, 0.11, 0.10, 0.07)),
    85: (0.481, (0.15, 0.15, 0.22, 0.17, 0.12, 0.11, 0.08)),
    90: (0.727, (0.09, 0.10, 0.19, 0.18, 0.17, 0.17, 0.10)),
}
SECOND_INSURED = (40, 0.0033, (0.09, 0.15, 0.16, 0.21, 0.14, 0.13, 0.12))


@dataclass(frozen=True)
class DemoInsurance:
    """Insurers with their insured, and certified persons by age class and care level."""

    insurers: pd.DataFrame
    certified: dict[int, np.ndarray]


def wide_area_unions(region: DemoRegion) -> dict[str, tuple[str, ...]]:
    """Return the members of each wide-area union: neighbours of one medical area, by its name."""
    rows = municipal_rows(region)
    small = rows[rows["kind"].isin(["town", "village"])]
    joined = small.merge(medical_area_members(region), on="area_code")
    unions: dict[str, tuple[str, ...]] = {}
    prefectures: set[str] = set()
    homes = region.prefectures.set_index("code")["name"].to_dict()
    zones = [found for _, found in joined.groupby("parent_code")]
    for found in sorted(zones, key=lambda found: len(found) < 3):
        members, prefecture = list(found["area_code"]), str(found["prefecture_code"].iloc[0])
        if len(members) >= 2 and prefecture not in prefectures:
            prefectures.add(prefecture)
            zone = str(found["parent_name"].iloc[0]).removesuffix("医療圏")
            unions[f"{homes[prefecture].removesuffix('県')}{zone}介護保険広域連合"] = tuple(
                sorted(members)[:UNION_MEMBERS]
            )
        if len(unions) == UNION_PREFECTURES:
            break
    return unions


def make_insurance(region: DemoRegion, rng: np.random.Generator) -> DemoInsurance:
    """Draw insured and certified persons for every insurer."""
    rows = municipal_rows(region)
    people = persons_by_age(region, INSURANCE_YEAR).reindex(rows["area_code"]).round().astype(int)
    level = _certification_level(rows, rng)
    certified = {
        age: _split(_insured(people, age), rate * level, shares, rng)
        for age, (rate, shares) in CERTIFICATION.items()
    }
    age, rate, shares = SECOND_INSURED
    middle_aged = persons_between(people, 40, 65)
    certified[age] = _split(middle_aged, np.full(len(rows), rate), shares, rng)
    insurers = rows[["area_code", "name", "prefecture_code"]].copy()
    for start, end in ((65, 75), (75, 85), (85, OLDEST)):
        insurers[f"insured_{start}"] = persons_between(people, start, end)
    insurers["foreign"] = rng.binomial(insurers["insured_65"], 0.006)
    insurers["special_residence"] = rng.binomial(insurers["insured_85"], 0.02)
    return _united(DemoInsurance(insurers, certified), region)


def _insured(people: pd.DataFrame, age: int) -> np.ndarray:
    return persons_between(people, age, OLDEST if age == 90 else age + 5)


def _certification_level(rows: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    codes, place = np.unique(rows["prefecture_code"].to_numpy(dtype=str), return_inverse=True)
    prefecture = rng.normal(0.0, 0.06, len(codes))[place]
    small = np.where(rows["kind"].isin(SMALL_KINDS), -0.04, 0.02)
    return np.exp(prefecture + small + rng.normal(0.0, 0.08, len(rows)))


def _split(
    insured: np.ndarray, rate: np.ndarray, shares: tuple[float, ...], rng: np.random.Generator
) -> np.ndarray:
    certified = rng.binomial(insured, np.clip(rate, 0.0, 0.95))
    return rng.multinomial(certified, np.array(shares) / sum(shares))


def _united(insurance: DemoInsurance, region: DemoRegion) -> DemoInsurance:
    """Put the members of each union together; the union stands last in its prefecture."""
    insurers = insurance.insurers.copy()
    insurers["order"] = insurers["area_code"]
    for name, members in wide_area_unions(region).items():
        member = insurers["area_code"].isin(members)
        insurers.loc[member, "name"] = name
        insurers.loc[member, "order"] = insurers.loc[member, "prefecture_code"] + "999"
    key = insurers["order"].to_numpy(dtype=str)
    orders, position = np.unique(key, return_inverse=True)
    certified = {
        age: np.stack([counts[position == i].sum(axis=0) for i in range(len(orders))])
        for age, counts in insurance.certified.items()
    }
    numbers = [c for c in insurers.columns if c.startswith("insured_")]
    numbers += ["foreign", "special_residence"]
    texts = insurers.groupby("order")[["name", "prefecture_code"]].first()
    united = texts.join(insurers.groupby("order")[numbers].sum())
    prefectures = region.prefectures.set_index("code")["name"]
    united["prefecture"] = united["prefecture_code"].map(prefectures)
    return DemoInsurance(united.reset_index(), certified)
