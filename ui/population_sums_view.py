"""The part of the sources page that compares printed totals with the sums of their parts."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.population_sums import GROUP_LABELS, agreement, sums_of_parts, sums_sentence
from ui.blocks import ColumnLabel, downloads, notes, statement, table
from ui.labels import area_type_label, edition_label
from ui.store import ask, served

TITLE = "合計と内訳の一致"
_SUMMARY = {
    "edition_label": ColumnLabel("版"),
    "kind": ColumnLabel("合計の地域"),
    "year": ColumnLabel("年"),
    "areas": ColumnLabel("比べた地域", "", 0),
    "figures": ColumnLabel("比べた数値", "", 0),
    "equal": ColumnLabel("一致", "", 0),
    "rounding": ColumnLabel("四捨五入の範囲の差", "", 0),
    "different": ColumnLabel("それを超える差", "", 0),
    "largest": ColumnLabel("最大の差", "人", 0),
    "not_compared": ColumnLabel("内訳が不足", "", 0),
}
_DIFFERENCES = {
    "edition_label": ColumnLabel("版"),
    "year": ColumnLabel("年"),
    "area_code": ColumnLabel("コード"),
    "area_name": ColumnLabel("地域"),
    "group_label": ColumnLabel("区分"),
    "printed": ColumnLabel("資料の合計", "人", 0),
    "summed": ColumnLabel("内訳の和", "人", 0),
    "difference": ColumnLabel("差", "人", 0),
}


def sums() -> None:
    """Say whether printed totals agree with their parts; list every difference."""
    summary, differing, lacking, sentence = _compared(served())
    st.subheader(TITLE, anchor=False)
    if summary.empty:
        return
    statement(sentence)
    table(summary, columns=_SUMMARY, key="table_sums")
    downloads(summary, columns=_SUMMARY, stem="population_sums", title=TITLE, source=[TITLE])
    if len(differing):
        table(differing, columns=_DIFFERENCES, key="table_sum_differences")
        downloads(differing, columns=_DIFFERENCES, stem="population_sum_differences",
                  title=f"{TITLE}：差のある数値", source=[TITLE])  # fmt: skip
    notes(
        [
            "資料そのものに印刷された合計だけを比べます。この画面の計算で足した合計は含みません。",
            *lacking,
        ]
    )


@lru_cache(maxsize=8)
def _compared(store_key: str) -> tuple[pd.DataFrame, pd.DataFrame, list[str], str]:
    frame: pd.DataFrame = ask(sums_of_parts)
    labelled = frame.assign(
        edition_label=frame["edition"].map(edition_label),
        group_label=frame["age_group"].map(GROUP_LABELS),
    )
    summary = agreement(frame)
    shown = summary.assign(
        edition_label=summary["edition"].map(edition_label),
        kind=summary["area_type"].map(area_type_label),
    )
    differing = labelled[labelled["difference"].notna() & (labelled["difference"] != 0)]
    return shown, differing, _lacking(labelled), sums_sentence(frame)


def _lacking(labelled: pd.DataFrame) -> list[str]:
    """Name for each edition the areas whose parts are not all there."""
    absent = labelled[labelled["summed"].isna()]
    return [
        f"{edition}で内訳がそろわず比べられない地域：{'、'.join(dict.fromkeys(rows['area_name']))}"
        for edition, rows in absent.groupby("edition_label", sort=False)
    ]
