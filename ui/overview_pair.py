"""The overview of two areas beside each other: maps in the same classes, bars on one scale."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.denominators import denominator_of
from analytics.geometry import is_drawable, map_frame
from analytics.overview import Outlook, outlook, supply
from analytics.pair_sentence import rates_sentence
from analytics.population_measures import measure_parts
from analytics.scope import scope_of
from analytics.sources import sources_of
from charts.choropleth import choropleth, fitted
from charts.pair_bars import pair_bars
from charts.pair_map import legend_below
from data.catalogue import load_catalogue
from geo.classification import class_breaks
from ui import blocks
from ui.labels import edition_short
from ui.overview_view import people, say_redrawn, sentence_of
from ui.pair_choice import names_of
from ui.selection import Area, map_scope
from ui.store import ask, geo_url, served

HEIGHT = 360
SHARED_SCALE = "左右の図は、色の区分・目盛り・項目の順が同じです。"
_UNIT = "75歳以上1万人あたり（か所）"


def draw(area: Area, other: Area) -> None:
    """Draw both areas: main figures, map and facilities per person, and how they differ."""
    names = names_of(area, other)
    pair = (area, other)
    seen = [ask(outlook, area_code=each.code) for each in pair]
    maps = _maps(served(), pair)
    for side, (place, each, found) in enumerate(zip(st.columns(2), pair, seen, strict=True)):
        with place:
            st.subheader(names[side], anchor=False)
            _people(each, found, names[side])
            if maps is not None:
                blocks.figure(maps[side], alt=f"{names[side]}の75歳以上の割合の地図",
                              key=f"pair_map_{side}")  # fmt: skip
    _supply(pair, names)
    for each, found in zip(pair, seen, strict=True):
        parent, level = map_scope(each)
        scope = ask(scope_of, area_code=parent, level=level)
        say_redrawn(each, found, ask(denominator_of, scope=scope))


def _people(area: Area, found: Outlook | None, name: str) -> None:
    if found is None:
        blocks.empty(
            f"{name}の人口は読み込まれていません。", "将来推計人口を読み込むと表示されます。"
        )
        return
    people(found)
    blocks.statement(sentence_of(found, area.name))


@lru_cache(maxsize=128)
def _maps(store_key: str, pair: tuple[Area, Area]) -> tuple[dict[str, Any], ...] | None:
    """Return the maps of the parts of both areas, in classes made from all of them together."""
    seen = ask(outlook, area_code=pair[0].code)
    scopes = [map_scope(each) for each in pair]
    if seen is None or not all(ask(is_drawable, level=lv, parent=p) for p, lv in scopes):
        return None
    frames = []
    for parent, level in scopes:
        found = ask(measure_parts, area_code=parent, level=level, edition=seen.edition,
                    measure="age_75_plus", form="share")  # fmt: skip
        frames.append(found[found["year"] == seen.now])
    together = pd.concat(frames).drop_duplicates("area_code")
    if together["value"].notna().sum() == 0:
        return None
    breaks = class_breaks(together["value"], scheme="quantile", k=5)
    specs = []
    for each, (parent, level), shown in zip(pair, scopes, frames, strict=True):
        spec = choropleth(
            topology_url=geo_url(level, parent),
            values=shown,
            breaks=breaks,
            title="75歳以上の割合",
            unit="%",
            legend_title=f"75歳以上の割合（{seen.now}年、{edition_short(seen.edition)}）・五分位",
            selected=each.code if (shown["area_code"] == each.code).any() else None,
            height=HEIGHT,
        )
        frame = ask(map_frame, level=level, parent=parent, own_code=each.code)
        extent = None if frame is None else frame.extent
        specs.append(legend_below(fitted(spec, extent=extent)))
    return tuple(specs)


def _supply(pair: tuple[Area, Area], names: tuple[str, str]) -> None:
    """Draw the facilities per 10,000 people aged 75 and over, the same types in both columns."""
    rows = _rates(served(), pair)
    st.subheader("医療・介護の資源", anchor=False)
    if rows[["own", "other"]].isna().all(axis=None):
        blocks.empty(
            "比べる施設・事業所が読み込まれていません。",
            "介護サービス情報や医療情報ネットのファイルを読み込むと表示されます。",
        )
        return
    for side, (place, spec) in enumerate(zip(st.columns(2), _bars(served(), pair), strict=True)):
        with place:
            st.markdown(f"**{blocks.plain(names[side])}**")
            blocks.figure(spec, alt=f"{names[side]}の{_UNIT}", key=f"pair_supply_{side}")
    blocks.statement(_rates_said(served(), pair, names))
    blocks.notes([SHARED_SCALE])
    places = tuple(place.code for place in pair)
    blocks.source_line([s for kind in rows["facility_type"]
                        for s in ask(sources_of, subject=kind, area_codes=places)])  # fmt: skip


@lru_cache(maxsize=128)
def _rates_said(store_key: str, pair: tuple[Area, Area], names: tuple[str, str]) -> str:
    return rates_sentence(_rates(store_key, pair), names=names, unit=_UNIT, decimals=2)


@lru_cache(maxsize=128)
def _bars(store_key: str, pair: tuple[Area, Area]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the bars of both areas on one scale."""
    rows = _rates(store_key, pair)
    top = float(rows[["own", "other"]].max().max()) or 1.0
    own, other = (
        pair_bars(rows.assign(value=rows[column]), top=top, axis_title=_UNIT,
                  decimals=2, is_own=column == "own")
        for column in ("own", "other")
    )  # fmt: skip
    return own, other


@lru_cache(maxsize=128)
def _rates(store_key: str, pair: tuple[Area, Area]) -> pd.DataFrame:
    """Return one row per facility type that either area has counted, in the catalogue's order."""
    found = []
    for each in pair:
        parent, level = map_scope(each)
        frame = ask(supply, area_code=each.code, scope=ask(scope_of, area_code=parent, level=level))
        rates = frame.frame.reindex(columns=["facility_type", "per_10k_75plus"])
        found.append(rates.set_index("facility_type")["per_10k_75plus"])
    types = load_catalogue().facility_types
    keys = [key for key in types if key in found[0].index or key in found[1].index]
    return pd.DataFrame(
        {
            "facility_type": keys,
            "item_label": [types[key].label for key in keys],
            "item_short": [types[key].short_label for key in keys],
            "own": found[0].reindex(keys).to_numpy(dtype=float),
            "other": found[1].reindex(keys).to_numpy(dtype=float),
        }
    )
