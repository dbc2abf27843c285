"""Letters in the place of names in the views of the programme items."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.activities_members import codes_ever_inside
from analytics.hidden_names import letters_of, without_names
from ui.activity_choice import Chosen
from ui.store import ask, served
from ui.survey_scope import Region


@lru_cache(maxsize=64)
def _letters(store_key: str, region: Region) -> dict[str, str]:
    codes = ask(codes_ever_inside, area_code=region.code)
    return letters_of(codes, own_code=region.own_area, key=store_key)


def named(frame: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Return the rows as they may be shown: without the names where these are hidden.

    `frame` has area_code and area_name.
    """
    return without_names(frame, _letters(served(), chosen.region)) if chosen.hide else frame
