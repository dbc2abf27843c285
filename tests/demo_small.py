"""A demo region small enough for unit tests, made once for all of them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from data.demo.facilities import DemoFacilities, make_facilities
from data.demo.insurance import DemoInsurance, make_insurance
from data.demo.region import DemoRegion, make_region
from data.demo.survey import FISCAL_YEARS, DemoSurvey, make_survey
from data.demo.survey_prefecture import make_prefecture_answers

SEED = 20261122


@lru_cache(maxsize=1)
def small_region() -> DemoRegion:
    """Return the region at half the usual number of municipalities."""
    return make_region(seed=SEED, scale=0.5)


@lru_cache(maxsize=1)
def small_facilities() -> DemoFacilities:
    """Return its offices and institutions."""
    return make_facilities(small_region(), np.random.default_rng(SEED))


@lru_cache(maxsize=1)
def small_insurance() -> DemoInsurance:
    """Return its insurers."""
    return make_insurance(small_region(), np.random.default_rng(SEED))


@lru_cache(maxsize=1)
def small_survey() -> DemoSurvey:
    """Return its municipal answers."""
    rng = np.random.default_rng(SEED)
    support = make_prefecture_answers(small_region(), FISCAL_YEARS, rng)
    return make_survey(small_region(), support, rng)
