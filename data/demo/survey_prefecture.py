"""Prefectures' answers of the demo region: the support they give, FY2015 to FY2024."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.common_surveys import RULES_FROM
from data.demo.region import DemoRegion

FIRST_R3_YEAR = 2021
NOT_APPLICABLE = "－"
# support: how likely in FY2016, near the published shares where there are some
SUPPORT_LEVEL = {
    "sup_wide_area": 2.1,
    "sup_staff_training": 1.7,
    "sup_data": 0.6,
    "sup_system": 0.2,
    "sup_desk": 0.0,
    "sup_intro": -0.3,
    "sup_env": 0.8,
    "sup_case": 0.1,
    "sup_ishikai": 0.9,
}
R3_SUPPORT_LEVEL = {"sup_plan_align": -0.4}
ISSUE_LEVEL = {"evaluation": 3.0, "knowhow": 0.5, "other": -0.8}
ROLES = ("meeting", "data", "rule")


def make_prefecture_answers(
    region: DemoRegion, years: tuple[int, ...], rng: np.random.Generator
) -> dict[int, pd.DataFrame]:
    """Return by year one row per prefecture with its printed answers."""
    rows = region.prefectures[["code", "name"]].rename(
        columns={"code": "prefecture_code", "name": "prefecture_name"}
    )
    count = len(rows)
    effort = rng.normal(0.0, 0.7, count)
    levels = SUPPORT_LEVEL | R3_SUPPORT_LEVEL
    leaning = {key: rng.logistic(0.0, 0.8, count) for key in levels}
    hubs = rng.integers(2, 9, count)
    answers = {}
    for year in years:
        drift = effort + 0.12 * (year - 2016) + rng.normal(0.0, 0.15, count)
        asked = levels if year >= FIRST_R3_YEAR else SUPPORT_LEVEL
        columns = {
            key: _flags(level + leaning[key] + drift > 0.0)
            for key, level in levels.items()
            if key in asked
        }
        columns |= _issues_and_rules(year, drift, rng)
        if year >= FIRST_R3_YEAR:
            columns |= _councils(year, drift, hubs, rng)
        answers[year] = rows.assign(**columns).reset_index(drop=True)
    return answers


def _flags(values: np.ndarray) -> list[str]:
    return ["1" if value else "0" for value in values]


def _several(choices: dict[str, np.ndarray], otherwise: str) -> list[str]:
    count = len(next(iter(choices.values())))
    return [
        ";".join(code for code, flags in choices.items() if flags[row]) or otherwise
        for row in range(count)
    ]


def _issues_and_rules(
    year: int, drift: np.ndarray, rng: np.random.Generator
) -> dict[str, list[str]]:
    count = len(drift)
    issues = {code: level + rng.logistic(0, 1, count) > 0 for code, level in ISSUE_LEVEL.items()}
    roles = {code: drift + rng.logistic(0, 0.6, count) > 0.2 for code in ROLES}
    reach = drift + 0.1 * (year - 2015)
    scope = np.select([reach > 0.9, reach > -0.2], ["all_pref", "some"], "none")
    if year < RULES_FROM:
        scope = np.full(count, "none")
    monitored = (scope != "none") & (rng.random(count) < 0.5)
    return {
        "p_issue": _several(issues, "other"),
        "hokenjo_role": _several(roles, "none"),
        "discharge_rule_scope": scope.tolist(),
        "rule_monitoring": np.where(
            scope == "none", NOT_APPLICABLE, np.where(monitored, "1", "0")
        ).tolist(),
    }


def _councils(
    year: int, drift: np.ndarray, hubs: np.ndarray, rng: np.random.Generator
) -> dict[str, list[str]]:
    exists = drift > -0.1
    area = rng.choice(["pref", "iryoken2", "hokenjo"], len(drift), p=[0.6, 0.25, 0.15])
    coordinators = rng.poisson(2.0, len(drift))
    return {
        "p_council": _flags(exists),
        "p_council_area": np.where(exists, area, NOT_APPLICABLE).tolist(),
        "p_coord": [str(n) for n in coordinators],
        "p_kyoten": [str(n) for n in hubs + (year - FIRST_R3_YEAR)],
    }
