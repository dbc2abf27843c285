"""The view of two indicators of the comparison."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from analytics.compare import default_period, periods_in_view
from analytics.two_indicators import Pair, pair_of, pair_sentence
from charts.scatter import Measure, scatter
from data.catalogue.indicator import IndicatorEntry
from data.era import period_label
from ui import blocks
from ui.blocks import ColumnLabel
from ui.compare_made import Made, show
from ui.compare_state import CATALOGUE, Chosen, indicator_options, values, with_prefectures
from ui.compare_view import sources
from ui.indicator_view import indicator_facts, source_words
from ui.labels import level_label
from ui.selection import choose
from ui.store import ask, meta, served


@lru_cache(maxsize=64)
def _pair(store_key: str, chosen: Chosen, other: str, period: str) -> Pair:
    first, second = (
        values(store_key, chosen, key, when)
        for key, when in ((chosen.indicator_id, chosen.period), (other, period))
    )
    return pair_of(first[first["is_part"]], second[second["is_part"]])


def _measure(entry: IndicatorEntry) -> Measure:
    return Measure(entry.title, entry.unit, entry.decimals)


def draw(chosen: Chosen) -> None:
    """Draw the scatter of the indicator and another one, what it says, its table and files."""
    options, _ = indicator_options(served(), chosen.scope)
    others = {key: label for key, label in options.items() if key != chosen.indicator_id}
    if not others:
        blocks.empty(
            "組み合わせる指標がありません。", "別の単位を選ぶと、指標が増えることがあります。"
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        other = choose("縦軸の指標", others, param="against", default=next(iter(others)))
        show_line = st.toggle("回帰直線とR²を示す", value=True, key="show_line")
    periods = ask(periods_in_view, indicator_id=other, scope=chosen.scope)
    period = default_period(periods, year=int(meta()["built_at"][:4])) or chosen.period
    _show(chosen, CATALOGUE.indicators[other], period, show_line)


@lru_cache(maxsize=64)
def _made(store_key: str, chosen: Chosen, other_id: str, period: str, show_line: bool) -> Made:
    entry, other = chosen.entry, CATALOGUE.indicators[other_id]
    pair, own = _pair(store_key, chosen, other_id, period), chosen.scope.own_code
    told = replace(pair, frame=with_prefectures(pair.frame, chosen))
    line = pair.line if show_line else None
    second = values(store_key, chosen, other_id, period)
    source = dict.fromkeys([*sources(store_key, chosen), *source_words(second, None)])
    r_squared = "計算なし" if pair.r_squared is None else f"{pair.r_squared:.3f}"
    frame = pair.frame.assign(
        apart=pair.frame["is_outlier"].map({True: "◆", False: ""}),
        method_label=f"最小二乗法 R²={r_squared}。残差が標準誤差の2倍を超える地域に◆",
        definition_label=f"横：{entry.definition}／縦：{other.definition}",
    )
    return Made(
        f"{chosen.where}の{entry.title}（{period_label(chosen.period)}）と"
        f"{other.title}（{period_label(period)}）　{level_label(chosen.scope.level)}別",
        pair_sentence(
            told, x_title=entry.title, y_title=other.title, where=chosen.where, own_code=own
        ),
        scatter(pair.frame, x=_measure(entry), y=_measure(other), line=line, own_code=own),
        frame,
        tuple(source),
    )


def _show(chosen: Chosen, other: IndicatorEntry, period: str, show_line: bool) -> None:
    entry = chosen.entry
    made = _made(served(), chosen, other.key, period, show_line)
    if made.frame.empty:
        blocks.empty(
            "両方の指標に値のある地域がありません。", "別の指標か、別の単位を選んでください。"
        )
        return
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "x_value": ColumnLabel(entry.title, entry.unit, entry.decimals),
        "y_value": ColumnLabel(other.title, other.unit, other.decimals),
        "apart": ColumnLabel("直線から大きく離れる"),
    }
    extra = {"method_label": ColumnLabel("比べ方と限界"), "definition_label": ColumnLabel("定義")}
    stem = f"scatter_{entry.key}_{other.key}_{chosen.scope.parent_code}"
    show(made, key="scatter", stem=stem, notes=[], columns=columns, extra=extra)
    facts = f"横軸\n{indicator_facts(entry)}\n\n縦軸\n{indicator_facts(other)}"
    blocks.definition("二つの指標の定義", facts)
    blocks.source_line(made.source)
