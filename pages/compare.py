from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.compare import (
    choices_in_view,
    default_period,
    is_amount,
    periods_in_view,
    values_in_view,
    with_outcome,
)
from analytics.compare_sentence import compare_sentence
from analytics.denominators import denominator_of
from analytics.geometry import is_drawable
from analytics.scope import Scope
from charts.choropleth import choropleth
from charts.ranking import ranking
from data.catalogue import load_catalogue
from data.catalogue.indicator import IndicatorEntry
from data.era import period_label
from geo.classification import class_breaks
from ui import blocks
from ui.indicator_view import (
    file_columns,
    in_words,
    indicator_facts,
    list_waiting,
    screen_columns,
    source_words,
    with_printed,
)
from ui.labels import level_label
from ui.parts import choose_parts, drop_foreign
from ui.selection import choose, current_area
from ui.store import ask, geo_url, meta

MOST_BARS = 80
ENDS = 30
ORDERS = {"code": "団体コード順", "value": "値の高い順"}
CATALOGUE = load_catalogue()


def choose_indicator(scope: Scope) -> str | None:
    found = ask(choices_in_view, scope=scope).set_index("indicator_id")["observed"]
    domains = {key: entry.order for key, entry in CATALOGUE.domains.items()}
    entries = [
        entry
        for entry in sorted(CATALOGUE.indicators.values(), key=lambda one: domains[one.domain])
        if found.get(entry.key, 0) > 0
    ]
    if not entries:
        return None
    options = {
        entry.key: f"{CATALOGUE.domains[entry.domain].label}：{entry.title}" for entry in entries
    }
    drop_foreign("indicator", options)
    rates = [entry.key for entry in entries if not is_amount(entry)]
    default = next(iter([*rates, *options]))
    return choose("指標", options, param="indicator", default=default)


def choose_period(indicator_id: str, scope: Scope) -> str:
    periods = ask(periods_in_view, indicator_id=indicator_id, scope=scope)
    options = {period: period_label(period) for period in reversed(periods)}
    drop_foreign("year", options)
    built = int(meta()["built_at"][:4])
    default = default_period(periods, year=built) or next(iter(options))
    return choose("時点", options, param="year", default=default)


def choose_benchmark(larger: pd.DataFrame) -> str | None:
    """Let the viewer choose among larger areas that have the value."""
    known = larger.dropna(subset=["value"])
    if known.empty:
        return None
    options = dict(zip(known["area_code"], known["area_name"], strict=True))
    drop_foreign("benchmark", options)
    return choose("比べる基準", options, param="benchmark", default=next(iter(options)))


def draw_map(values: pd.DataFrame, scope: Scope, entry: IndicatorEntry, sentence: str) -> None:
    if not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        blocks.empty("この単位の地図はありません。", "境界のファイルを読み込むと表示されます。")
        return
    spec = choropleth(
        topology_url=geo_url(scope.level, scope.parent_code),
        values=values.assign(label=values["status_label"])[["area_code", "value", "label"]],
        breaks=class_breaks(values["value"], scheme="quantile", k=5),
        title=entry.title,
        unit=entry.unit,
        legend_title=f"{entry.title}・五分位",
        decimals=entry.decimals,
        selected=scope.own_code,
    )
    blocks.figure(spec, alt=sentence, key=f"map_{scope.parent_code}_{scope.level}")


def bars_to_draw(values: pd.DataFrame, *, order: str) -> tuple[pd.DataFrame, str | None]:
    """The rows in order; of very many only both ends."""
    ranked = values.sort_values(["value", "area_code"], ascending=[False, True], kind="stable")
    if len(values) <= MOST_BARS:
        return (values if order == "code" else ranked), None
    known = ranked.dropna(subset=["value"])
    ends = pd.concat([known.head(ENDS), known.tail(ENDS)]).drop_duplicates("area_code")
    return (
        ends,
        f"{len(values):,}地域のうち、値の高い{ENDS}地域と低い{ENDS}地域だけを棒で示しています。",
    )


def draw_bars(
    values: pd.DataFrame, larger: pd.DataFrame, scope: Scope, entry: IndicatorEntry, title: str
) -> dict[str, object]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = choose("並べ方", ORDERS, param="view", default="code", kind="segmented")
        interval = st.toggle("偶然変動の目安（95％信頼区間）を示す", key="show_interval")
    shown, note = bars_to_draw(values, order=order)
    known = larger.iloc[:0] if is_amount(entry) else larger.dropna(subset=["value"])
    spec = ranking(
        shown,
        title=entry.title,
        unit=entry.unit,
        decimals=entry.decimals,
        own_code=scope.own_code,
        benchmarks=list(zip(known["area_name"], known["value"], strict=True)),
        show_interval=interval,
    )
    blocks.figure(spec, alt=f"{title}の棒グラフ。値は下の表にあります。", key="ranking")
    blocks.notes([note] if note else [])
    return spec


def draw(scope: Scope, entry: IndicatorEntry, period: str) -> None:
    denominator = ask(denominator_of, scope=scope)
    rows = ask(
        values_in_view, scope=scope, indicator_id=entry.key, period=period, denominator=denominator
    )
    larger = rows[~rows["is_part"]]
    reference = None if is_amount(entry) else choose_benchmark(larger)
    row = larger[larger["area_code"] == reference]
    benchmark = None if row.empty else float(row["value"].iloc[0])
    rows = in_words(with_outcome(rows, benchmark=benchmark))
    values = rows[rows["is_part"]]
    sentence = compare_sentence(
        values,
        title=entry.title,
        period=period_label(period),
        unit=entry.unit,
        decimals=entry.decimals,
        group_name=scope.parent_name,
        benchmark_name=None if row.empty else str(row["area_name"].iloc[0]),
        benchmark=benchmark,
        own_code=scope.own_code,
        is_amount=is_amount(entry),
    )
    where = f"{level_label(scope.level)}別、{period_label(period)}"
    title = f"{scope.parent_name}の{entry.title}（{where}）"
    st.subheader(title, anchor=False)
    draw_map(values, scope, entry, sentence)
    blocks.statement(sentence + (f"注意：{entry.caveat}" if entry.caveat else ""))
    spec = draw_bars(values, larger, scope, entry, title)
    source = source_words(rows, denominator if rows["per_75plus"].notna().any() else None)
    rows = with_printed(rows, entry)
    blocks.table(rows, columns=screen_columns(rows, entry), key="compare_table", height=420)
    blocks.downloads(
        rows,
        columns=file_columns(entry),
        stem=f"compare_{entry.key}_{scope.parent_code}_{period}",
        title=title,
        source=source,
        figure=spec,
    )
    blocks.definition(f"{entry.title}の定義", indicator_facts(entry))
    blocks.source_line(source)


def main() -> None:
    area = current_area()
    blocks.page_title(
        f"{area.name}の地域比較", "どの地域が高く、どの地域が低いか。差は偶然で説明できるか。"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        scope = choose_parts(area, among_siblings=True)
        indicator_id = choose_indicator(scope)
        period = choose_period(indicator_id, scope) if indicator_id else None
    if indicator_id is None or period is None:
        blocks.empty(
            f"{scope.parent_name}には、{level_label(scope.level)}別に計算できた指標がありません。",
            "別の単位を選ぶか、下の一覧にある資料を読み込んでください。",
        )
    else:
        draw(scope, CATALOGUE.indicators[indicator_id], period)
    list_waiting(ask(choices_in_view, scope=scope))


main()
