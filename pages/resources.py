from __future__ import annotations

import streamlit as st

from analytics.denominators import denominator_of
from analytics.scope import Scope
from charts.choropleth import fitted
from ui import blocks
from ui.map_frame import Extent, choose_extent
from ui.parts import CLICK_NOTE, choose_parts, drop_foreign, mover
from ui.resource_tables import draw_list, draw_table, say_denominator, say_what_is_missing
from ui.resource_view import MEASURES, TYPES, Resources, resources, type_options
from ui.selection import choose, current_area
from ui.store import ask, served


def choose_types(scope: Scope) -> list[str]:
    options, default = type_options(served(), scope)
    drop_foreign("types", options)
    return choose("施設・事業所の種類", options, param="types", default=default, kind="multi")


def choose_shading(types: list[str], *, has_rates: bool) -> tuple[str, str]:
    measures = MEASURES if has_rates else {"count": MEASURES["count"]}
    options = {
        f"{measure}.{key}": f"{TYPES[key].short_label}（{label}）"
        for key in types
        for measure, label in measures.items()
    }
    drop_foreign("view", options)
    shading = choose("地図の塗り分け", options, param="view", default=next(iter(options)))
    measure, _, key = shading.partition(".")
    return measure, key


def draw_map(made: Resources, scope: Scope, extent: Extent | None) -> None:
    if made.spec is None:
        blocks.empty("この単位の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return
    key = f"map_{scope.parent_code}_{scope.level}_{scope.own_code or ''}"
    spec = fitted(made.spec, extent=extent)
    blocks.figure(spec, alt=made.sentence, key=key, on_select=mover(scope))
    blocks.notes([CLICK_NOTE, *made.map_notes])


def fitted_file(made: Resources, extent: Extent | None) -> dict[str, object] | None:
    return None if made.file_spec is None else fitted(made.file_spec, extent=extent)


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
    has_rates = ask(denominator_of, scope=scope) is not None
    measure, shaded_type = choose_shading(types, has_rates=has_rates)
    made = resources(served(), scope, tuple(types), measure, shaded_type)
    extent = choose_extent(level=scope.level, parent=scope.parent_code, own_code=scope.own_code)
    draw_map(made, scope, extent)
    blocks.statement(made.sentence)
    say_what_is_missing(types, made.counted)
    draw_table(made.wide, types, scope, spec=fitted_file(made, extent), source=made.source)
    draw_list(scope, tuple(types), made.source)
    say_denominator(made.denominator)
    blocks.source_line(made.source)


main()
