"""Municipal answers of the demo region, FY2015 to FY2024, in both frameworks.

Every municipality has a latent capacity (size, prefecture, chance) that grows over the years; an
item is done when capacity passes the item's difficulty. It grows a little faster where the
prefecture gives more support. Reasons, issues and requests follow from the gaps, so that small
places name know-how and wide-area coordination. Answers are printed codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.demo.people import municipal_rows, persons_from
from data.demo.region import DemoRegion
from data.demo.survey_dates import meeting_dates
from data.demo.survey_items import ItemTraits, draw_item_traits, item_answers, item_statuses
from data.demo.survey_needs import need_answers, scale_answers
from data.demo.survey_scenes import draw_scene_traits, scene_answers

FISCAL_YEARS = tuple(range(2015, 2025))
FIRST_R3_YEAR = 2021
BLANK = ""
NOT_APPLICABLE = "－"
SUPPRESSED = "***"
MISSING = "…"
RESPONSE_RATE = 0.955
COORDINATOR_DETAILS = ("coord_affil", "coord_cover", "coord_level")
KIND_CAPACITY = {
    "metropolis": 1.1,
    "core_city": 0.9,
    "suburb": 0.4,
    "provincial_city": 0.3,
    "town": -0.5,
    "village": -1.1,
    "island": -1.1,
}


@dataclass(frozen=True)
class DemoSurvey:
    """Answers by year (rows of respondents, columns of question ids) and who responded."""

    answers: dict[int, pd.DataFrame]
    respondents: dict[int, pd.DataFrame]


def framework_of(fiscal_year: int) -> str:
    """Return the framework in force in a fiscal year."""
    return "r3" if fiscal_year >= FIRST_R3_YEAR else "h27r2"


def ever_respondents(region: DemoRegion) -> pd.DataFrame:
    """Return every municipality of FY2015–FY2024, with the fiscal years in which it existed."""
    today = municipal_rows(region)[["area_code", "name", "prefecture_code", "kind"]].copy()
    today["persons_75_plus"] = today["area_code"].map(persons_from(region, 2020, 75))
    today["last_year"] = FISCAL_YEARS[-1]
    ended = [_ended_row(change) for change in _ended(region, set(today["area_code"]))]
    rows = pd.concat([today, pd.DataFrame(ended)], ignore_index=True) if ended else today
    return rows.sort_values("area_code").reset_index(drop=True)


def _ended(region: DemoRegion, current: set[str]) -> list[tuple[str, str, date]]:
    ended = {}
    for old_code, old_name, _new_code, _new_name, changed_on, _reason in region.changes:
        changed = date.fromisoformat(str(changed_on)[:10])
        if old_code not in current and changed > date(FISCAL_YEARS[0], 4, 1):
            ended[old_code] = (old_code, old_name, changed)
    return list(ended.values())


def _ended_row(change: tuple[str, str, date]) -> dict[str, object]:
    code, name, changed = change
    kind = "village" if name.endswith("村") else "town"
    last_year = changed.year - 1 if changed.month >= 4 else changed.year - 2
    return {
        "area_code": code,
        "name": name,
        "prefecture_code": code[:2],
        "kind": kind,
        "persons_75_plus": 600.0 if kind == "village" else 2000.0,
        "last_year": last_year,
    }


def make_survey(
    region: DemoRegion, support: dict[int, pd.DataFrame], rng: np.random.Generator
) -> DemoSurvey:
    """Draw the municipal answers of every year; support is the prefectures' answers by year."""
    rows = ever_respondents(region)
    base = _base_capacity(rows, rng)
    traits, scenes = draw_item_traits(base, rng), draw_scene_traits(len(rows), rng)
    propensity = np.clip(RESPONSE_RATE + 0.02 * base + rng.normal(0, 0.02, len(rows)), 0.8, 0.99)
    answers: dict[int, pd.DataFrame] = {}
    respondents: dict[int, pd.DataFrame] = {}
    for year in FISCAL_YEARS:
        helped = rows["prefecture_code"].map(_help_level(support[year])).to_numpy(dtype=float)
        growth = _growth(year) * (0.8 + 0.4 * helped)
        capacity = base + growth + rng.normal(0.0, 0.12, len(rows))
        frame = _answers(year, rows, capacity, traits, helped, rng)
        if framework_of(year) == "r3":
            frame = frame.assign(**scene_answers(year, capacity, scenes, rows["kind"], rng))
            frame.loc[frame["coord_count"] == "0", list(COORDINATOR_DETAILS)] = NOT_APPLICABLE
            frame = frame.assign(**meeting_dates(year, frame))
        frame = _contradict(_soil(frame, rng), year)
        responded = rng.random(len(rows)) < propensity
        exists = (rows["last_year"] >= year).to_numpy()
        respondents[year] = rows[exists].assign(responded=responded[exists]).reset_index(drop=True)
        answers[year] = frame[exists].reset_index(drop=True)
    return DemoSurvey(answers, respondents)


def _base_capacity(rows: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    codes, place = np.unique(rows["prefecture_code"].to_numpy(dtype=str), return_inverse=True)
    prefecture = rng.normal(0.0, 0.35, len(codes))[place]
    kind = rows["kind"].map(KIND_CAPACITY).to_numpy(dtype=float)
    return kind + prefecture + rng.normal(0.0, 0.35, len(rows)) - 0.3


def _growth(year: int) -> float:
    """Return the rise since FY2015; the law asks all for the items from April 2018."""
    legal = 0.8 if year >= 2018 else 0.0
    return 0.33 * min(year - 2015, 3) + 0.12 * max(year - 2018, 0) + legal


def _answers(
    year: int,
    rows: pd.DataFrame,
    capacity: np.ndarray,
    traits: ItemTraits,
    helped: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    statuses = item_statuses(capacity, traits, rng)
    columns = {"start_fy": _start_years(year, traits)}
    columns |= item_answers(statuses, rows["kind"], helped, framework_of(year), rng)
    columns |= need_answers(statuses, capacity, rows["kind"], rng)
    columns |= scale_answers(capacity, rows, statuses, rng)
    return pd.DataFrame(columns, index=rows.index)


def _help_level(support: pd.DataFrame) -> pd.Series:
    given = (support.filter(like="sup_").to_numpy() == "1").mean(axis=1)
    return pd.Series(given, index=support["prefecture_code"])


def _start_years(year: int, traits: ItemTraits) -> list[str]:
    starts = FISCAL_YEARS[0] + traits.delay
    return [str(start) if start <= year else NOT_APPLICABLE for start in starts]


def _soil(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Suppress small consultation counts, lose a few numbers and leave a few cells blank."""
    frame = frame.copy()
    counts = pd.to_numeric(frame["consult_n"], errors="coerce")
    small = counts.between(1, 4).to_numpy() & (rng.random(len(frame)) < 0.3)
    frame.loc[small, "consult_n"] = SUPPRESSED
    for column in ("training_n", "awareness_n", "consult_n"):
        lost = rng.random(len(frame)) < 0.008
        frame.loc[lost, column] = MISSING
    for column in ("issue", "want_support", "indicator_set"):
        frame.loc[rng.random(len(frame)) < 0.02, column] = BLANK
    return frame


def _contradict(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """Make a few forms of each year contradict themselves, as returned forms do."""
    few = (np.arange(len(frame)) % 60) == year % 60
    late = (np.arange(len(frame)) % 110) == year % 110
    frame.loc[late, "start_fy"] = str(year + 1)
    if framework_of(year) == "h27r2":
        frame.loc[few & (frame["item_a_status"] == "done").to_numpy(), "item_a_reason"] = "a1"
        resting = frame["item_ku_status"].isin(["none", "planned"]).to_numpy()
        frame.loc[few & resting, "item_ku_mode"] = "direct"
    return frame
