"""The end of a month as of which publishers say that a list stands: 2026年６月末時点."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from data.era import calendar_year_label

_STATED = re.compile(
    r"(?:(?P<western>20\d{2})年|令和(?P<era>元|\d{1,2})年)(?:\((?:20\d{2}|令和\S{1,3})年\))?"
    r"(?P<month>\d{1,2})月末(?:日)?"
)
_REIWA = 2018


class StatedDay(NamedTuple):
    """A year and a month, at whose end a list stands."""

    year: int
    month: int

    def label(self) -> str:
        """Return it in full, such as 令和8年(2026年)6月末時点."""
        return f"{calendar_year_label(self.year)}{self.month}月末時点"


def stated_day(text: str) -> StatedDay | None:
    """Return the last end of a month that a text names, in digits of any width."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = [match for match in _STATED.finditer(plain) if 1 <= int(match["month"]) <= 12]
    if not found:
        return None
    last = found[-1]
    era = last["era"]
    year = int(last["western"] or 0) or _REIWA + (1 if era == "元" else int(era))
    return StatedDay(year, int(last["month"]))
