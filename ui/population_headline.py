"""The main figures of the outlook: the old and what they will need, now, in 2030 and in 2040."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.demand import demand_headline
from analytics.population_growth import NOW, OLD
from analytics.population_held import measure_years
from analytics.population_measures import measure_series
from data.catalogue.population_measures import load_population_measures
from ui.blocks import plain
from ui.labels import edition_short
from ui.population_choice import default_edition
from ui.projector import is_on_stage
from ui.selection import Area
from ui.store import ask, served

LATER = (2030, 2040)
NEAR_NOW = (2024, 2025)  # the forecast of home visits starts from 2024
MANY = 100_000
METHOD = "認定者・訪問診療は、受療率・認定率固定の機械的推計。方法と出典は「医療・介護の需要」に。"


@dataclass(frozen=True)
class Steps:
    """One quantity now and later, in words: what, values by year, and the index of the later."""

    label: str
    values: str
    note: str
    is_reckoned: bool = False


def headline(area: Area, *, edition: str) -> None:
    """Print the old by age, certified persons and home visits with the index of later years."""
    rows = _rows(served(), area, edition)
    if not rows:
        return
    with st.container(border=True, gap="small"):
        for row in rows:
            with st.container(gap=None):
                _small(row.label)
                st.markdown(f"**{plain(row.values)}**")
                st.caption(plain(row.note))
        if any(row.is_reckoned for row in rows):
            _small(METHOD)


def _small(text: str) -> None:
    """Print in small letters what must stand there; a projector leaves other small print out."""
    if is_on_stage():
        st.text(text)
    else:
        st.caption(plain(text))


@lru_cache(maxsize=1_000)
def _rows(store_key: str, area: Area, edition: str) -> tuple[Steps, ...]:
    used = old_edition(area, edition)
    if used is None:
        return ()
    old = [_old_steps(area, used, measure) for measure in OLD]
    return tuple(row for row in (*old, *_demand_steps(area, used)) if row is not None)


def old_edition(area: Area, edition: str) -> str | None:
    """Return the edition to count the old with: the chosen one, else the newest that can."""
    held: dict[str, tuple[int, ...]] = ask(measure_years, area_code=area.code)[OLD[0]]
    if len(held.get(edition, ())) > 1:
        return edition
    return default_edition(held) if any(len(years) > 1 for years in held.values()) else None


def _old_steps(area: Area, edition: str, measure: str) -> Steps | None:
    frame = ask(measure_series, area_codes=(area.code,), edition=edition, measure=measure,
                form="persons")  # fmt: skip
    label = load_population_measures()[measure].short_label
    return _steps(frame.dropna(subset=["value"]), label, unit="人", note=edition_short(edition))


def _demand_steps(area: Area, edition: str) -> list[Steps | None]:
    names = {"certified": "認定者", "homevisit": "訪問診療"}
    frame = ask(demand_headline, area_code=area.code, edition=edition, years=(*NEAR_NOW, *LATER))
    found = []
    for item, label in names.items():
        rows = frame[(frame["item"] == item) & frame["value"].notna()]
        if len(rows):
            first = rows.iloc[0]
            whose = "" if first["area_name"] == area.name else f"{first['area_name']}の値。"
            steps = _steps(rows, label, unit=first["unit"], note=f"{whose}{first['basis']}")
            found.append(replace(steps, is_reckoned=True) if steps else None)
    return found


def _steps(known: pd.DataFrame, label: str, *, unit: str, note: str) -> Steps | None:
    """Return the values of now and later; the index has the year nearest to now as 100."""
    values = known.set_index("year")["value"].astype(float)
    if values.empty:
        return None
    now = min(values.index, key=lambda year: (abs(year - NOW), year))
    later = [year for year in LATER if year in values.index and year > now]
    base = float(values[now])
    index = "、".join(f"{year}年 {100 * values[year] / base:.0f}" for year in later if base > 0)
    years = "→".join(str(year) for year in (now, *later))
    amounts = _amounts([base, *(float(values[year]) for year in later)], unit)
    return Steps(f"{label}（{years}年）", amounts, f"{now}年=100：{index}（{note}）")


def _amounts(values: Sequence[float], unit: str) -> str:
    """Return amounts in a row with one unit, in ten thousands where all are so many."""
    if min(values) < MANY:
        return " → ".join(f"{value:,.0f}" for value in values) + unit
    decimals = 0 if min(values) >= 100 * MANY else 1
    return " → ".join(f"{value / 10_000:,.{decimals}f}" for value in values) + f"万{unit}"
