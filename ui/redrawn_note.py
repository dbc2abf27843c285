"""What a reader must know of sums over areas that were drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import pandas as pd

from analytics.redrawn_zones import day_label, redrawn_zones
from data.era import last_day, period_label
from ui.hidden import is_hidden
from ui.selection import Area, current_level
from ui.store import ask, served

_NAMED = 3
_HOW = {
    "summed": "も、いまの構成で合計しています（公表された値がある年を除く）。",
    "reported": (
        "は、保健所の区域ごとに報告された件数なら、前の構成のままです"
        "（市区町村ごとの件数しかない年は、いまの構成で合計しています）。"
    ),
    "answered": "の回答は、その年度の10月1日の構成で数えています。",
}


def redrawn_values(*, parent_code: str, level: str, period: str, named: bool = True) -> list[str]:
    """Say which areas of a map or list were drawn anew after its period, blank for all years."""
    periods = (period,) if period else ()
    return list(_lines(served(), parent_code, level, "", periods, named))


def redrawn_years(area: Area) -> list[str]:
    """Say of an area, and of those into which it is divided, that all years have one extent."""
    return list(_lines(served(), area.code, current_level(area), area.code, (), named=True))


def redrawn_since(
    *, parent_code: str, level: str, own_code: str | None, periods: Sequence[str]
) -> list[str]:
    """Say which of an area and its parts were drawn anew after any of the periods on a page."""
    shown = tuple(sorted(set(periods), key=last_day))
    if not shown:
        return []
    return list(
        _lines(served(), parent_code, level, own_code or parent_code, shown, not is_hidden())
    )


def redrawn_reported(*, parent_code: str, level: str, periods: Sequence[str]) -> list[str]:
    """Say which areas of a list were drawn anew after counts that were reported for each."""
    shown = tuple(sorted(set(periods), key=last_day))
    return list(_lines(served(), parent_code, level, "", shown, not is_hidden(), how="reported"))


def redrawn_answers(area_code: str, *, fiscal_years: Sequence[int]) -> list[str]:
    """Say that answers of the years before an area was drawn anew are those of its members then."""
    shown = tuple(f"FY{year}" for year in sorted(fiscal_years))
    return list(_lines(served(), area_code, "", area_code, shown, named=True, how="answered"))


@lru_cache(maxsize=2_000)
def _lines(
    store_key: str,
    parent_code: str,
    level: str,
    own_code: str,
    periods: tuple[str, ...],
    named: bool,
    *,
    how: str = "summed",
) -> tuple[str, ...]:
    found = ask(redrawn_zones, area_code=parent_code)
    shown = (found["area_type"] == level) | (found["area_code"] == own_code)
    found = found[shown & found["after"].notna()]
    lines = []
    for day, rows in found.groupby("changed_on", sort=True):
        earlier = [period for period in periods if _stands(period, how) < day.date()]
        if earlier or not periods:
            areas = _named(rows["area_name"], named)
            lines.append(_words(areas, day.date(), earlier, how=how))
    return tuple(lines)


def _stands(period: str, how: str) -> date:
    """Return the day on which the members of a period count."""
    return date(int(period[2:]), 10, 1) if how == "answered" else last_day(period)


def _named(names: pd.Series, named: bool) -> str:
    if not named:
        return f"このうち{len(names)}区域"
    more = f"など{len(names)}区域" if len(names) > _NAMED else ""
    return f"{'、'.join(names[:_NAMED])}{more}"


def _words(areas: str, day: date, periods: list[str], *, how: str) -> str:
    years = "・".join(period_label(period) for period in periods)
    when = f"{years}の値" if periods else "それより前の年"
    if how == "answered":
        when = "それより前の年度"
    return (
        f"{areas}は、{day_label(day)}に構成市区町村が変わりました。"
        f"{when}{_HOW[how]}"
        "前の構成は「出典と定義」の「時点のちがい」にあります。"
    )
