"""The demo's raw folder: files in the publishers' layouts, made from a seed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from data.demo.demand import write_demand
from data.demo.facilities import make_facilities
from data.demo.insurance import make_insurance
from data.demo.region import DemoRegion, make_region
from data.demo.size import USUAL, DemoSize
from data.demo.survey import FISCAL_YEARS, make_survey
from data.demo.survey_prefecture import make_prefecture_answers
from data.demo.write_common_tables import write_common_tables
from data.demo.write_facilities import write_facilities
from data.demo.write_geography import write_geography
from data.demo.write_insurance import write_insurance
from data.demo.write_population import write_population
from data.demo.write_survey import write_survey

DEFAULT_SEED = 20261122


def write_demo_raw(
    directory: Path,
    *,
    seed: int = DEFAULT_SEED,
    size: DemoSize = USUAL,
    progress: Callable[[str, float], None],
) -> None:
    """Write every raw file of the demo region; progress gets a Japanese step and a share."""
    progress("架空の地域を作っています", 0.0)
    region = make_region(seed=seed, scale=size.scale)
    progress("境界と人口を書き出しています", 0.5)
    write_geography(region, directory)
    write_population(region, directory)
    write_resources(region, directory, seed=seed, size=size, progress=progress)
    progress("架空の公表資料ができました", 1.0)


def write_resources(
    region: DemoRegion,
    directory: Path,
    *,
    seed: int,
    size: DemoSize,
    progress: Callable[[str, float], None],
) -> None:
    """Write facilities, insurance, demand and survey answers; each part has its own generator."""
    care, insured, visits, prefectures, answers, tables = (
        np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(6)
    )
    progress("施設と事業所を書き出しています", 0.6)
    write_facilities(make_facilities(region, care, density=size.density), region, directory)
    progress("介護保険と在宅医療の需要を書き出しています", 0.8)
    insurance = make_insurance(region, insured)
    write_insurance(insurance, region, directory)
    write_common_tables(region, insurance, directory, tables, periods=size.periods)
    write_demand(region, directory, visits)
    progress("実施状況調査を書き出しています", 0.9)
    support = make_prefecture_answers(region, FISCAL_YEARS, prefectures)
    write_survey(make_survey(region, support, answers), support, directory)
