"""Names of areas for sentences and choices: with the prefecture where that tells them apart."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analytics.place_names import homes_of_areas
from ui.store import ask, served


@lru_cache(maxsize=4)
def _homes(store_key: str) -> dict[str, str]:
    found = ask(homes_of_areas)
    return dict(zip(found["area_code"], found["prefecture_name"], strict=True))


def placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the prefecture before each name, where they lie in several."""
    homes = frame["area_code"].map(_homes(served()))
    if homes.nunique() < 2:
        return frame
    names = frame["area_name"]
    return frame.assign(area_name=names.where(homes.isna(), homes.fillna("") + names))


def told_apart(areas: pd.DataFrame) -> dict[str, str]:
    """Return the name of each area; a shared one with its prefecture, or else with its code."""
    names = areas.drop_duplicates("area_code").set_index("area_code")["area_name"]
    homes = names.index.to_series().map(_homes(served()))
    shared = names.duplicated(keep=False)
    labels = names.where(~shared | homes.isna(), names + "（" + homes + "）")
    again = labels.duplicated(keep=False)
    labels = labels.where(~again, names + "（" + names.index + "）")
    return {str(code): str(label) for code, label in labels.items()}
