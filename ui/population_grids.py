"""Figures of many areas made once for all viewers, with their words and tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.population_classes import map_classes
from analytics.population_measures import measure_parts
from analytics.population_parts import (
    Sort,
    growth_against_level,
    parts_order,
    side_by_side,
    years_known,
)
from analytics.population_parts_sentence import (
    QUARTERS,
    QUARTERS_OF_RATES,
    cells_sentence,
    peaks_sentence,
    quadrant_sentence,
    with_quarter,
)
from analytics.scope import Scope
from charts.heat_table import heat_table
from charts.quadrants import quadrants
from charts.small_multiples import small_multiples
from ui.blocks import ColumnLabel
from ui.hidden import by_letters
from ui.labels import level_label
from ui.place_names import placed
from ui.population_choice import Choice
from ui.store import ask, geo_url

MANY = 300  # areas; the names of more come from the map of the browser
AREA = {"area_code": ColumnLabel("コード"), "area_name": ColumnLabel("地域")}


@dataclass(frozen=True)
class Arrangement:
    """How the parts stand: the picture, the order, and the years between which they grow."""

    picture: str
    sort: Sort
    base_year: int
    year: int
    hidden: bool = False


@dataclass(frozen=True)
class Made:
    """A figure with its title, words, frame and columns."""

    spec: dict[str, Any]
    title: str
    sentence: str
    frame: pd.DataFrame
    columns: dict[str, ColumnLabel]


def _values(scope: Scope, choice: Choice, form: str) -> pd.DataFrame:
    """Return the values of the parts in the years that the edition has them."""
    frame = ask(measure_parts, area_code=scope.parent_code, level=scope.level,
                edition=choice.edition, measure=choice.measure, form=form,
                base_year=choice.base_year if form == choice.form else None)  # fmt: skip
    known: pd.DataFrame = frame[frame["year"].isin(years_known(frame))]
    return known


def _is_count(choice: Choice) -> bool:
    return choice.form == "persons" and not choice.entry.is_ratio


@lru_cache(maxsize=256)
def grid(
    store_key: str, scope: Scope, own_code: str, choice: Choice, arranged: Arrangement
) -> Made:
    """Return small multiples or the heat table of the parts."""
    frame, levels = _values(scope, choice, choice.form), _values(scope, choice, "persons")
    order = parts_order(frame, levels, sort=arranged.sort, base_year=arranged.base_year,
                        year=arranged.year)  # fmt: skip
    if arranged.hidden and arranged.sort == "code":
        order = by_letters(order)
    if arranged.picture == "heat":
        spec = _heat(scope, choice, frame, order, own_code)
        sentence = cells_sentence(placed(frame), entry=choice.entry, form=choice.form,
                                  value_name=choice.value_name,
                                  edition_name=choice.edition_name)  # fmt: skip
    else:
        spec = _multiples(choice, frame, order, own_code)
        sentence = peaks_sentence(frame, value_name=choice.value_name, is_count=_is_count(choice),
                                  edition_name=choice.edition_name,
                                  fiscal=choice.fiscal)  # fmt: skip
    years = years_known(frame)
    span = f"{years[0]}～{years[-1]}年" if len(years) > 1 else f"{years[0]}年"
    title = (
        f"{scope.parent_name}：{level_label(scope.level)}別の{choice.value_name}（{span}）　"
        f"{choice.edition_short}"
    )
    wide = side_by_side(frame, levels, order=order, base_year=arranged.base_year,
                        year=arranged.year)  # fmt: skip
    return Made(spec, title, sentence, wide, _wide_columns(choice, years, arranged))


def _heat(
    scope: Scope, choice: Choice, frame: pd.DataFrame, order: tuple[str, ...], own_code: str
) -> dict[str, Any]:
    breaks = ask(map_classes, area_code=scope.parent_code, level=scope.level,
                 edition=choice.edition, measure=choice.measure, form=choice.form,
                 base_year=choice.base_year)  # fmt: skip
    return heat_table(
        frame,
        order=order,
        breaks=list(breaks),
        title=choice.value_name,
        unit=choice.unit,
        decimals=choice.decimals,
        palette="diverging" if choice.form in ("index", "growth") else "sequential",
        own_code=own_code,
    )


def _multiples(
    choice: Choice, frame: pd.DataFrame, order: tuple[str, ...], own_code: str
) -> dict[str, Any]:
    return small_multiples(
        frame,
        order=order,
        unit="" if choice.form == "index" else choice.unit,
        decimals=choice.decimals,
        own_code=own_code,
        base_line={"index": 100.0, "growth": 0.0}.get(choice.form),
        shared_scale=not _is_count(choice),
    )


def _wide_columns(
    choice: Choice, years: tuple[int, ...], arranged: Arrangement
) -> dict[str, ColumnLabel]:
    columns = dict(AREA)
    columns |= {f"y{y}": ColumnLabel(f"{y}年", choice.unit, choice.decimals) for y in years}
    columns["peak_year"] = ColumnLabel("最も高い年")
    if len(years) > 1:
        span = f"{arranged.base_year}年から{arranged.year}年"
        columns["growth"] = ColumnLabel(f"{span}の{choice.entry.label}の増減率", "%", 1)
    return columns


@lru_cache(maxsize=128)
def scatter(
    store_key: str,
    scope: Scope,
    own_code: str,
    choice: Choice,
    arranged: Arrangement,
    *,
    with_names: bool,
) -> Made:
    """Return growth from the base year against the level of that year, in four quarters."""
    entry, base, year = choice.entry, arranged.base_year, arranged.year
    levels, is_share = _values(scope, choice, "persons"), choice.form == "share"
    frame = growth_against_level(_values(scope, choice, "share") if is_share else levels, levels,
                                 base_year=base, year=year)  # fmt: skip
    is_rate, cut = is_share or entry.is_ratio, float(frame["level"].median())
    names = QUARTERS_OF_RATES if is_rate else QUARTERS
    what = entry.label + ("の割合" if is_share else "")
    unit, decimals = ("%", 1) if is_share else (entry.unit, entry.decimals)
    growth = f"{base}年から{year}年の{entry.label}の増減率"
    spec = quadrants(
        frame,
        x_title=f"{base}年の{what}",
        y_title=growth,
        x_unit=unit,
        x_decimals=decimals,
        x_cut=cut,
        y_cut=0.0,
        names=names,
        log_x=not is_rate,
        own_code=own_code,
        names_url=None
        if with_names or len(frame) <= MANY
        else geo_url(scope.level, scope.parent_code),
    )
    sentence = quadrant_sentence(placed(frame), what=what, base_year=base, year=year, x_cut=cut,
                                 names=names, edition_name=choice.edition_name,
                                 own_code=own_code)  # fmt: skip
    columns = {**AREA, "level": ColumnLabel(f"{base}年の{what}", unit, decimals),
               "growth": ColumnLabel(growth, "%", 1), "quarter": ColumnLabel("区分")}  # fmt: skip
    title = _scatter_title(scope, choice, arranged, what)
    return Made(spec, title, sentence, with_quarter(frame, x_cut=cut, names=names), columns)


def _scatter_title(scope: Scope, choice: Choice, arranged: Arrangement, what: str) -> str:
    return (
        f"{scope.parent_name}：{arranged.base_year}年の{what}と{arranged.year}年までの増減率"
        f"（{level_label(scope.level)}別）　{choice.edition_short}"
    )
