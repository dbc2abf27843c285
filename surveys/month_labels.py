"""Months as offices print them, the fiscal year that a title names, and what a total runs over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from data.era import read_period
from surveys.wording import normal

APRIL = 4
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
# 2024.4 is left out: as a number, October and January are the same text.
_MONTH = re.compile(
    r"(?:(?P<era>令和|平成|[rh])?(?P<year>元|\d{1,4})(?P<unit>年度|年|[./\-]))?"
    r"(?P<month>\d{1,2})(?P<mark>月)?(?:分|末|中)?(?:[./\-]?\d{1,2}日?)?"
)
_YEAR_BESIDE = re.compile(
    r"(?P<month>\d{1,2})月(?:分)?\((?P<year>(?:令和|平成|[rh])?\d{1,4}年?度?)\)"
)
_MARKED = re.compile(r"\((速報|暫定|確定)値?\)$|[※*][0-9]*$")
_IN_TEXT = re.compile(
    r"(?:(?:令和|平成|r|h)?(?:元|\d{1,4})(?:年度|年|[./]))?\d{1,2}月(?!\d{1,2}日)"
)
_NO_MONTH_OF_ITS_OWN = re.compile(r"[~〜]|から|まで|現在|時点|作成|提出|締切|期限|回答日|更新")
_FISCAL = re.compile(r"(?:令和|平成|r|h)?(?:元|\d{1,4})年度")
_TOTAL = re.compile(
    r"計$|^(合計|総計)|平均$|累計|^(全体|県全体|管内全体|通年|年間|1年間?)$|四半期|[上下前後]半?期$|半期"
    r"|^(県内|管内)?(全|各)(県|管内|圏域|保健所|域)$|^[1-4]q$|^q[1-4]$|^第?[1-4一二三四iv]+期$"
)
_RANGE = re.compile(r"(\d{1,2})月?(?:[~〜\-ー–—]|から)(\d{1,2})月(?:まで|分|期)*")
_QUARTER = re.compile(r"第?(iii|ii|iv|i|[1-4一二三四])(?:四半期|期|q)|q([1-4])")
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class MonthLabel:
    """A month, and its fiscal year where it is printed with one."""

    month: int
    fiscal_year: int = 0


def read_month(text: str, *, bare: bool = False) -> MonthLabel | None:
    """Return the month that a cell names; bare allows a number alone, as under a header 月."""
    plain = _MARKED.sub("", normal(text))
    if beside := _YEAR_BESIDE.fullmatch(plain):
        return _with_year_beside(beside["month"], beside["year"])
    found = _MONTH.fullmatch(plain)
    if not found or not 1 <= int(found["month"]) <= 12:
        return None
    month, unit = int(found["month"]), found["unit"]
    if found["year"] is None:
        return MonthLabel(month) if found["mark"] or bare else None
    if unit in ("年", "年度") and not found["mark"]:
        return None
    is_short = found["era"] is None and (found["year"] == "元" or len(found["year"]) < 4)
    if is_short:  # 6年4月 has no era: the month is sure, its year is not
        return MonthLabel(month) if unit in ("年", "年度") else None
    if unit == "." and found["era"] is None:
        return None
    period = read_period(f"{(found['era'] or '').upper()}{found['year']}")
    return MonthLabel(month, fiscal_year_of(int(period), month, unit)) if period else None


def is_provisional(text: str) -> bool:
    """Tell whether a month is printed with a word for figures that may still change."""
    return bool(re.search("速報|暫定", text)) and read_month(text) is not None


def _with_year_beside(printed: str, year: str) -> MonthLabel | None:
    """Return a month with its year in brackets; in spring that may be either kind of year."""
    month, period = int(printed), read_period(year.upper())
    if period is None or month not in MONTHS:
        return None
    is_fiscal = period.startswith("FY")
    if is_fiscal or month >= APRIL:
        return MonthLabel(month, int(period.removeprefix("FY")))
    return MonthLabel(month)


def fiscal_year_of(year: int, month: int, unit: str = "年") -> int:
    """Return the fiscal year of a month; a year printed as 年度 is that year itself."""
    return year if unit == "年度" or month >= APRIL else year - 1


def month_in(text: str) -> MonthLabel | None:
    """Return the only month that a title or the name of a sheet speaks of."""
    whole = read_month(text)
    if whole:
        return whole
    plain = normal(text)
    if _NO_MONTH_OF_ITS_OWN.search(plain):
        return None
    found = {read_month(one) for one in _IN_TEXT.findall(plain)}
    return found.pop() if len(found) == 1 else None


def fiscal_years_in(text: str) -> set[int]:
    """Return the fiscal years that a text names as such (令和6年度)."""
    found = {read_period(one.upper()) for one in _FISCAL.findall(normal(text))}
    return {int(period.removeprefix("FY")) for period in found if period}


def is_total(text: str) -> bool:
    """Tell whether a label stands for a sum or a mean of other rows or columns."""
    plain = re.sub(r"[()]", "", normal(text))
    return bool(_TOTAL.search(plain)) or bool(_RANGE.fullmatch(plain))


def is_part_of_year(text: str) -> bool:
    """Tell whether a label is a quarter, a half or a run of months."""
    return is_total(text) and 1 < len(months_of_total(text)) < len(MONTHS)


@lru_cache(maxsize=1024)
def months_of_total(text: str) -> tuple[int, ...]:
    """Return the months that a total runs over; none where its label does not say."""
    plain = re.sub(r"[()]", "", normal(text))
    if "累計" in plain or "平均" in plain:
        return ()
    if found := _RANGE.search(plain):
        first, last = int(found[1]), int(found[2])
        if not {first, last} <= set(MONTHS) or MONTHS.index(first) > MONTHS.index(last):
            return ()
        return MONTHS[MONTHS.index(first) : MONTHS.index(last) + 1]
    if found := _QUARTER.search(plain):
        printed = found[1] or found[2]
        number = _NUMBERS.get(printed) or int(printed)
        return MONTHS[3 * number - 3 : 3 * number]
    if "四半期" in plain or "小計" in plain:
        return ()
    if "半期" in plain:
        return MONTHS[:6] if "上半期" in plain else MONTHS[6:]
    return MONTHS
