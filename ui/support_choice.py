"""What a view of the prefectural support is about: an area, its prefecture, a fiscal year."""

from __future__ import annotations

from dataclasses import dataclass

from data.era import fiscal_year_label, short_era
from ui.selection import Area
from ui.store import dataset

FORM = "prefectural_form"
MUNICIPAL_FORM = "municipal_form"
DEMO = "演習データ（架空）"


@dataclass(frozen=True)
class Chosen:
    """The area chosen, the fiscal year of the survey and its framework."""

    area: Area
    fiscal_year: int
    framework: str

    @property
    def year_label(self) -> str:
        """The fiscal year as it is printed."""
        return fiscal_year_label(self.fiscal_year)

    @property
    def short_year(self) -> str:
        """The fiscal year as it stands on an axis."""
        return short_era(self.fiscal_year)

    @property
    def prefecture_code(self) -> str | None:
        """The prefecture of the area, None for the nation."""
        return self.area.prefecture_code

    @property
    def prefecture_name(self) -> str:
        """The name of the prefecture, or that of the nation."""
        return self.area.prefecture_name or self.area.name

    @property
    def place(self) -> str:
        """What the shares of prefectures are about."""
        return f"{DEMO}の都道府県" if dataset() == "demo" else "都道府県"
