"""What the view of future supply draws, made once for all viewers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.geometry import is_drawable
from analytics.resources import facility_sources
from analytics.scope import Scope
from analytics.sources import sources_of
from analytics.supply_outlook import outlook_in_view
from analytics.supply_outlook_sentence import outlook_sentence
from charts.choropleth import choropleth
from charts.supply_lines import supply_lines
from data.era import calendar_year_label
from geo.classification import class_breaks
from ui.labels import edition_label, edition_short, level_label
from ui.place_names import placed
from ui.store import ask, geo_url
from ui.supply_future_tables import (
    MAP_LABELS,
    RATE,
    FutureChoice,
    gap_lines,
    none_now_label,
    wide_parts,
)

ROUND = [float(step * 10**power) for power in range(5) for step in (1, 2, 5)]
MAX_BOUNDS = 5


@dataclass(frozen=True)
class Future:
    """The course of one area and the map of its parts: figures, words, and frames behind them."""

    lines: dict[str, Any]
    lines_title: str
    map: dict[str, Any] | None
    map_title: str
    sentence: str
    own: pd.DataFrame
    parts: pd.DataFrame
    gaps: list[str]
    source: list[str]


@lru_cache(maxsize=256)
def future(store_key: str, scope: Scope, chosen: FutureChoice) -> Future:
    """Return the course of the area and the map of its parts."""
    frame = ask(
        outlook_in_view,
        scope=scope,
        facility_types=(chosen.facility_type,),
        edition=chosen.edition,
        quantity=chosen.quantity,
    )
    code = scope.own_code or scope.parent_code
    own = frame[frame["area_code"] == code].reset_index(drop=True)
    parts = frame[frame["is_part"]]
    sentence = outlook_sentence(
        placed(frame),
        area_code=code,
        year=chosen.year,
        base_year=chosen.edition.base_year,
        type_label=chosen.label,
        unit=chosen.unit,
        edition_name=edition_label(chosen.edition.edition),
    )
    short = edition_short(chosen.edition.edition)
    when = calendar_year_label(chosen.year)
    return Future(
        lines=_lines(frame, code, chosen),
        lines_title=f"{own.at[0, 'area_name']}の{chosen.label}：{RATE}　{short}",
        map=_map(parts, scope, chosen),
        map_title=f"{scope.parent_name}：{when}に今の水準を保つための{chosen.label}の追加数"
        f"（{level_label(scope.level)}別）　{short}",
        sentence=sentence,
        own=own,
        parts=wide_parts(parts, chosen),
        gaps=gap_lines(parts[parts["year"] == chosen.year], chosen),
        source=_sources(chosen, scope),
    )


def _lines(frame: pd.DataFrame, code: str, chosen: FutureChoice) -> dict[str, Any]:
    larger = frame.loc[~frame["is_part"], "area_code"].unique().tolist()
    order = list(dict.fromkeys([code, *reversed(larger)]))
    names = frame.drop_duplicates("area_code").set_index("area_code")["area_name"]
    drawn = frame[frame["area_code"].isin(order)]
    level = frame.loc[frame["area_code"] == code, "per_10k_now"].iloc[0]
    return supply_lines(
        drawn,
        series_order=list(dict.fromkeys(str(names[area]) for area in order)),
        level=None if pd.isna(level) else float(level),
        level_label=f"今の水準（{chosen.edition.base_year}年）",
        targets=list(chosen.edition.targets),
        unit=chosen.unit,
        y_title=RATE,
    )


def _map(parts: pd.DataFrame, scope: Scope, chosen: FutureChoice) -> dict[str, Any] | None:
    if not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        return None
    seen = parts[parts["year"] == chosen.year]
    values = pd.DataFrame(
        {
            "area_code": seen["area_code"],
            "value": seen["more"],
            "label": seen["status"].map(MAP_LABELS).fillna(""),
        }
    )
    return choropleth(
        topology_url=geo_url(scope.level, scope.parent_code),
        values=values,
        breaks=_breaks(values["value"]),
        title="追加で必要な数",
        unit=chosen.unit,
        legend_title=f"{chosen.year}年に今の水準を保つための追加数",
        no_data_label=none_now_label(chosen.unit),
        decimals=0,
        selected=scope.own_code,
    )


def _breaks(more: pd.Series) -> list[float]:
    """Return round bounds, and a class of its own for areas that need nothing more."""
    if not more.notna().any():
        return []
    most = float(more.max())
    bounds = [bound for bound in ROUND if bound < most]
    while len(bounds) > MAX_BOUNDS:
        bounds = bounds[::2]
    return class_breaks(more, scheme="fixed", breaks=[0.0, *bounds, most])


def _sources(chosen: FutureChoice, scope: Scope) -> list[str]:
    kinds, areas = (chosen.facility_type,), (scope.parent_code,)
    rows = ask(facility_sources, facility_types=kinds, area_codes=areas)
    rows = rows.drop_duplicates(["title", "vintage"])
    facilities = [
        f"{row.title}（{row.vintage}）" if row.vintage else row.title for row in rows.itertuples()
    ]
    people = ask(sources_of, subject=f"population:{chosen.edition.edition}")
    return [*facilities, *people, f"75歳以上：{edition_label(chosen.edition.edition)}"]
