"""Issues, requests and counts of a demo municipality, drawn from its gaps and its size."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.people import SMALL_KINDS
from data.demo.survey_items import NOT_APPLICABLE, pick_several

INDICATORS = ("zaishishin", "vns_station", "training_count", "death_home_rate", "consult_count")


def _gap(statuses: dict[str, np.ndarray], items: tuple[str, ...]) -> np.ndarray:
    gap: np.ndarray = np.mean([statuses[item] != "done" for item in items], axis=0)
    return gap


def need_answers(
    statuses: dict[str, np.ndarray],
    capacity: np.ndarray,
    kinds: pd.Series,
    rng: np.random.Generator,
) -> dict[str, list[str]]:
    """Return issues and requested support, likelier where the matching items are not done."""
    small = kinds.isin(SMALL_KINDS).to_numpy(dtype=float)
    weak = 1.0 / (1.0 + np.exp(capacity))
    issues = {
        "knowhow": 3.0 + 3.0 * _gap(statuses, ("i", "ka")) + small,
        "evaluation": 4.0 + 0.0 * weak,
        "human_dev": 4.0 + small,
        "resources": 1.0 + 2.0 * small,
        "partner_hospital_ishikai": 0.6 + 2.0 * _gap(statuses, ("o", "u")),
        "neighbour_coord": 0.3 + 1.5 * small + 2.0 * _gap(statuses, ("ku", "e")),
        "no_vision": 0.4 + 1.5 * weak,
        "staff_short": 0.8 + small,
        "sougou_first": 0.2 + 0.8 * weak,
    }
    requests = {
        "data": 0.3 + 3.0 * _gap(statuses, ("a", "i")),
        "training_info": 0.4 + 2.5 * _gap(statuses, ("ka", "ki")) + 0.4 * small,
        "ishikai_coord": 0.3 + 2.5 * _gap(statuses, ("o", "u")),
        "wide_area": 0.2 + 2.5 * _gap(statuses, ("ku", "e")) + 0.9 * small,
    }
    return {
        "issue": pick_several(issues, 6, rng),
        "want_support": pick_several(requests, 2, rng),
    }


def scale_answers(
    capacity: np.ndarray,
    rows: pd.DataFrame,
    statuses: dict[str, np.ndarray],
    rng: np.random.Generator,
) -> dict[str, list[str]]:
    """Return coordinators, trainings, consultations and indicators; zero is a real zero."""
    size = np.sqrt(rows["persons_75_plus"].to_numpy(dtype=float) / 5_000)
    desk = statuses["o"] == "done"
    coordinators = rng.poisson(np.where(desk, 0.7 + 0.5 * size, 0.15))
    share = rng.uniform(0.3, 1.0, len(rows))
    training = rng.poisson(np.where(statuses["ka"] == "done", 1.5 + 1.2 * size, 0.3))
    awareness = rng.poisson(np.where(statuses["ki"] == "done", 1.5 + size, 0.3))
    mean = np.where(desk, 12.0 * size**2 + 1.0, 0.5)
    consultations = rng.negative_binomial(3, 3 / (3 + mean))
    has_indicators = rng.random(len(rows)) < 1.0 / (1.0 + np.exp(2.2 - capacity))
    chosen = pick_several(dict.fromkeys(INDICATORS, np.ones(len(rows))), 3, rng)
    return {
        "coord_count": [str(n) for n in coordinators],
        "coord_fte": [f"{n * s:.1f}" for n, s in zip(coordinators, share, strict=True)],
        "training_n": [str(n) for n in training],
        "awareness_n": [str(n) for n in awareness],
        "consult_n": [str(n) for n in consultations],
        "indicator_set": np.where(has_indicators, "1", "0").tolist(),
        "indicator_list": [
            codes if flag else NOT_APPLICABLE
            for codes, flag in zip(chosen, has_indicators, strict=True)
        ],
    }
