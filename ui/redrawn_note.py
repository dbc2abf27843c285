"""What a reader must know of sums over areas that were drawn anew."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pandas as pd

from analytics.redrawn_zones import day_label, redrawn_zones
from data.era import last_day, period_label
from ui.selection import Area, current_level
from ui.store import ask, served

_NAMED = 3


def redrawn_values(*, parent_code: str, level: str, period: str, named: bool = True) -> list[str]:
    """Say which areas of a map or list were drawn anew after its period, blank for all years."""
    return list(_lines(served(), parent_code, level, "", period, named))


def redrawn_years(area: Area) -> list[str]:
    """Say of an area, and of those into which it is divided, that all years have one extent."""
    return list(_lines(served(), area.code, current_level(area), area.code, "", named=True))


@lru_cache(maxsize=2_000)
def _lines(
    store_key: str, parent_code: str, level: str, own_code: str, period: str, named: bool
) -> tuple[str, ...]:
    found = ask(redrawn_zones, area_code=parent_code)
    shown = (found["area_type"] == level) | (found["area_code"] == own_code)
    found = found[shown & found["after"].notna()]
    if period:
        found = found[found["changed_on"].dt.date > last_day(period)]
    lines = []
    for day, rows in found.groupby("changed_on", sort=True):
        lines.append(_words(_named(rows["area_name"], named), day.date(), period))
    return tuple(lines)


def _named(names: pd.Series, named: bool) -> str:
    if not named:
        return f"このうち{len(names)}区域"
    more = f"など{len(names)}区域" if len(names) > _NAMED else ""
    return f"{'、'.join(names[:_NAMED])}{more}"


def _words(areas: str, day: date, period: str) -> str:
    when = f"{period_label(period)}の値も" if period else "それより前の年も"
    return (
        f"{areas}は、{day_label(day)}に構成市区町村が変わりました。"
        f"{when}、いまの構成で合計しています（公表された値がある年を除く）。"
        "前の構成は「出典と定義」の「時点のちがい」にあります。"
    )
