from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.denominators import Denominator, denominator_of
from analytics.facilities import facility_points, location_quality
from analytics.geometry import is_drawable
from analytics.resources import counted_types, counts_in_view, facility_sources, types_in_view
from analytics.resources_sentence import resources_sentence
from analytics.scope import NATION, Scope
from charts.choropleth import choropleth
from charts.facility_map import PointType, facility_map
from data.catalogue import load_catalogue
from geo.classification import class_breaks
from ui import blocks
from ui.parts import choose_parts, drop_foreign
from ui.resource_tables import (
    draw_list,
    draw_table,
    say_denominator,
    say_what_is_missing,
    source_words,
)
from ui.selection import choose, current_area
from ui.store import ask, geo_url

MAX_POINTS = 2_500
FIRST_TYPES = (
    "visiting_nurse_station",
    "home_care_support_clinic",
    "hospital",
    "care_management_office",
    "nursing_small_multifunction",
    "geriatric_health_facility",
)
MEASURES = {"rate": "75歳以上1万人対", "count": "か所数"}
TYPES = load_catalogue().facility_types


def choose_types(scope: Scope) -> list[str]:
    complete = ask(counted_types, area_codes=(scope.parent_code,))
    counted = ask(types_in_view, scope=scope)
    options = {
        key: entry.label if key in counted else f"{entry.label}（データなし）"
        for key, entry in TYPES.items()
    }
    default = [key for key in FIRST_TYPES if key in complete][:2] or counted[:1]
    default = default or list(FIRST_TYPES[:1])
    drop_foreign("types", options)
    return choose("施設・事業所の種類", options, param="types", default=default, kind="multi")


def choose_shading(types: list[str], denominator: Denominator | None) -> tuple[str, str]:
    measures = MEASURES if denominator else {"count": MEASURES["count"]}
    options = {
        f"{measure}.{key}": f"{TYPES[key].short_label}（{label}）"
        for key in types
        for measure, label in measures.items()
    }
    drop_foreign("view", options)
    shading = choose("地図の塗り分け", options, param="view", default=next(iter(options)))
    measure, _, key = shading.partition(".")
    return measure, key


def points_area(scope: Scope, types: tuple[str, ...]) -> tuple[str | None, int]:
    """The widest area whose points can be drawn, and how many points the view holds in all."""
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


def point_types(quality: pd.DataFrame, types: tuple[str, ...]) -> list[PointType]:
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


def shaded_map(
    counts: pd.DataFrame, scope: Scope, *, measure: str, label: str
) -> dict[str, object]:
    column = "per_10k_75plus" if measure == "rate" else "facilities"
    values = counts.assign(value=counts[column].astype("float64"))[["area_code", "value"]]
    return choropleth(
        topology_url=geo_url(scope.level, scope.parent_code),
        values=values,
        breaks=class_breaks(values["value"], scheme="quantile", k=5),
        title=f"{label}（{MEASURES[measure]}）",
        unit="",
        legend_title=f"{label}（{MEASURES[measure]}・五分位）",
        decimals=2 if measure == "rate" else 0,
        selected=scope.own_code,
    )


def draw_map(
    counts: pd.DataFrame,
    scope: Scope,
    types: tuple[str, ...],
    *,
    shading: tuple[str, str],
    sentence: str,
) -> dict[str, object] | None:
    if not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        blocks.empty("この単位の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return None
    measure, key = shading
    spec = shaded_map(counts, scope, measure=measure, label=TYPES[key].short_label)
    inside, total = points_area(scope, types)
    if inside is not None:
        points = ask(facility_points, area_code=inside, facility_types=types)
        quality = ask(location_quality, area_code=inside, facility_types=types)
        spec = facility_map(spec, points, types=point_types(quality, types))
    blocks.figure(spec, alt=sentence, key=f"map_{scope.parent_code}_{scope.level}")
    blocks.notes(map_notes(scope, types, inside=inside, total=total))
    return spec


def map_notes(scope: Scope, types: tuple[str, ...], *, inside: str | None, total: int) -> list[str]:
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


def main() -> None:
    area = current_area()
    blocks.page_title(
        f"{area.name}の資源マップ", "在宅医療・介護の資源はどこにあり、高齢者の数に見合っているか。"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        scope = choose_parts(area)
        types = choose_types(scope)
    if not types:
        blocks.empty("種類が選ばれていません。", "上の欄で施設・事業所の種類を選んでください。")
        return
    denominator = ask(denominator_of, scope=scope)
    shading = choose_shading(types, denominator)
    counts = ask(counts_in_view, scope=scope, facility_types=tuple(types), denominator=denominator)
    draw(counts, types, scope, shading=shading, denominator=denominator)


def draw(
    counts: pd.DataFrame,
    types: list[str],
    scope: Scope,
    *,
    shading: tuple[str, str],
    denominator: Denominator | None,
) -> None:
    subject = scope.own_code or scope.parent_code
    label = denominator.full_label if denominator else None
    shaded = counts[counts["facility_type"] == shading[1]]
    sentence = resources_sentence(
        shaded,
        type_label=TYPES[shading[1]].label,
        area_code=subject,
        benchmark_code=NATION,
        part_codes=list(shaded.loc[shaded["is_part"], "area_code"]),
        denominator_label=label,
    )
    source = source_words(tuple(types), label)
    spec = draw_map(
        shaded[shaded["is_part"]], scope, tuple(types), shading=shading, sentence=sentence
    )
    blocks.statement(sentence)
    say_what_is_missing(types, counts)
    draw_table(counts, types, scope, spec=spec, source=source)
    draw_list(scope, tuple(types), source)
    say_denominator(denominator)
    blocks.source_line(source)


main()
