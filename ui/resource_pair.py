"""Two areas beside each other, in the same scale, classes and legend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import shapely
import streamlit as st

from analytics.areas import areas_inside, find_area
from analytics.denominators import Denominator, denominator_of
from analytics.geometry import is_drawable
from analytics.geometry import map_frame as frame_of
from analytics.land import area_shapes
from analytics.resource_pair import pair_rows, pair_sentence
from analytics.resources import facility_counts
from analytics.scope import NATION, Scope, scope_of
from charts.choropleth import fitted
from charts.pair_map import legend_below, pair_picture, same_scale
from charts.resource_layers import Layers, layered
from exports.pictures import to_png
from geo.classification import class_breaks
from ui import blocks
from ui.labels import level_label
from ui.map_frame import Extent
from ui.map_urls import content_at
from ui.resource_choice import ResourceChoice
from ui.resource_files import SIZE
from ui.resource_map_picture import CLASSES, base_map, names_on_map, values_of
from ui.resource_map_points import points_inside
from ui.resource_redrawn import say_redrawn
from ui.resource_shade import Shade, choose_shade
from ui.resource_view import TYPES, resources, sources_of_types, when_counted
from ui.selection import Area, choose, read
from ui.store import ask, served

PARAM = "with"
ROOM = 0.02  # degrees around one municipality


@dataclass(frozen=True)
class Pair:
    """Two maps in one scale, the rows of the table and the sentence."""

    specs: tuple[dict[str, Any], dict[str, Any]] | None
    picture: dict[str, Any] | None
    names: tuple[str, str]
    rows: pd.DataFrame
    sentence: str


def draw(area: Area, scope: Scope, choice: ResourceChoice) -> None:
    """Draw the area and another of its kind beside each other."""
    options = partners(served(), area, read(PARAM)) if not area.is_nation else {}
    if not options:
        blocks.empty(
            "比べる2地域がありません。",
            "上の欄で都道府県・圏域・市区町村のどれかを選ぶと、同じ種類の地域と並べます。",
        )
        return
    has_people = ask(denominator_of, scope=scope) is not None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        other = choose("並べる地域", options, param=PARAM, default=next(iter(options)))
        shade = choose_shade(choice.types, has_people=has_people)
    denominator = ask(denominator_of, scope=scope)
    pair = pair_of(served(), scope, area.code, other, choice, shade, denominator)
    areas = (area.code, other)
    when = when_counted((shade.facility_type,), areas)
    title = f"{pair.names[0]}と{pair.names[1]}の{shade.label}{when}"
    st.subheader(title, anchor=False)
    _draw_maps(pair, (area.code, other), scope)
    blocks.statement(pair.sentence)
    label = denominator.full_label if denominator else None
    source = sources_of_types(choice.types, label, areas)
    for each in areas:
        one = ask(scope_of, area_code=each, level=scope.level)
        say_redrawn(one, types=choice.types)
    blocks.table(_printed(pair.rows), columns=pair_columns(pair.names), key="pair_table")
    _files(pair, f"resource_pair_{area.code}_{other}", title, source)
    blocks.source_line(source)


@lru_cache(maxsize=256)
def partners(store_key: str, area: Area, asked: str | None) -> dict[str, str]:
    """Return the areas of the same kind: of the same prefecture, or all prefectures."""
    level = {"designated_city": "municipality"}.get(area.area_type, area.area_type)
    inside = NATION if level == "prefecture" else area.prefecture_code or NATION
    found = ask(areas_inside, area_code=inside, level=level)
    options = dict(zip(found["area_code"], found["area_name"], strict=True))
    options.pop(area.code, None)
    if asked and asked not in options and asked != area.code:
        other = ask(find_area, area_code=asked)
        kinds = {area.area_type, level}
        if not other.empty and other.at[0, "area_type"] in kinds | {"designated_city"}:
            place = other.at[0, "prefecture_name"] or ""
            options[asked] = f"{other.at[0, 'name']}（{place}）"
    return options


@lru_cache(maxsize=64)
def pair_of(
    store_key: str,
    scope: Scope,
    own: str,
    other: str,
    choice: ResourceChoice,
    shade: Shade,
    denominator: Denominator | None,
) -> Pair:
    """Return both areas in the classes of all areas that are drawn."""
    scopes = (scope, ask(scope_of, area_code=other, level=scope.level))
    counts = ask(
        facility_counts,
        area_codes=(own, other),
        facility_types=choice.types,
        edition=denominator.edition if denominator else "",
        year=denominator.year if denominator else 0,
        filters=choice.filters,
        search=choice.search,
    )
    by_code = counts.drop_duplicates("area_code").set_index("area_code")["area_name"]
    names = (str(by_code[own]), str(by_code[other]))
    rows = pair_rows(counts, codes=(own, other))
    labels = {key: TYPES[key].short_label for key in choice.types}
    sentence = pair_sentence(rows, names=names, type_labels=labels)
    rows = rows.assign(type_label=rows["facility_type"].map(lambda key: TYPES[key].label))
    specs = _maps(store_key, scopes, (own, other), choice, shade)
    picture = pair_picture(*specs, names=list(names)) if specs else None
    return Pair(specs, picture, names, rows, sentence)


def _maps(
    store_key: str,
    scopes: tuple[Scope, Scope],
    codes: tuple[str, str],
    choice: ResourceChoice,
    shade: Shade,
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    boxes = [box_of(scope, code) for scope, code in zip(scopes, codes, strict=True)]
    if boxes[0] is None or boxes[1] is None:
        return None
    made = [resources(store_key, scope, choice, shade.facility_type) for scope in scopes]
    both = [values_of(one, scope, shade) for one, scope in zip(made, scopes, strict=True)]
    values = pd.concat(both).drop_duplicates("area_code", ignore_index=True)
    breaks = class_breaks(values["value"], scheme="quantile", k=CLASSES)
    specs = []
    for scope, code, one, box in zip(
        scopes, codes, made, same_scale((boxes[0], boxes[1])), strict=True
    ):
        base = fitted(base_map(values, scope, shade, breaks=breaks), extent=box)
        layers = Layers(
            shows_areas=True,
            points=points_inside(code, choice).points,
            names=names_on_map(one, scope),
        )
        specs.append(legend_below(layered(base, layers, box=box)))
    return specs[0], specs[1]


def box_of(scope: Scope, code: str) -> Extent | None:
    """Return the box to show of an area: its main parts, or itself among its neighbours."""
    if not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        return None
    if scope.own_code is None:
        frame = ask(frame_of, level=scope.level, parent=scope.parent_code)
        return None if frame is None else frame.extent
    _, shapes = ask(area_shapes, area_codes=(code,))
    if not len(shapes):
        return None
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes))
    return (west - ROOM, south - ROOM, east + ROOM, north + ROOM)


def _draw_maps(pair: Pair, codes: tuple[str, str], scope: Scope) -> None:
    if pair.specs is None:
        blocks.empty("この2地域の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return
    for column, spec, name, code in zip(
        st.columns(2, gap="medium"), pair.specs, pair.names, codes, strict=True
    ):
        with column:
            st.markdown(f"**{blocks.plain(name)}**")
            alt = f"{name}の地図（{level_label(scope.level)}別）。{pair.sentence}"
            blocks.figure(spec, alt=alt, key=f"pair_{code}_{scope.level}")
    blocks.notes(["2つの地図は、縮尺・色の区分・凡例が同じです。"])


def pair_columns(names: tuple[str, str]) -> dict[str, blocks.ColumnLabel]:
    """Return the labels of the table, one area after the other for each figure."""
    columns = {"type_label": blocks.ColumnLabel("種類")}
    for key, words, decimals in (
        ("facilities", "か所", 0),
        ("per_10k_75plus", "75歳以上1万人対", 2),
        ("capacity", "定員・病床の合計", 0),
    ):
        for side, name in zip("ab", names, strict=True):
            columns[f"{side}.{key}"] = blocks.ColumnLabel(name, words, decimals)
    return columns


def _printed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with words where a type has no capacity, unlike one that is not known."""
    applies = rows["facility_type"].map(lambda key: TYPES[key].has_capacity)
    shown = rows.copy()
    for column in ("a.capacity", "b.capacity"):
        words = rows[column].map(lambda n: "データなし" if pd.isna(n) else f"{int(n):,}")
        shown[column] = words.where(applies, "該当なし")
    return shown


def _files(pair: Pair, stem: str, title: str, source: list[str]) -> None:
    blocks.downloads(
        pair.rows, columns=pair_columns(pair.names), stem=stem, title=title, source=source
    )
    if pair.picture is None:
        return
    make = partial(to_png, pair.picture, title=title, source=source, geometry=content_at, size=SIZE)
    st.download_button("PNG（1920×1080） を保存", data=make, file_name=f"{stem}.png",
                       mime="image/png", on_click="ignore", key=f"download_{stem}")  # fmt: skip
