"""What the comparison page draws, made once for all viewers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.compare import (
    choices_in_view,
    has_interval,
    is_amount,
    values_in_view,
    with_outcome,
)
from analytics.compare_sentence import compare_sentence
from analytics.denominators import denominator_of
from analytics.geometry import is_drawable
from analytics.scope import NATION, Scope
from charts.choropleth import choropleth
from charts.ranking import ranking
from data.catalogue import load_catalogue
from data.catalogue.indicator import IndicatorEntry
from data.era import period_label
from geo.classification import class_breaks
from ui.indicator_view import in_words, source_words, with_printed
from ui.labels import level_label
from ui.store import ask, geo_url

MOST_BARS = 80
ENDS = 15
# Of these the first that the whole country has is shown first.
FIRST_INDICATORS = ("vns_station", "aging_rate")
CATALOGUE = load_catalogue()


@dataclass(frozen=True)
class Comparison:
    """One indicator of all areas in view: words, map, and the frame behind them."""

    title: str
    sentence: str
    spec: dict[str, Any] | None
    rows: pd.DataFrame
    source: list[str]
    has_interval: bool


@lru_cache(maxsize=256)
def indicator_options(store_key: str, scope: Scope) -> tuple[dict[str, str], str | None]:
    """Return the indicators with values in view, in the order of their domains, and the first."""
    observed = ask(choices_in_view, scope=scope).set_index("indicator_id")["observed"]
    domains = {key: entry.order for key, entry in CATALOGUE.domains.items()}
    ordered = sorted(CATALOGUE.indicators.values(), key=lambda entry: domains[entry.domain])
    found = [entry for entry in ordered if observed.get(entry.key, 0) > 0]
    options = {
        entry.key: f"{CATALOGUE.domains[entry.domain].label}：{entry.title}" for entry in found
    }
    rates = [entry.key for entry in found if not is_amount(entry)]
    return options, next(iter([*_known_everywhere(options), *rates, *options]), None)


def _known_everywhere(options: dict[str, str]) -> list[str]:
    nation = Scope(NATION, "", "prefecture", None)
    areas = ask(choices_in_view, scope=nation).set_index("indicator_id")["areas"]
    most = areas.max()
    return [
        key for key in FIRST_INDICATORS if key in options and areas.get(key, 0) >= 0.9 * most > 0
    ]


@lru_cache(maxsize=64)
def _values(store_key: str, scope: Scope, indicator_id: str, period: str) -> pd.DataFrame:
    return ask(
        values_in_view,
        scope=scope,
        indicator_id=indicator_id,
        period=period,
        denominator=ask(denominator_of, scope=scope),
    )


@lru_cache(maxsize=256)
def benchmark_options(
    store_key: str, scope: Scope, indicator_id: str, period: str
) -> dict[str, str]:
    """Return the larger areas that have the value; an amount is compared with none."""
    if is_amount(CATALOGUE.indicators[indicator_id]):
        return {}
    rows = _values(store_key, scope, indicator_id, period)
    known = rows[~rows["is_part"]].dropna(subset=["value"])
    return dict(zip(known["area_code"], known["area_name"], strict=True))


@lru_cache(maxsize=64)
def comparison(
    store_key: str, scope: Scope, indicator_id: str, period: str, benchmark: str | None
) -> Comparison:
    """Return title, sentence, map and table of an indicator beside a benchmark."""
    entry = CATALOGUE.indicators[indicator_id]
    rows = _values(store_key, scope, indicator_id, period)
    reference = rows[~rows["is_part"] & (rows["area_code"] == benchmark)]
    value = None if reference.empty else float(reference["value"].iloc[0])
    rows = in_words(with_outcome(rows, benchmark=value))
    values = rows[rows["is_part"]]
    sentence = compare_sentence(
        values,
        title=entry.title,
        period=period,
        unit=entry.unit,
        decimals=entry.decimals,
        group_name=scope.parent_name,
        benchmark_name=None if reference.empty else str(reference["area_name"].iloc[0]),
        benchmark=value,
        own_code=scope.own_code,
        is_amount=is_amount(entry),
    )
    related = denominator_of if rows["per_75plus"].notna().any() else None
    where = f"{level_label(scope.level)}別　{period_label(period)}"
    return Comparison(
        title=f"{scope.parent_name}の{entry.title}　{where}",
        sentence=sentence + (f"注意：{entry.caveat}" if entry.caveat else ""),
        spec=_map(values, scope, entry),
        rows=with_printed(rows, entry),
        source=source_words(rows, ask(related, scope=scope) if related else None),
        has_interval=has_interval(rows),
    )


def _map(values: pd.DataFrame, scope: Scope, entry: IndicatorEntry) -> dict[str, Any] | None:
    if not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        return None
    breaks = class_breaks(values["value"], scheme="quantile", k=5)
    return choropleth(
        topology_url=geo_url(scope.level, scope.parent_code),
        values=values.assign(label=values["status_label"])[["area_code", "value", "label"]],
        breaks=breaks,
        title=entry.title,
        unit=entry.unit,
        legend_title=f"{entry.title}・五分位" if len(breaks) == 5 else entry.title,
        decimals=entry.decimals,
        selected=scope.own_code,
    )


def are_too_many(scope: Scope, rows: pd.DataFrame) -> bool:
    """Tell whether only both ends of the areas are drawn as bars."""
    return int(rows["is_part"].sum()) > MOST_BARS


@lru_cache(maxsize=128)
def bars(
    store_key: str, scope: Scope, indicator_id: str, period: str, order: str, show_interval: bool
) -> dict[str, Any]:
    """Return the ranking bars, with every larger area that has the value as a line."""
    entry = CATALOGUE.indicators[indicator_id]
    rows = _values(store_key, scope, indicator_id, period)
    rows = in_words(with_outcome(rows, benchmark=None))
    larger = rows[~rows["is_part"]].dropna(subset=["value"])
    known = larger.iloc[:0] if is_amount(entry) else larger
    return ranking(
        bars_to_draw(rows[rows["is_part"]], order=order, own_code=scope.own_code),
        title=entry.title,
        unit=entry.unit,
        decimals=entry.decimals,
        own_code=scope.own_code,
        benchmarks=list(zip(known["area_name"], known["value"], strict=True)),
        show_interval=show_interval,
    )


def bars_to_draw(values: pd.DataFrame, *, order: str, own_code: str | None = None) -> pd.DataFrame:
    """Return the rows in order; of very many the ends, the own area, and what is left out."""
    ranked = values.sort_values(["value", "area_code"], ascending=[False, True], kind="stable")
    if len(values) <= MOST_BARS:
        return values if order == "code" else ranked
    known = ranked.dropna(subset=["value"])
    if len(known) <= 2 * ENDS:
        return known
    lowest = known["value"] == known["value"].min()
    if lowest.sum() > ENDS:
        head, tail = known.head(2 * ENDS), known.iloc[:0]
        words = f"ほか{{:,}}地域は省略（最も低い値は{lowest.sum():,}地域）"
    else:
        head, tail = known.head(ENDS), known.tail(ENDS)
        words = "この間の{:,}地域は省略"
    rest = known.drop(index=[*head.index, *tail.index])
    own = rest[rest["area_code"] == own_code]
    note = words.format(len(rest) - len(own))
    gap = pd.DataFrame([{"area_code": "", "area_name": "⋮", "status_label": note}])
    return pd.concat([head, own, gap, tail])
