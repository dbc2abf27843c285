"""The first view of the comparison: map, ranking bars, table."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ui import blocks, compare_map
from ui.compare_state import Chosen
from ui.compare_view import (
    Comparison,
    are_too_many,
    bars,
    columns_of_file,
    columns_on_screen,
    current,
    is_smoothable,
)
from ui.indicator_view import indicator_facts, no_interval_note
from ui.parts import long_table
from ui.selection import choose, read, write
from ui.store import served

SMOOTHING = (
    "ならした値は、分母の小さい地域ほど表示中の地域全体の値に近づけたもの（Marshallの経験ベイズ推定）。"
    "図だけに使い、高い・低いの判定と順位はもとの値で行います。"
)
ORDERS = {"code": "団体コード順", "value": "値の高い順"}


def draw(chosen: Chosen) -> None:
    """Draw map, sentence, bars, table and downloads."""
    chosen = replace(chosen, smooth=_choose_smoothing(chosen))
    made, entry = current(chosen), chosen.entry
    st.subheader(made.title, anchor=False)
    compare_map.draw(made, chosen)
    blocks.statement(made.sentence)
    spec, show_interval = _bars(made, chosen)
    columns = columns_on_screen(served(), chosen, show_interval)
    long_table(made.rows, columns=columns, key="compare_table")
    blocks.notes([] if made.has_interval else [no_interval_note(entry)])
    blocks.notes([SMOOTHING] if chosen.smooth else [])
    blocks.downloads(
        made.rows,
        columns=columns_of_file(served(), chosen),
        stem=f"compare_{entry.key}_{chosen.scope.parent_code}_{chosen.period}",
        title=made.title,
        source=made.source,
        figure=spec,
    )
    blocks.definition(f"{entry.title}の定義", indicator_facts(entry))
    blocks.source_line(made.source)


def _choose_smoothing(chosen: Chosen) -> bool:
    """Offer the switch where chance makes the values; it travels in the address."""
    code, key = read("smooth"), "smooth_values"
    if code not in (None, "1"):
        st.warning(f"「小さな地域の値をならす」に指定された「{code[:20]}」は使えません。")
        write("smooth", None)
    if not is_smoothable(served(), chosen):
        return False
    st.session_state.setdefault(key, code == "1")
    wanted = bool(st.toggle("小さな地域の値をならす（経験ベイズ）", key=key))
    write("smooth", "1" if wanted else None)
    return wanted


def _bars(made: Comparison, chosen: Chosen) -> tuple[dict[str, object], bool]:
    many, show_interval, order = are_too_many(served(), chosen), False, "value"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not many:
            names = ORDERS | ({"code": "文字の順"} if chosen.hide else {})
            order = choose("並べ方", names, param="order", default="code", kind="segmented")
        if made.has_interval and not chosen.smooth:
            words = "偶然変動の目安（95％信頼区間）を示す"
            show_interval = st.toggle(words, key="show_interval")
    spec = bars(served(), chosen, order, show_interval)
    blocks.figure(spec, alt=f"{made.title}の棒グラフ。値は下の表にあります。", key="ranking")
    ends = "地域が多いため、値の高い地域と低い地域だけを棒で示します。すべての値は表にあります。"
    blocks.notes([ends] if many else [])
    return spec, show_interval
