"""What the resource page draws, made once for all viewers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa

from analytics.denominators import Denominator, denominator_of
from analytics.facilities import facility_points, location_quality
from analytics.geometry import is_drawable
from analytics.resources import (
    counted_types,
    counts_in_view,
    facility_sources,
    types_in_view,
    wide_counts,
)
from analytics.resources_sentence import resources_sentence
from analytics.scope import NATION, Scope
from charts.choropleth import choropleth
from charts.facility_map import PointType, facility_map
from data.catalogue import load_catalogue
from geo.classification import class_breaks
from ui.store import ask, geo_url

MAX_POINTS = 2_500
# Of these the first two that the whole country has are shown first.
FIRST_TYPES = (
    "visiting_nurse_station",
    "home_care_support_clinic",
    "hospital",
    "nursing_small_multifunction",
    "care_management_office",
    "geriatric_health_facility",
)
MEASURES = {"rate": "75歳以上1万人対", "count": "か所数"}
TYPES = load_catalogue().facility_types


@dataclass(frozen=True)
class Resources:
    """The types chosen, for all areas in view: words, map, and the frame behind them."""

    sentence: str
    spec: dict[str, Any] | None
    file_spec: dict[str, Any] | None
    map_notes: list[str]
    wide: pd.DataFrame
    counted: frozenset[str]
    denominator: Denominator | None
    source: list[str]


@lru_cache(maxsize=256)
def type_options(store_key: str, scope: Scope) -> tuple[dict[str, str], list[str]]:
    """Return the types in the order of the catalogue, and those shown first."""
    counted = set(ask(types_in_view, scope=scope))
    options = {
        key: entry.label if key in counted else f"{entry.label}（データなし）"
        for key, entry in TYPES.items()
    }
    everywhere = set(ask(counted_types, area_codes=(NATION,)))
    first = [key for key in FIRST_TYPES if key in everywhere][:2]
    here = [key for key in (*FIRST_TYPES, *TYPES) if key in counted][:1]
    return options, first or here or list(FIRST_TYPES[:1])


@lru_cache(maxsize=64)
def resources(
    store_key: str, scope: Scope, types: tuple[str, ...], measure: str, shaded_type: str
) -> Resources:
    """Return sentence, map and table of the types; one of them shades the map."""
    denominator = ask(denominator_of, scope=scope)
    counts = ask(counts_in_view, scope=scope, facility_types=types, denominator=denominator)
    shaded = counts[counts["facility_type"] == shaded_type]
    parts = shaded[shaded["is_part"]]
    label = denominator.full_label if denominator else None
    inside, total = points_area(scope, types)
    drawable = ask(is_drawable, level=scope.level, parent=scope.parent_code)
    spec = _shaded_map(parts, scope, measure, shaded_type) if drawable else None
    if spec is not None and inside is not None:
        points = ask(facility_points, area_code=inside, facility_types=types)
        quality = ask(location_quality, area_code=inside, facility_types=types)
        spec = facility_map(spec, points, types=_point_types(quality, types))
    return Resources(
        sentence=resources_sentence(
            shaded,
            type_label=TYPES[shaded_type].label,
            area_code=scope.own_code or scope.parent_code,
            benchmark_code=NATION,
            part_codes=list(parts["area_code"]),
            denominator_label=label,
        ),
        spec=_for_the_screen(spec),
        file_spec=spec,
        map_notes=_map_notes(scope, types, inside=inside, total=total),
        wide=_wide(counts, types),
        counted=frozenset(counts.dropna(subset=["facilities"])["facility_type"]),
        denominator=denominator,
        source=_sources(types, label),
    )


def points_area(scope: Scope, types: tuple[str, ...]) -> tuple[str | None, int]:
    """Return the widest area whose points can be drawn, and how many points the view holds."""
    if scope.parent_code == NATION:
        return None, 0
    quality = ask(location_quality, area_code=scope.parent_code, facility_types=types)
    total = int(quality["drawn"].sum())
    if total <= MAX_POINTS:
        return scope.parent_code, total
    if scope.own_code:
        own = ask(location_quality, area_code=scope.own_code, facility_types=types)
        if int(own["drawn"].sum()) <= MAX_POINTS:
            return scope.own_code, total
    return None, total


def _point_types(quality: pd.DataFrame, types: tuple[str, ...]) -> list[PointType]:
    drawn = quality.set_index("facility_type")["drawn"]
    vintage = ask(facility_sources, facility_types=types).groupby("facility_type")["vintage"].max()
    return [
        PointType(
            key=key,
            label=TYPES[key].short_label,
            color=TYPES[key].color,
            symbol=TYPES[key].symbol,
            drawn=int(drawn[key]),
            vintage=str(vintage.get(key) or ""),
        )
        for key in types
        if drawn.get(key, 0) > 0
    ]


def _shaded_map(parts: pd.DataFrame, scope: Scope, measure: str, key: str) -> dict[str, Any]:
    column = "per_10k_75plus" if measure == "rate" else "facilities"
    values = parts.assign(value=parts[column].astype("float64"))[["area_code", "value"]]
    breaks = class_breaks(values["value"], scheme="quantile", k=5)
    label, unit = TYPES[key].short_label, MEASURES[measure]
    scheme = "・五分位" if len(breaks) == 5 else ""
    return choropleth(
        topology_url=geo_url(scope.level, scope.parent_code),
        values=values,
        breaks=breaks,
        title=f"{label}（{unit}）",
        unit="",
        legend_title=f"{label}（{unit}{scheme}）",
        decimals=2 if measure == "rate" else 0,
        selected=scope.own_code,
    )


def _for_the_screen(spec: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the figure with its points as Arrow, as they are sent, made once and not each run."""
    if spec is None or "datasets" not in spec:
        return spec
    made = {}
    for name, rows in spec["datasets"].items():
        table = pa.Table.from_pylist(rows)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        made[name] = sink.getvalue().to_pybytes()
    return {**spec, "datasets": made}


def _map_notes(
    scope: Scope, types: tuple[str, ...], *, inside: str | None, total: int
) -> list[str]:
    if scope.parent_code == NATION:
        return ["都道府県や市区町村を選ぶと、施設を1つずつ点で表示します。"]
    if inside is None:
        return [
            f"点が{total:,}あり、{MAX_POINTS:,}を超えるため、地域ごとの数で示しています。"
            "市区町村を選ぶか種類を減らすと点を表示します。"
        ]
    quality = ask(location_quality, area_code=inside, facility_types=types)
    hidden = {
        "座標が国外か、住所の市区町村から離れている": int(quality["out_of_range"].sum()),
        "座標なし": int(quality["missing"].sum()),
        "住所から市区町村だけ判明": int(quality["area_only"].sum()),
    }
    parts = [f"{label} {number:,}件" for label, number in hidden.items() if number]
    return [f"数には含め、点では示していないもの：{'、'.join(parts)}。"] if parts else []


def _wide(counts: pd.DataFrame, types: tuple[str, ...]) -> pd.DataFrame:
    """Return one row per area; larger areas stay out where nothing is known of them."""
    wide = wide_counts(counts, facility_types=types)
    known = wide[[f"{key}.facilities" for key in types]].notna().any(axis=1)
    parts = counts.loc[counts["is_part"], "area_code"]
    return wide[known | wide["area_code"].isin(parts)]


def _sources(types: tuple[str, ...], denominator_label: str | None) -> list[str]:
    rows = ask(facility_sources, facility_types=types).drop_duplicates(["title", "vintage"])
    words = [
        f"{row.title}（{row.vintage}）" if row.vintage else row.title for row in rows.itertuples()
    ]
    return words + ([f"分母：{denominator_label}"] if denominator_label else [])
