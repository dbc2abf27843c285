"""What the resource page says of the chosen types, made once for all viewers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analytics.denominators import Denominator, denominator_of
from analytics.resources import counts_in_view, facility_sources, wide_counts
from analytics.resources_sentence import resources_sentence
from analytics.scope import NATION, Scope
from data.catalogue import load_catalogue
from ui.resource_choice import ResourceChoice
from ui.store import ask

TYPES = load_catalogue().facility_types


@dataclass(frozen=True)
class Resources:
    """The types chosen, for all areas in view: the words, and the frames behind them."""

    sentence: str
    counts: pd.DataFrame
    wide: pd.DataFrame
    counted: frozenset[str]
    denominator: Denominator | None
    source: list[str]


@lru_cache(maxsize=64)
def resources(store_key: str, scope: Scope, choice: ResourceChoice, shaded_type: str) -> Resources:
    """Return sentence and table of the types; the sentence is about one of them."""
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
            shaded,
            type_label=TYPES[shaded_type].label,
            area_code=scope.own_code or scope.parent_code,
            benchmark_code=NATION,
            part_codes=list(shaded.loc[shaded["is_part"], "area_code"]),
            denominator_label=label,
        ),
        counts=counts,
        wide=_wide(counts, choice.types),
        counted=frozenset(counts.dropna(subset=["facilities"])["facility_type"]),
        denominator=denominator,
        source=sources_of_types(choice.types, label),
    )


def _wide(counts: pd.DataFrame, types: tuple[str, ...]) -> pd.DataFrame:
    """Return one row per area; larger areas stay out where nothing is known of them."""
    wide = wide_counts(counts, facility_types=types)
    known = wide[[f"{key}.facilities" for key in types]].notna().any(axis=1)
    parts = counts.loc[counts["is_part"], "area_code"]
    return wide[known | wide["area_code"].isin(parts)]


def sources_of_types(types: tuple[str, ...], denominator_label: str | None) -> list[str]:
    """Return the titles and vintages of what was counted, and of the people it is related to."""
    rows = ask(facility_sources, facility_types=types).drop_duplicates(["title", "vintage"])
    words = [
        f"{row.title}（{row.vintage}）" if row.vintage else row.title for row in rows.itertuples()
    ]
    return words + ([f"分母：{denominator_label}"] if denominator_label else [])
