"""The fiscal years that a title, a sheet's name or a note names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.era import read_period
from surveys.wording import normal

_ERA = r"(?P<era>令和|平成|昭和|[rhs])?(?P<year>元|[0-9]{1,4})"
_FISCAL = re.compile(rf"(?<![0-9a-z]){_ERA}年度")
_SHORT = re.compile(r"(?<![0-9a-z])(?P<era>[rhs])(?P<year>[0-9]{1,2})(?!\.?[0-9]|[\-/年])")
_DATED = re.compile(
    rf"(?<![0-9a-z]){_ERA}[年./\-](?P<month>[0-9]{{1,2}})(?:[月./\-]|$)(?:末|[0-9]{{1,2}}日?)?"
)
_CALENDAR = re.compile(rf"(?<![0-9a-z]){_ERA}年(?![度0-9])")
_CHRISTIAN = re.compile(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])")
_RELATIVE = re.compile(r"(?:前々|一昨|[前昨今本当来次翌])(?:年度|年|回)")
_WHOLLY_RELATIVE = re.compile(
    rf"\(?(?P<word>{_RELATIVE.pattern})の?(?:実績値?|回答|状況|分|値)?(?:\([^()]*\))?\)?"
)
_THIS = ("今", "本", "当")
_ONLY_DATE = re.compile(rf"{_DATED.pattern}(現在|時点|現況)?")


def fiscal_years_in(text: str, *, short: bool = False) -> set[int]:
    """Return the fiscal years written as such; short reads R5 too, as in names of sheets."""
    plain = normal(text)
    found = [*_FISCAL.finditer(plain), *(_SHORT.finditer(plain) if short else ())]
    return {year for one in found if (year := _year(one))}


def dated_years_in(text: str) -> set[int]:
    """Return the fiscal years in which the dates of a text lie, and its calendar years."""
    plain = normal(text)
    dates = {
        year - (int(one["month"]) < 4)
        for one in _DATED.finditer(plain)
        if 1 <= int(one["month"]) <= 12 and (year := _year(one))
    }
    return dates | {year for one in _CALENDAR.finditer(plain) if (year := _year(one))}


def is_date(text: str) -> bool:
    """Tell whether a text is a date and nothing else."""
    return bool(_ONLY_DATE.fullmatch(normal(text)))


def relative_year(text: str) -> str:
    """Return "this" or "other" for a text that is 今年度, 前回 and the like, else blank."""
    found = _WHOLLY_RELATIVE.fullmatch(normal(text))
    if not found:
        return ""
    return "this" if found["word"].startswith(_THIS) else "other"


def split_year(text: str) -> tuple[str, str]:
    """Return a header without the year that it begins with, and that year."""
    plain = normal(text)
    found = _RELATIVE.match(plain) or _FISCAL.match(plain)
    rest = plain[found.end() :].lstrip(":・の") if found else ""
    return (rest, found[0]) if found and rest else (text, "")


def names_a_year(texts: Iterable[str]) -> bool:
    """Tell whether any of the texts names a year, be it 前年度 or a date."""
    return any(
        fiscal_years_in(text, short=True)
        or dated_years_in(text)
        or _CHRISTIAN.search(normal(text))
        or _RELATIVE.search(normal(text))
        for text in texts
    )


def _year(found: re.Match[str]) -> int:
    period = read_period(f"{found['era'] or ''}{found['year']}".upper())
    return int(period) if period else 0
