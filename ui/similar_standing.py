"""Where a municipality stands among those like it, for the indicator of the page."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analytics.compare import is_amount
from ui import blocks
from ui.compare_state import GROUP, Benchmark, Chosen
from ui.compare_view import bars, columns_of_file, current
from ui.store import served


def draw_standing(chosen: Chosen, base: str, name: str, peers: tuple[str, ...]) -> None:
    """Draw sentence, bars and downloads of the municipality and those like it."""
    alike = f"似た{len(peers)}市区町村"
    mark = None if is_amount(chosen.entry) else Benchmark(GROUP, alike, codes=peers)
    among = replace(
        chosen,
        scope=replace(chosen.scope, own_code=base),
        benchmark=mark,
        only=(base, *peers),
        only_name=f"{name}と{alike}",
    )
    made, entry = current(among), chosen.entry
    st.subheader(made.title, anchor=False)
    blocks.statement(made.sentence)
    spec = bars(served(), among, "value", made.has_interval)
    blocks.figure(spec, alt=f"{made.title}の棒グラフ。値は保存できる表にあります。", key="standing")
    blocks.downloads(
        made.rows,
        columns=columns_of_file(served(), among),
        stem=f"similar_{entry.key}_{base}_{chosen.period}",
        title=made.title,
        source=made.source,
        figure=spec,
    )
    blocks.source_line(made.source)
