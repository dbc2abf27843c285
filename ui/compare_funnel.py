"""The funnel view of the comparison."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.funnel_points import Funnel, funnel_of, funnel_sentence
from analytics.group_values import is_proportion
from charts.funnel import OUTCOMES, funnel
from ui import blocks
from ui.blocks import ColumnLabel
from ui.compare_state import Chosen
from ui.compare_view import compared, sources, title_of
from ui.indicator_view import indicator_facts
from ui.parts import long_table
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


def draw(chosen: Chosen) -> None:
    """Draw the funnel, what it says, its table and files."""
    entry, found = chosen.entry, _found(served(), chosen)
    title = f"{title_of(chosen)}　ファンネルプロット"
    st.subheader(title, anchor=False)
    if found is None:
        blocks.empty(
            f"{entry.title}では、ファンネルプロットを描けません。",
            "分子と分母があり、件数から偶然の範囲を計算できる指標（割合・人口当たりの数）で、"
            "値のある地域が3つ以上あるときに表示されます。",
        )
        return
    spec = _spec(served(), chosen)
    sentence = funnel_sentence(
        found, entry=entry, period=chosen.period, own_code=chosen.scope.own_code
    )
    blocks.figure(spec, alt=sentence, key="funnel")
    blocks.statement(sentence)
    blocks.notes([HOW])
    _files(found, chosen, spec, title)
    blocks.definition(f"{entry.title}の定義", indicator_facts(entry))
    blocks.source_line(sources(served(), chosen))


def _files(found: Funnel, chosen: Chosen, spec: dict[str, Any], title: str) -> None:
    entry = chosen.entry
    frame: pd.DataFrame = found.points.assign(
        outcome_label=found.points["outcome"].map(
            {k: words for k, (words, *_) in OUTCOMES.items()}
        ),
        average=found.average,
        method_label=HOW,
        definition_label=entry.definition,
    )
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
    long_table(frame, columns=columns, key="funnel_table")
    blocks.downloads(
        frame,
        columns={**columns, **extra},
        stem=f"funnel_{entry.key}_{chosen.scope.parent_code}_{chosen.period}",
        title=title,
        source=sources(served(), chosen),
        figure=spec,
    )
