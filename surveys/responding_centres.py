"""Health centres that answer a form once a year, found by code or name."""

from __future__ import annotations

import pandas as pd

from surveys.checked import Decisions
from surveys.health_centres import HealthCentres
from surveys.places import Places, Respondent


class RespondingCentres(Places):
    """The health centres of one prefecture (of all, where it is blank).

    What is no office is read as of any form: sums, parts and notes answer nothing.
    """

    def __init__(self, areas: pd.DataFrame, changes: pd.DataFrame, *, prefecture: str) -> None:
        super().__init__(areas, changes, prefecture=prefecture, respondent="health_center_area")
        living = areas[areas["valid_to"].isna()]
        names = dict(zip(living["area_code"], living["name"], strict=True))
        self._centres = HealthCentres(names, prefecture=prefecture, decisions=Decisions())

    def find(self, code_text: str, name_text: str) -> Respondent:
        """Return whom a row is about, by its printed code and name."""
        return self._centres.find(code_text, name_text)[0]

    def is_named(self, text: str) -> bool:
        """Tell whether a cell is surely a health centre's name or a total."""
        return bool(text) and len(text) <= 30 and self._centres.find("", text)[0].kind in (
            "respondent", "total"
        )  # fmt: skip

    def is_municipality(self, text: str) -> bool:
        """Tell whether a cell is surely a health centre's name."""
        return self._centres.is_named(text)

    def is_coded(self, text: str) -> bool:
        """Tell whether a cell is the code of a health centre of the prefecture."""
        return self._centres.is_coded(text)
