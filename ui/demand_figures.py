"""What the demand views reckon from: one question an area, whatever rates are put to it."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.demand import certified_wide, demand_bands
from analytics.demand_bands import age_persons, age_persons_inside
from analytics.demand_rates import area_rates, area_rates_inside, edited
from ui.rates_editor import Rates
from ui.selection import NATION, Area
from ui.store import ask, served


def compared(area: Area) -> tuple[str, ...]:
    """Return the area, its prefecture and the nation, each once."""
    codes = (area.code, area.prefecture_code, NATION)
    return tuple(dict.fromkeys(code for code in codes if code))


def reckoned(area: Area, *, edition: str, rates: Rates) -> pd.DataFrame:
    """Return people and certified persons of the area, its prefecture and the nation."""
    codes = compared(area)
    persons = ask(age_persons, area_codes=codes, edition=edition, bands=demand_bands())
    percents = ask(area_rates, area_codes=codes, rates=rates.key)
    return certified_wide(persons, edited(percents, edits=dict(rates.edits)), bands=rates.bands)


def reckoned_inside(parent: str, level: str, *, edition: str, rates: Rates) -> pd.DataFrame:
    """Return the same for every part of an area on a level."""
    return _inside(served(), parent, level, edition, rates)


@lru_cache(maxsize=32)  # thousands of rows each, and as many as viewers change rates
def _inside(store_key: str, parent: str, level: str, edition: str, rates: Rates) -> pd.DataFrame:
    scope = {"area_code": parent, "level": level}
    persons = ask(age_persons_inside, edition=edition, bands=demand_bands(), **scope)
    percents = ask(area_rates_inside, rates=rates.key, **scope)
    return certified_wide(persons, edited(percents, edits=dict(rates.edits)), bands=rates.bands)
