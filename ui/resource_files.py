"""Files of the resource map: the picture as on the screen, and its areas and points as GeoJSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import shapely
import streamlit as st

from analytics.facilities import facility_points
from analytics.land import area_shapes
from analytics.scope import NATION, Scope
from charts.map_tiles import NAME as TILES
from exports.geojson import GEOJSON_TYPE, to_geojson
from exports.pictures import to_png, to_svg
from ui.blocks import ColumnLabel
from ui.map_urls import content_at
from ui.resource_choice import ResourceChoice
from ui.resource_map_picture import MapPicture
from ui.resource_shade import Shade
from ui.resource_view import TYPES
from ui.store import ask

SIZE = (1920, 1080)
POINT_COLUMNS = {
    "facility_id": ColumnLabel("番号"),
    "type_label": ColumnLabel("種類"),
    "name": ColumnLabel("名称"),
    "area_code": ColumnLabel("コード"),
    "address": ColumnLabel("住所"),
    "capacity": ColumnLabel("定員・病床", "", 0),
    "vintage": ColumnLabel("時点"),
}


def picture_files(
    picture: MapPicture, scope: Scope, choice: ResourceChoice, shade: Shade, source: list[str]
) -> None:
    """Offer the map as PNG of 1920 × 1080 and SVG, its content as GeoJSON; made on the press."""
    stem = f"resource_map_{scope.own_code or scope.parent_code}_{scope.level}"
    with st.container(horizontal=True, gap="small"):
        if picture.spec is not None:
            drawn = without_tiles(picture.spec)
            lines = [*source, *picture.notes]
            png = partial(to_png, drawn, title=picture.title, source=lines, geometry=content_at,
                          size=SIZE)  # fmt: skip
            svg = partial(to_svg, drawn, title=picture.title, source=lines, geometry=content_at)
            _button("PNG（1920×1080）", png, f"{stem}.png", "image/png")
            _button("SVG", svg, f"{stem}.svg", "image/svg+xml")
            _button("GeoJSON（地域）", partial(areas_file, picture, shade, source),
                    f"{stem}_areas.geojson", GEOJSON_TYPE)  # fmt: skip
        code = scope.own_code or scope.parent_code
        if code != NATION or choice.is_narrowed:
            _button("GeoJSON（施設）", partial(points_file, code, choice, source),
                    f"{stem}_facilities.geojson", GEOJSON_TYPE)  # fmt: skip


def without_tiles(spec: dict[str, object]) -> dict[str, object]:
    """Return the map without background tiles, which a file cannot fetch."""
    layers: list[dict[str, object]] = spec["layer"]  # type: ignore[assignment]
    return {**spec, "layer": [layer for layer in layers if layer.get("name") != TILES]}


def areas_file(picture: MapPicture, shade: Shade, source: Sequence[str]) -> bytes:
    """Return the areas as drawn with their values; one without polygon has no geometry."""
    values = picture.values.rename(columns={"value": "shown"})
    codes, shapes = ask(area_shapes, area_codes=tuple(values["area_code"]))
    found = dict(zip(codes, shapes, strict=True))
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "shown": ColumnLabel(shade.label, shade.unit, shade.decimals),
    }
    outlines = [found.get(code) for code in values["area_code"]]
    return to_geojson(values, outlines, columns=columns, title=picture.title, source=source)


def points_file(area_code: str, choice: ResourceChoice, source: Sequence[str]) -> bytes:
    """Return the located facilities of the area as points."""
    rows: pd.DataFrame = ask(
        facility_points,
        area_code=area_code,
        facility_types=choice.types,
        filters=choice.filters,
        search=choice.search,
    )
    rows = rows.assign(type_label=rows["facility_type"].map(lambda key: TYPES[key].label))
    places = shapely.points(rows["lon"].astype(float), rows["lat"].astype(float))
    return to_geojson(rows, list(places), columns=POINT_COLUMNS, title="施設・事業所",
                      source=source)  # fmt: skip


def _button(label: str, data: Callable[[], bytes], file_name: str, kind: str) -> None:
    st.download_button(f"{label} を保存", data=data, file_name=file_name, mime=kind,
                       on_click="ignore", key=f"download_{file_name}")  # fmt: skip
