"""What the resource page says of the chosen types, made once for all viewers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analytics.denominators import denominator_of
from analytics.resources import counts_in_view, facility_sources
from analytics.resources_sentence import resources_sentence
from analytics.scope import NATION, Scope
from data.catalogue import load_catalogue
from ui.place_names import placed
from ui.resource_choice import ResourceChoice
from ui.resource_conditions import narrowed_label
from ui.store import ask, served

TYPES = load_catalogue().facility_types


@dataclass(frozen=True)
class Resources:
    """The types chosen, for all areas in view: the words, and the frame behind them."""

    sentence: str
    counts: pd.DataFrame
    source: list[str]


@lru_cache(maxsize=64)
def resources(store_key: str, scope: Scope, choice: ResourceChoice, shaded_type: str) -> Resources:
    """Return the counts of the types, and the sentence about one of them."""
    denominator = ask(denominator_of, scope=scope)
    counts = ask(
        counts_in_view,
        scope=scope,
        facility_types=choice.types,
        denominator=denominator,
        filters=choice.filters,
        search=choice.search,
    )
    shaded = counts[counts["facility_type"] == shaded_type]
    label = denominator.full_label if denominator else None
    return Resources(
        sentence=resources_sentence(
            placed(shaded),
            type_label=narrowed_label(
                TYPES[shaded_type].label, choice.filters, choice.search, choice.types
            ),
            area_code=scope.own_code or scope.parent_code,
            benchmark_code=NATION,
            part_codes=list(shaded.loc[shaded["is_part"], "area_code"]),
            denominator_label=label,
        ),
        counts=counts,
        source=sources_of_types(choice.types, label, (scope.parent_code,)),
    )


def sources_of_types(
    types: tuple[str, ...], denominator_label: str | None, areas: tuple[str, ...]
) -> list[str]:
    """Return the titles and vintages of what was counted, and of the people it is related to."""
    words = _lists(served(), types, areas)
    return [*words, *([f"分母：{denominator_label}"] if denominator_label else [])]


@lru_cache(maxsize=4_000)
def _lists(store_key: str, types: tuple[str, ...], areas: tuple[str, ...]) -> tuple[str, ...]:
    rows = ask(facility_sources, facility_types=types, area_codes=areas).drop_duplicates(
        ["title", "vintage"]
    )
    return tuple(
        f"{row.title}（{row.vintage}）" if row.vintage else row.title for row in rows.itertuples()
    )


def when_counted(types: tuple[str, ...], areas: tuple[str, ...]) -> str:
    """Return when facilities of the types were counted, in brackets for a title; else nothing."""
    rows = ask(facility_sources, facility_types=types, area_codes=areas)
    vintages = rows["vintage"].dropna()
    words = list(dict.fromkeys(text.partition("（")[0] for text in vintages))
    more = "ほか" if len(words) > 1 else ""
    return f"（{words[0]}{more}）" if words else ""
