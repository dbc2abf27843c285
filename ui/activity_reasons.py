"""Why items are not carried out, by the size of the municipality, ◎ for reasons of small ones."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.activities_members import size_basis
from analytics.activities_table import item_labels
from analytics.reasons import (
    ALL,
    BANDS,
    reason_answers,
    reason_labels,
    reasons_by_band,
    reasons_sentence,
)
from charts.rate_by_year import CellWords, rate_cells
from ui import blocks
from ui.activity_choice import Chosen
from ui.activity_parts import Picture, Table, show_picture
from ui.blocks import ColumnLabel
from ui.selection import choose
from ui.store import ask, served

ORDERS = {"item": "項目の順", "value": "挙げた割合の高い順"}
_BAND_WORDS = {ALL: "すべて", **{key: name for key, (_, _, name) in BANDS.items()}}
_SHORT = {ALL: "すべて", "small": "1万人未満", "middle": "1万～5万人", "large": "5万人以上",
          "unknown": "記録なし"}  # fmt: skip
_COLUMNS = {
    "fiscal_year_label": ColumnLabel("年度"),
    "item_label": ColumnLabel("項目"),
    "reason_label": ColumnLabel("実施していない理由"),
    "band_label": ColumnLabel("人口規模"),
    "rate": ColumnLabel("挙げた割合", "%", 1),
    "done": ColumnLabel("挙げた市町村", "市町村", 0),
    "answering": ColumnLabel("理由を答えた市町村", "市町村", 0),
}
_CELLS = "ますの数＝挙げた市町村／その項目の理由を答えた市町村。"
_HOW = (
    "割合＝その理由を挙げた市町村÷その項目の実施していない理由を答えた市町村。一つの市町村が複数の理由を"
    "挙げられます。実施と答えた市町村の理由は数えません。"
    "◎は、文書で主に小規模な自治体が挙げた理由とされたものです。"
)


def draw(chosen: Chosen) -> None:
    """Draw the reasons of every item by size band, with the sentence about the band chosen."""
    bands = {key: words for key, words in _BAND_WORDS.items() if key != "unknown"}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        band = choose("文で述べる人口規模", bands, param="band", default="small")
        items = {ALL: "すべての項目"} | item_labels("h27r2")
        item = choose("項目", items, param="item", default=ALL)
        order = choose("並べ方", ORDERS, param="order", default="item", kind="segmented")
    made = _picture(served(), chosen, band, item, order)
    if made is None:
        blocks.empty(
            f"{chosen.region.name}の{chosen.year_label}には、実施していない理由の回答がありません。",
            "ほかの年度か地域を選んでください。すべての市町村が実施していれば、理由はありません。",
        )
        return
    show_picture(made, chosen, key="reasons")
    blocks.notes([_CELLS, f"人口規模は{ask(size_basis)}によります。"])
    blocks.definition("理由の数え方と◎", _HOW)


@lru_cache(maxsize=256)
def _picture(store_key: str, chosen: Chosen, band: str, item: str, order: str) -> Picture | None:
    answers = ask(reason_answers, area_code=chosen.region.code, fiscal_year=chosen.fiscal_year)
    counts = reasons_by_band(answers)
    counts = counts if item == ALL else counts[counts["item_key"] == item]
    if counts.empty:
        return None
    frame = _labelled(counts, chosen)
    if order == "value":
        own = counts[counts["band"] == band].set_index(["item_key", "reason"])["rate"]
        place = frame.set_index(["item_key", "reason"]).index.map(own.fillna(-1).to_dict())
        frame = frame.assign(place=place).sort_values("place", ascending=False, kind="stable")
    present = [key for key in _BAND_WORDS if key in set(frame["band"])]
    which = "" if item == ALL else f"：{item_labels('h27r2')[item]}"
    return Picture(
        table=Table(
            title=f"{chosen.region.name}で実施していない理由{which}（{chosen.year_label}）",
            stem=f"activities_reasons_{chosen.region.code}_{chosen.fiscal_year}",
            frame=frame,
            columns=_COLUMNS,
        ),
        figure=rate_cells(
            frame.assign(
                item_label=frame["row_label"],
                item_short=frame["row_label"],
                year_label=frame["band"].map(_SHORT),
            ),
            columns=[_SHORT[key] for key in present],
            words=CellWords("人口規模", "挙げた", "理由を答えた（市町村）", None),
            selected=_SHORT[band],
            as_counts=True,
        ),
        sentence=reasons_sentence(
            counts, area_name=chosen.region.name, year_label=chosen.year_label, band=band
        ),
    )


def _labelled(counts: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    short = item_labels("h27r2", short=True)
    reason = counts["reason"].map(reason_labels())
    return counts.assign(
        expected=counts["answering"],
        item_label=counts["item_key"].map(item_labels("h27r2")),
        reason_label=reason,
        row_label=counts["item_key"].map(short) + " " + reason,
        band_label=counts["band"].map(_BAND_WORDS),
        fiscal_year_label=chosen.year_label,
    )
