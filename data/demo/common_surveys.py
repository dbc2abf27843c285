"""Counts of the demo region that surveys and reports give as tables.

Care managers are asked by health-centre area, residents and workers by municipality, insurers by
insurer; the discharge rules of 2018 show in the years after, for the care levels apart.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.common_tables import Places, Row, summed_rows
from data.demo.insurance import DemoInsurance

CM_YEARS = tuple(range(2015, 2025))
RULES_FROM = 2018
RESIDENT_YEARS = (2016, 2019, 2022)
REPORT_YEARS = (2021, 2022, 2023)
# care level: informed on admission and told before discharge, before and after the rules
INFORMED = {"support": (0.28, 0.55), "care": (0.52, 0.80)}
TOLD = {"support": (0.62, 0.74), "care": (0.78, 0.89)}


def care_manager_survey(places: Places, rng: np.random.Generator) -> list[Row]:
    """Return admissions and discharges by health-centre area and prefecture for each care level."""
    members = places.region.memberships
    members = members[members["area_type"] == "health_center_area"].set_index("area_code")
    zone = members["parent_code"].reindex(places.codes).to_numpy()
    names = members.drop_duplicates("parent_code").set_index("parent_code")["parent_name"]
    homes = places.region.prefectures.set_index("code")["name"]
    zones = np.unique(zone.astype(str))
    level = pd.Series(rng.normal(0.0, 0.06, len(zones)), zones)
    rows: list[Row] = []
    for year in CM_YEARS:
        people = pd.Series(places.people(year, 75)).groupby(zone).sum().reindex(zones)
        for care, share in (("support", 0.004), ("care", 0.012)):
            counts = _transitions(people, level, care=care, share=share, year=year, rng=rng)
            by_home = counts.groupby(counts.index.str[3:5]).sum()
            for item in counts.columns:
                told = {"period": f"{year}年度", "item": f"cm_{item}_{care}"}
                rows += summed_rows(counts[item], names, **told)
                rows += summed_rows(by_home[item], homes, **told)
    return rows


def _transitions(
    people: pd.Series,
    level: pd.Series,
    *,
    care: str,
    share: float,
    year: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    progress = np.clip((year - RULES_FROM + 1) / 4, 0.0, 1.0)
    admitted = rng.poisson(share * people) + 5
    left = rng.binomial(admitted, 0.92)
    informed = _between(INFORMED[care], progress, level)
    told = rng.binomial(left, _between(TOLD[care], progress, level))
    late = rng.binomial(told, np.clip(0.24 - 0.08 * progress - level, 0.02, 0.6))
    return pd.DataFrame(
        {
            "admissions_known": admitted,
            "admissions_informed": rng.binomial(admitted, informed),
            "discharges_known": left,
            "discharges_told": told,
            "discharges_untold": left - told,
            "discharges_late": late,
        },
        index=people.index,
    )


def _between(ends: tuple[float, float], progress: float, level: pd.Series) -> np.ndarray:
    before, after = ends
    return np.clip(before + progress * (after - before) + level.to_numpy(), 0.02, 0.98)


def resident_surveys(places: Places, rng: np.random.Generator) -> list[Row]:
    """Return answers of residents (every three years) and of workers."""
    rows: list[Row] = []
    size = len(places.codes)
    for asked, wanted, mean in (
        ("residents_asked_care", "residents_want_homecare", 0.56),
        ("residents_asked_eol", "residents_want_home_death", 0.44),
        ("residents_asked_life", "residents_satisfied", 0.61),
        ("workers_asked", "workers_satisfied", 0.52),
    ):
        share = np.clip(rng.normal(mean, 0.06, size), 0.1, 0.9)
        most = 90 if asked.startswith("workers") else 800
        for year in RESIDENT_YEARS:
            answers = np.minimum(places.people(year, 65) * 0.1, most * rng.uniform(0.6, 1.0, size))
            number = np.maximum(answers.astype(int), 8)
            rows += places.named(number, period=f"{year}年度", item=asked)
            given = rng.binomial(number, share)
            rows += places.named(given, period=f"{year}年度", item=wanted)
    return rows


def institutions(places: Places, rng: np.random.Generator) -> list[Row]:
    """Return institutions that make home visits, stand by for 24 hours or have a partner."""
    people, rows = places.people(2023, 75), []
    for item, rate, year in (
        ("clinics_homevisit", 11.5, "2023年"),
        ("dental_homevisit_clinics", 6.5, "2023年"),
        ("pharmacies_homevisit", 22.0, "2024年"),
        ("vns_24h_offices", 5.2, "2023年"),
        ("support_hospitals", 0.25, "2024年"),
    ):
        level = np.exp(rng.normal(0.0, 0.3, len(people))) * np.where(places.is_small, 0.7, 1.0)
        counts = rng.poisson(rate / 10_000 * people * level)
        rows += places.named(counts, period=year, item=item)
    facilities = rng.poisson(7.0 / 10_000 * people) + (people > 400)
    secured = rng.binomial(facilities, 0.71)
    rows += places.named(facilities, period="2024年度", item="coop_facilities")
    rows += places.named(secured, period="2024年度", item="coop_facilities_secured")
    return rows


def points_and_costs(places: Places, rng: np.random.Generator) -> list[Row]:
    """Return the points of the incentive grant, and what care and medicine cost."""
    rows: list[Row] = []
    full = np.full(len(places.codes), 100)
    cost = rng.normal(1_050_000, 70_000, len(full))
    for year in REPORT_YEARS:
        people = places.people(year, 75)
        points = np.clip(rng.normal(54 + 3 * (year - 2021), 14, len(full)), 0, 100)
        for item, counts in (
            ("incentive_points", points),
            ("incentive_points_full", full),
            ("cost_medical_care", cost * (1 + 0.012 * (year - 2021)) * people),
            ("cost_persons_75plus", people),
        ):
            rows += places.named(counts, period=f"{year}年度", item=item)
    return rows


def insurers(insurance: DemoInsurance, rng: np.random.Generator) -> list[Row]:
    """Return use of services and adjusted certification by insurer for FY2023."""
    frame = insurance.insurers
    certified = sum(
        insurance.certified[age].sum(axis=1) for age in insurance.certified if age >= 65
    )
    at_home = rng.binomial(certified, np.clip(rng.normal(0.8, 0.04, len(frame)), 0.5, 0.95))
    rows: list[Row] = []
    for item, counts in (
        ("recipients_all", certified),
        ("recipients_at_home", at_home),
        ("vns_visits_year", rng.poisson(certified * 9.5)),
        ("admission_addon_claims", rng.poisson(certified * 0.045)),
        ("discharge_addon_claims", rng.poisson(certified * 0.03)),
    ):
        rows += _by_insurer(frame, [f"{n}" for n in counts], item)
    adjusted = np.clip(rng.normal(18.6, 1.8, len(frame)), 11, 27)
    return rows + _by_insurer(
        frame, [f"{rate:.1f}" for rate in adjusted], "cert_rate_adjusted_published"
    )


def _by_insurer(frame: pd.DataFrame, texts: list[str], item: str) -> list[Row]:
    """Return one row an insurer; a union bears the code that the list of its members gives it."""
    codes = [
        f"ins-{order[:2]}-01" if order.endswith("999") else str(order) for order in frame["order"]
    ]
    return [
        (code, name, "2023年度", item, text)
        for code, name, text in zip(codes, frame["name"], texts, strict=True)
    ]
