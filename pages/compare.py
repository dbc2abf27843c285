from __future__ import annotations

import streamlit as st

from analytics.compare import choices_in_view, default_period, periods_in_view
from analytics.scope import Scope
from charts.choropleth import fitted
from data.catalogue import load_catalogue
from data.catalogue.indicator import IndicatorEntry
from data.era import period_label
from ui import blocks
from ui.compare_view import (
    Comparison,
    are_too_many,
    bars,
    benchmark_options,
    comparison,
    indicator_options,
)
from ui.indicator_view import (
    file_columns,
    indicator_facts,
    list_waiting,
    no_interval_note,
    screen_columns,
)
from ui.labels import level_label
from ui.map_frame import choose_extent
from ui.parts import CLICK_NOTE, choose_parts, drop_foreign, long_table, mover
from ui.selection import choose, current_area
from ui.store import ask, meta, served

ORDERS = {"code": "団体コード順", "value": "値の高い順"}
CATALOGUE = load_catalogue()


def choose_indicator(scope: Scope) -> str | None:
    options, default = indicator_options(served(), scope)
    if default is None:
        return None
    drop_foreign("indicator", options)
    return choose("指標", options, param="indicator", default=default)


def choose_period(indicator_id: str, scope: Scope) -> str:
    periods = ask(periods_in_view, indicator_id=indicator_id, scope=scope)
    options = {period: period_label(period) for period in reversed(periods)}
    drop_foreign("year", options)
    built = int(meta()["built_at"][:4])
    default = default_period(periods, year=built) or next(iter(options))
    return choose("時点", options, param="year", default=default)


def choose_benchmark(scope: Scope, indicator_id: str, period: str) -> str | None:
    options = benchmark_options(served(), scope, indicator_id, period)
    if not options:
        return None
    drop_foreign("benchmark", options)
    return choose("比べる基準", options, param="benchmark", default=next(iter(options)))


def draw_map(made: Comparison, scope: Scope) -> None:
    if made.spec is None:
        blocks.empty("この単位の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return
    key = f"map_{scope.parent_code}_{scope.level}_{scope.own_code or ''}"
    extent = choose_extent(level=scope.level, parent=scope.parent_code, own_code=scope.own_code)
    spec = fitted(made.spec, extent=extent)
    blocks.figure(spec, alt=made.sentence, key=key, on_select=mover(scope))
    blocks.notes([CLICK_NOTE])


def draw_bars(
    made: Comparison, scope: Scope, entry: IndicatorEntry, period: str
) -> tuple[dict[str, object], bool]:
    many, show_interval, order = are_too_many(scope, made.rows), False, "value"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not many:
            order = choose("並べ方", ORDERS, param="view", default="code", kind="segmented")
        if made.has_interval:
            words = "偶然変動の目安（95％信頼区間）を示す"
            show_interval = st.toggle(words, key="show_interval")
    spec = bars(served(), scope, entry.key, period, order, show_interval)
    blocks.figure(spec, alt=f"{made.title}の棒グラフ。値は下の表にあります。", key="ranking")
    ends = "地域が多いため、値の高い地域と低い地域だけを棒で示します。すべての値は表にあります。"
    blocks.notes([ends] if many else [])
    return spec, show_interval


def draw(scope: Scope, entry: IndicatorEntry, period: str, benchmark: str | None) -> None:
    made = comparison(served(), scope, entry.key, period, benchmark)
    st.subheader(made.title, anchor=False)
    draw_map(made, scope)
    blocks.statement(made.sentence)
    spec, show_interval = draw_bars(made, scope, entry, period)
    columns = screen_columns(made.rows, entry, show_interval=show_interval)
    long_table(made.rows, columns=columns, key="compare_table")
    blocks.notes([] if made.has_interval else [no_interval_note(entry)])
    blocks.downloads(
        made.rows,
        columns=file_columns(made.rows, entry),
        stem=f"compare_{entry.key}_{scope.parent_code}_{period}",
        title=made.title,
        source=made.source,
        figure=spec,
    )
    blocks.definition(f"{entry.title}の定義", indicator_facts(entry))
    blocks.source_line(made.source)


def main() -> None:
    area = current_area()
    blocks.page_title(
        f"{area.name}の地域比較", "どの地域が高く、どの地域が低いか。差は偶然で説明できるか。"
    )
    benchmark = None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        scope = choose_parts(area, among_siblings=True)
        indicator_id = choose_indicator(scope)
        period = choose_period(indicator_id, scope) if indicator_id else None
        if indicator_id and period:
            benchmark = choose_benchmark(scope, indicator_id, period)
    if indicator_id is None or period is None:
        blocks.empty(
            f"{scope.parent_name}には、{level_label(scope.level)}別に計算できた指標がありません。",
            "別の単位を選ぶか、下の一覧にある資料を読み込んでください。",
        )
    else:
        draw(scope, CATALOGUE.indicators[indicator_id], period, benchmark)
    list_waiting(choices_in_view, scope=scope)


main()
