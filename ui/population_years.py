"""Choosing of years for the pictures of the population page."""

from __future__ import annotations

from data.catalogue import load_catalogue
from data.era import calendar_year_label, fiscal_year_label
from ui.population_choice import Choice
from ui.selection import choose

PREFERRED = 2040
YEAR_WIDTH, BASE_WIDTH = 200, 130
PLAY_NOTE = "図の下のスライダーと「再生」で年を送れます。文章・表・保存する図は、上で選んだ年です。"


def choose_year(
    years: tuple[int, ...], choice: Choice, *, label: str = "年", preferred: int = PREFERRED
) -> int:
    """Let the viewer choose the year of the sentence, the table and the files."""
    words = fiscal_year_label if choice.fiscal else calendar_year_label
    names = {str(year): words(year) for year in years}
    nearest = min(years, key=lambda year: (abs(year - preferred), year))
    return int(choose(label, names, param="year", default=str(nearest), width=YEAR_WIDTH))


def choose_base(years: tuple[int, ...], choice: Choice, *, label: str = "基準の年") -> int:
    """Let the viewer choose the year to compare with: by default that of the edition."""
    names = {str(year): f"{year}年" for year in years}
    return int(choose(label, names, param="base", default=str(base_of(years, choice)),
                      width=BASE_WIDTH))  # fmt: skip


def base_of(years: tuple[int, ...], choice: Choice) -> int:
    """Return the base year of the edition, or the first year where that is not among them."""
    own = load_catalogue().editions[choice.edition].base_year
    return own if own in years else years[0]
