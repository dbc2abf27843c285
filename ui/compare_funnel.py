"""The funnel view of the comparison."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import streamlit as st

from analytics.funnel_points import Funnel, funnel_of, funnel_sentence
from analytics.group_values import is_proportion
from charts.funnel import OUTCOMES, funnel
from ui import blocks
from ui.blocks import ColumnLabel
from ui.compare_made import Made, show
from ui.compare_state import Chosen, with_prefectures
from ui.compare_view import compared, sources, title_of
from ui.indicator_view import indicator_facts
from ui.store import served

HOW = (
    "点は地域、横軸は分母（対数目盛）、横線は表示中の地域全体の値（分子の合計÷分母の合計）。"
    "破線は95％、実線は99.8％の限界で、全体と同じ値の地域が偶然だけで動く範囲を示します"
    "（割合は正規近似、率はポアソン分布の正確な限界）。分母が小さい地域ほど限界は広くなります。"
)


@lru_cache(maxsize=64)
def _found(store_key: str, chosen: Chosen) -> Funnel | None:
    rows = compared(store_key, chosen)
    return funnel_of(rows[rows["is_part"]], chosen.entry)


@lru_cache(maxsize=64)
def _spec(store_key: str, chosen: Chosen) -> dict[str, Any]:
    found, entry = _found(store_key, chosen), chosen.entry
    if found is None:
        raise ValueError("a funnel needs areas with numerator and denominator")
    size = "分母となる人や件数" if is_proportion(entry) else "分母となる人口"
    return funnel(
        found.points,
        found.limits,
        title=entry.title,
        unit=entry.unit,
        decimals=entry.decimals,
        size_title=size,
        average=("表示中の全体", found.average),
        own_code=chosen.scope.own_code,
    )


@lru_cache(maxsize=64)
def _made(store_key: str, chosen: Chosen) -> Made | None:
    found, entry = _found(store_key, chosen), chosen.entry
    if found is None:
        return None
    labels = {key: words for key, (words, *_) in OUTCOMES.items()}
    frame = found.points.assign(
        outcome_label=found.points["outcome"].map(labels),
        average=found.average,
        method_label=HOW,
        definition_label=entry.definition,
    )
    told = replace(found, points=with_prefectures(found.points, chosen))
    sentence = funnel_sentence(
        told, entry=entry, period=chosen.period, own_code=chosen.scope.own_code
    )
    title = f"{title_of(chosen)}　ファンネルプロット"
    return Made(title, sentence, _spec(store_key, chosen), frame, tuple(sources(store_key, chosen)))


def draw(chosen: Chosen) -> None:
    """Draw the funnel, what it says, its table and files."""
    entry, made = chosen.entry, _made(served(), chosen)
    if made is None:
        st.subheader(f"{title_of(chosen)}　ファンネルプロット", anchor=False)
        blocks.empty(
            f"{entry.title}では、ファンネルプロットを描けません。",
            "分子と分母があり、件数から偶然の範囲を計算できる指標（割合・人口当たりの数）で、"
            "値のある地域が3つ以上あるときに表示されます。",
        )
        return
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "value": ColumnLabel(entry.title, entry.unit, entry.decimals),
        "size": ColumnLabel("分母", "", 0),
        "outcome_label": ColumnLabel("限界と比べて"),
    }
    extra = {
        "average": ColumnLabel("表示中の全体の値", entry.unit, entry.decimals),
        "method_label": ColumnLabel("比べ方と限界"),
        "definition_label": ColumnLabel("指標の定義"),
    }
    stem = f"funnel_{entry.key}_{chosen.scope.parent_code}_{chosen.period}"
    show(made, key="funnel", stem=stem, notes=[HOW], columns=columns, extra=extra)
    blocks.definition(f"{entry.title}の定義", indicator_facts(entry))
    blocks.source_line(made.source)
