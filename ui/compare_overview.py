"""The first view of the comparison: map, ranking bars, table."""

from __future__ import annotations

import streamlit as st

from ui import blocks, compare_map
from ui.compare_state import Chosen
from ui.compare_view import Comparison, are_too_many, bars, columns_of_file, current
from ui.indicator_view import indicator_facts, no_interval_note, screen_columns
from ui.parts import long_table
from ui.selection import choose
from ui.store import served

ORDERS = {"code": "団体コード順", "value": "値の高い順"}


def draw(chosen: Chosen) -> None:
    """Draw map, sentence, bars, table and downloads."""
    made, entry = current(chosen), chosen.entry
    st.subheader(made.title, anchor=False)
    compare_map.draw(made, chosen)
    blocks.statement(made.sentence)
    spec, show_interval = _bars(made, chosen)
    columns = screen_columns(made.rows, entry, show_interval=show_interval)
    long_table(made.rows, columns=columns, key="compare_table")
    blocks.notes([] if made.has_interval else [no_interval_note(entry)])
    blocks.downloads(
        made.rows,
        columns=columns_of_file(made.rows, chosen),
        stem=f"compare_{entry.key}_{chosen.scope.parent_code}_{chosen.period}",
        title=made.title,
        source=made.source,
        figure=spec,
    )
    blocks.definition(f"{entry.title}の定義", indicator_facts(entry))
    blocks.source_line(made.source)


def _bars(made: Comparison, chosen: Chosen) -> tuple[dict[str, object], bool]:
    many, show_interval, order = are_too_many(made.rows), False, "value"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not many:
            names = ORDERS | ({"code": "文字の順"} if chosen.hide else {})
            order = choose("並べ方", names, param="order", default="code", kind="segmented")
        if made.has_interval:
            words = "偶然変動の目安（95％信頼区間）を示す"
            show_interval = st.toggle(words, key="show_interval")
    spec = bars(served(), chosen, order, show_interval)
    blocks.figure(spec, alt=f"{made.title}の棒グラフ。値は下の表にあります。", key="ranking")
    ends = "地域が多いため、値の高い地域と低い地域だけを棒で示します。すべての値は表にあります。"
    blocks.notes([ends] if many else [])
    return spec, show_interval
