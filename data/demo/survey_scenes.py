"""Four scenes, three aspects, improvement cycle, council and coordinators from FY2021."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.people import SMALL_KINDS
from data.demo.survey_items import NOT_APPLICABLE

SCENES = {"daily": -0.3, "transition": -0.6, "acute": 0.5, "eol": 0.2}
ASPECTS = {"dementia": -0.5, "infection": 0.6, "disaster": 0.4}
PARTS = {"current": 0.2, "action": 0.5, "indicator": 1.6}
PERIODS = ("<1y", "1y", "2y", "3y", "4y+")
PERIOD_SHARES = (0.03, 0.37, 0.12, 0.42, 0.06)


@dataclass(frozen=True)
class SceneTraits:
    """What stays the same for a municipality: its draw for each question."""

    goal: np.ndarray
    period: np.ndarray
    council: np.ndarray
    scenes: dict[str, np.ndarray]


def draw_scene_traits(count: int, rng: np.random.Generator) -> SceneTraits:
    """Draw the lasting traits of each municipality."""
    keys = [f"{scene}_{part}" for scene in SCENES for part in ("goal", *PARTS)]
    keys += [f"{aspect}_action" for aspect in ASPECTS]
    return SceneTraits(
        goal=rng.normal(0.0, 0.6, count),
        period=rng.random(count),
        council=rng.normal(0.0, 0.8, count),
        scenes={key: rng.normal(0.0, 0.8, count) for key in keys},
    )


def scene_answers(
    year: int,
    capacity: np.ndarray,
    traits: SceneTraits,
    kinds: pd.Series,
    rng: np.random.Generator,
) -> dict[str, list[str]]:
    """Return the questions that came with the framework of FY2021."""
    level = capacity - 2.3 + 0.15 * (year - 2021)
    goal = _goal_setting(level + traits.goal)
    columns: dict[str, list[str]] = {"goal_setting": goal.tolist()}
    by_scene = np.isin(goal, ["1", "2", "3"])
    for scene, difficulty in SCENES.items():
        set_goal = by_scene & (traits.scenes[f"{scene}_goal"] - difficulty > -1.2)
        if scene == "transition":
            set_goal = by_scene
        columns[f"scene_{scene}_goal"] = _flags(set_goal)
        for part, extra in PARTS.items():
            margin = level + 0.8 * set_goal + traits.scenes[f"{scene}_{part}"] - difficulty - extra
            columns[f"scene_{scene}_{part}"] = _flags(margin > -0.3)
    for aspect, difficulty in ASPECTS.items():
        margin = level + traits.scenes[f"{aspect}_action"] - difficulty
        columns[f"aspect_{aspect}_action"] = _flags(margin > 0.0)
    columns["pdca_period"] = _periods(level, traits.period)
    small = kinds.isin(SMALL_KINDS).to_numpy()
    return columns | _council(level + traits.council, small, rng) | _coordinators(small, rng)


def _goal_setting(margin: np.ndarray) -> np.ndarray:
    setting: np.ndarray = np.select(
        [margin > 0.9, margin > 0.25, margin > 0.1, margin > -1.4], ["1", "2", "3", "4"], "5"
    )
    return setting


def _flags(values: np.ndarray) -> list[str]:
    return ["1" if value else "0" for value in values]


def _periods(level: np.ndarray, draw: np.ndarray) -> list[str]:
    decided = draw < 1.0 / (1.0 + np.exp(0.1 - level))
    spread = np.modf(draw * 7919)[0]
    chosen = np.asarray(np.searchsorted(np.cumsum(PERIOD_SHARES)[:-1], spread))
    return [
        PERIODS[index] if flag else "unknown"
        for index, flag in zip(chosen.tolist(), decided, strict=True)
    ]


def _council(
    margin: np.ndarray, small: np.ndarray, rng: np.random.Generator
) -> dict[str, list[str]]:
    exists = margin > -0.6
    areas = np.array(["muni", "gunshi_ishikai", "hokenjo", "iryoken2", "other"])
    large_draw = rng.choice(areas, len(margin), p=[0.70, 0.17, 0.06, 0.05, 0.02])
    small_draw = rng.choice(areas, len(margin), p=[0.38, 0.34, 0.14, 0.11, 0.03])
    second = rng.random(len(margin)) < 0.12
    area = np.where(small, small_draw, large_draw)
    several = [
        f"{name};iryoken2" if more and name in ("muni", "gunshi_ishikai") else name
        for name, more in zip(area.tolist(), second, strict=True)
    ]
    return {
        "council": _flags(exists),
        "council_area": np.where(exists, several, NOT_APPLICABLE).tolist(),
    }


def _coordinators(small: np.ndarray, rng: np.random.Generator) -> dict[str, list[str]]:
    count = len(small)
    covers = np.where(small, rng.random(count) < 0.55, rng.random(count) < 0.15)
    link = rng.choice(["same", "linked", "none", "unknown"], count, p=[0.22, 0.42, 0.26, 0.10])
    return {
        "coord_affil": rng.choice(["1", "2", "3"], count, p=[0.55, 0.40, 0.05]).tolist(),
        "coord_cover": np.where(covers, "2", "1").tolist(),
        "coord_level": rng.choice(
            ["kikan", "genba", "undefined"], count, p=[0.25, 0.45, 0.30]
        ).tolist(),
        "kyoten_link": link.tolist(),
    }
