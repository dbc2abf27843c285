"""Columns of several years beside each other, and which of them is the import's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.header_asides import is_year
from surveys.named_years import relative_year


@dataclass(frozen=True)
class YearChoice:
    """The headings of years that stand beside each other, and the one that is the import's.

    chosen is blank until it is known; options are those that may be meant, the likely one first.
    """

    headings: tuple[str, ...]
    chosen: str = ""
    options: tuple[str, ...] = ()
    cell: str = ""

    @property
    def key(self) -> str:
        """The words under which a choice is kept, the same in every sheet with these headings."""
        return "年度の列：" + "｜".join(self.headings)


def is_year_heading(text: str) -> bool:
    """Tell whether a text over a column is a year, named or relative."""
    return is_year(text) or bool(relative_year(text))


def choose_year(
    headings: Sequence[str], *, fiscal_year: int | None, decisions: Mapping[str, str], cell: str
) -> YearChoice:
    """Return which heading is the fiscal year's: the only one that names it, else the one decided.

    Without options no heading can be that year's.
    """
    different = tuple(dict.fromkeys(headings))
    own = [h for h in different if fiscal_year is not None and is_year(h, fiscal_year=fiscal_year)]
    if len(own) == 1:
        return YearChoice(different, own[0], cell=cell)
    relative = [h for h in different if relative_year(h)]
    this_first = sorted(relative, key=lambda heading: relative_year(heading) != "this")
    choice = YearChoice(different, "", () if own else tuple(this_first), cell)
    decided = decisions.get(choice.key, "")
    return YearChoice(different, decided if decided in choice.options else "", choice.options, cell)
