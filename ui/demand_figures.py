"""What the demand views reckon from: one question an area, whatever rates are put to it."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.demand import certified_of_group, certified_wide, demand_bands
from analytics.demand_bands import age_persons, age_persons_inside
from analytics.demand_rates import area_rates, area_rates_inside, edited
from ui.population_choice import GROUP_MARK, Choice, group_name
from ui.rates_editor import Rates
from ui.selection import NATION, Area
from ui.store import ask, served


def compared(area: Area, choice: Choice) -> tuple[str, ...]:
    """Return the area, those beside it, its prefecture and the nation, each once."""
    codes = (area.code, *choice.others, area.prefecture_code, NATION)
    return tuple(dict.fromkeys(code for code in codes if code))


def reckoned(area: Area, choice: Choice, rates: Rates) -> pd.DataFrame:
    """Return people and certified persons of the area, of all beside it, and of the chosen group.

    Those of a group are the sums of its members.
    """
    found = _of(compared(area, choice), choice.edition, rates)
    group = choice.group
    if group is None:
        return found
    summed = certified_of_group(_of(group.codes, choice.edition, rates), key=GROUP_MARK + group.key,
                                name=group_name(group), members=len(group.codes))  # fmt: skip
    return pd.concat([found, summed], ignore_index=True)


def _of(codes: tuple[str, ...], edition: str, rates: Rates) -> pd.DataFrame:
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
