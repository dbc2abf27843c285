"""What a view of the programme items is about: a region, a fiscal year and its framework."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analytics.answer_conflicts import years_without_survey
from data.catalogue import load_catalogue
from data.era import fiscal_year_label
from ui.selection import Area
from ui.survey_scope import Region

FORM = "municipal_form"


@dataclass(frozen=True)
class Chosen:
    """The region, the area chosen in it, the year, its framework, and every year with answers.

    `hide` puts letters in the place of names: see `ui.activity_names.named`.
    """

    region: Region
    area: Area
    fiscal_year: int
    framework: str
    years: tuple[tuple[int, str], ...]
    hide: bool = False

    @property
    def year_label(self) -> str:
        """The fiscal year as it is printed."""
        return fiscal_year_label(self.fiscal_year)

    @property
    def gap_years(self) -> tuple[int, ...]:
        """The fiscal years inside a framework of which there are no answers."""
        return tuple(years_without_survey(self.years))

    def years_of(self, framework: str) -> list[int]:
        """Return the years with answers under a framework, in order."""
        return sorted(year for year, asked_in in self.years if asked_in == framework)


def within(chosen: Chosen, framework: str) -> tuple[Chosen | None, str]:
    """Return the choice in a year of the framework, and the words that say why it changed.

    The choice is None where the framework has no year with answers.
    """
    if chosen.framework == framework:
        return chosen, ""
    label = load_catalogue().programme.frameworks[framework].label
    years = chosen.years_of(framework)
    if not years:
        return None, f"この設問は{label}だけのもので、その年度の回答がまだありません。"
    later = chosen.fiscal_year > years[-1]
    year = years[-1] if later else years[0]
    moved = replace(chosen, fiscal_year=year, framework=framework)
    place = "最後" if later else "最初"
    return moved, (
        f"{chosen.year_label}の調査にこの設問はありません（{label}の設問）。"
        f"尋ねた{place}の年度、{moved.year_label}を示します。"
    )
