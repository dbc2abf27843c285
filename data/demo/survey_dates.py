"""Dates of councils and trainings in the fiscal year, from a generator of their own."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.demo.survey_items import NOT_APPLICABLE

BLANK = ""
GIVING = 0.8  # share of municipalities that write the dates down
_SEED = 20240401


def meeting_dates(year: int, frame: pd.DataFrame) -> dict[str, list[str]]:
    """Return the dates of councils and trainings, no more of them than were held."""
    rng = np.random.default_rng((_SEED, year))
    gives = rng.random(len(frame)) < GIVING
    meetings = rng.integers(1, 4, len(frame))
    councils = [
        (_dates(year, int(number), rng) if gave else BLANK) if has == "1" else NOT_APPLICABLE
        for has, number, gave in zip(frame["council"], meetings, gives, strict=True)
    ]
    held = pd.to_numeric(frame["training_n"], errors="coerce").fillna(0).astype(int).tolist()
    trainings = [
        (_dates(year, min(number, 6), rng) if gave else BLANK) if number else NOT_APPLICABLE
        for number, gave in zip(held, gives, strict=True)
    ]
    return {"council_dates": councils, "training_dates": trainings}


def _dates(year: int, number: int, rng: np.random.Generator) -> str:
    """Return distinct weekdays from May to February, in order."""
    days = [date(year, 5, 1) + timedelta(days=int(day)) for day in rng.permutation(300)]
    weekdays = [day for day in days if day.weekday() < 5]
    return ";".join(day.isoformat() for day in sorted(weekdays[:number]))
