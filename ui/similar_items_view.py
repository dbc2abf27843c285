"""What municipalities like the chosen one carry out, item by item of the programme."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.activities_table import implemented_word, item_labels
from analytics.similar_items import done_by_similar
from analytics.survey_status import category_labels
from data.era import fiscal_year_label
from ui import blocks
from ui.blocks import ColumnLabel
from ui.store import ask, served
from ui.survey_parts import sources
from ui.survey_scope import choose_fiscal_year, has_answers, say_how_to_load

_FORM = "municipal_form"


@lru_cache(maxsize=128)
def _items(
    store_key: str, base: str, codes: tuple[str, ...], fiscal_year: int, framework: str
) -> pd.DataFrame:
    frame = ask(
        done_by_similar,
        area_code=base,
        codes=codes,
        fiscal_year=fiscal_year,
        framework=framework,
    )
    words = category_labels(framework)
    return frame.assign(
        item_label=frame["item_key"].map(item_labels(framework)),
        own_label=frame["own"].map(words),
        mark=frame["is_gap"].map({True: "▼", False: ""}),
        share_label=[
            f"{doing:,}／{answering:,}" if answering else "回答なし"
            for doing, answering in zip(frame["doing"], frame["answering"], strict=True)
        ],
        fiscal_year_label=fiscal_year_label(fiscal_year),
    )


def draw_items(base: str, name: str, codes: tuple[str, ...]) -> None:
    """Draw the items that those like the area carry out, the gaps first."""
    if not has_answers(_FORM):
        say_how_to_load(_FORM, "似た市区町村の取組と比べるには、実施状況調査の回答が必要です。")
        return
    st.subheader(f"似た市区町村がしていて、{name}がしていないこと", anchor=False)
    fiscal_year, framework = choose_fiscal_year(_FORM)
    frame = _items(served(), base, codes, fiscal_year, framework)
    word = implemented_word(framework)
    if frame.empty:
        blocks.empty("この年度には、事業項目の回答がありません。", "別の年度を選んでください。")
        return
    year = fiscal_year_label(fiscal_year)
    blocks.statement(items_sentence(frame, name, word, year, peers=len(codes)))
    columns = {
        "mark": ColumnLabel("違い"),
        "item_label": ColumnLabel("項目"),
        "own_label": ColumnLabel(f"{name}の回答"),
        "share_label": ColumnLabel(f"似た順の{len(codes)}市区町村の{word}／回答"),
        "names": ColumnLabel(f"{word}の市区町村"),
        "fiscal_year_label": ColumnLabel("年度"),
    }
    shown = {key: label for key, label in columns.items() if key != "fiscal_year_label"}
    blocks.table(frame, columns=shown, key="similar_items")
    note = "回答していない市区町村は、していないとは数えません。"
    sign = "▼＝似た市区町村がしていて、していないもの。"
    blocks.notes([f"{sign}割合の分母は回答した市区町村。{note}"])
    found = sources(_FORM, fiscal_year)
    blocks.downloads(
        frame,
        columns=columns,
        stem=f"similar_items_{base}_{fiscal_year}",
        title=f"似た市区町村の取組と{name}　{fiscal_year_label(fiscal_year)}",
        source=found,
    )
    blocks.source_line(found)


def items_sentence(frame: pd.DataFrame, name: str, word: str, year: str, *, peers: int) -> str:
    """Say what those like the area do that it does not, or why that cannot be said."""
    if (frame["own_label"] == "未回答").all() or (frame["own"] == "absent").all():
        return f"{year}：{name}の回答がないため、していないことは示せません。"
    gaps = frame[frame["is_gap"]]
    if gaps.empty:
        return f"{year}：似た順の{peers}市区町村がしていて{name}がしていない項目はありません。"
    named = [
        f"{row.item_label}（回答{row.answering:,}のうち{row.doing:,}が{word}）"
        for row in gaps.head(3).itertuples()
    ]
    return (
        f"{year}：似た順の{peers}市区町村が「{word}」で{name}がそうでない項目は{len(gaps):,}件。"
        f"多い順に{'、'.join(named)}です。"
    )
