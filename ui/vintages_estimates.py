"""The newest edition of an estimate beside the one before, area by area and year by year."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.estimate_vintages import (
    STANDINGS,
    estimate_changes,
    estimate_sentence,
    usual_period,
)
from data.catalogue import load_catalogue
from data.era import period_label
from ui.blocks import ColumnLabel, downloads, notes, source_line, statement, table
from ui.selection import Area, choose
from ui.store import ask

_USED = (
    "画面の数値は、いつも新しい推計によります。前の推計は、この表だけに使い、混ぜません。"
    "もとの年度がちがう推計なので、差は推計のやり直しによるもので、年のあいだの変化ではありません。"
)


def estimates(area: Area) -> bool:
    """Compare the two editions in a year that the viewer chooses; tell whether there are any."""
    found = ask(estimate_changes, area_code=area.code)
    place = area.name
    if found.empty and area.prefecture_code and area.prefecture_code != area.code:
        found = ask(estimate_changes, area_code=area.prefecture_code)
        place = area.prefecture_name or area.name
    for measure_id, rows in found.groupby("measure_id"):
        _estimate(str(measure_id), rows, place=place, area=area)
    return not found.empty


def _estimate(measure_id: str, rows: pd.DataFrame, *, place: str, area: Area) -> None:
    entry = load_catalogue().measures.get(measure_id)
    label, unit = (entry.label, entry.unit) if entry else (measure_id, "")
    st.subheader(f"推計の時点によるちがい：{label}", anchor=False)
    periods = {period: period_label(period) for period in sorted(set(rows["period"]))}
    usual = usual_period(rows)
    period = choose("推計の年度", periods, param=f"when_{measure_id}", default=usual)
    shown = rows[rows["period"] == period]
    names = list(dict.fromkeys(shown["area_name"]))
    own = place if len(names) > 1 or place != area.name else names[0]
    statement(estimate_sentence(shown, place=own, label=label, unit=unit))
    columns = {
        "area_name": ColumnLabel("地域"),
        "before": ColumnLabel("前の推計", unit, 1),
        "since": ColumnLabel("新しい推計", unit, 1),
        "change": ColumnLabel("差", unit, 1),
        "standing": ColumnLabel("どの推計にあるか"),
    }
    listed = shown.assign(standing=shown["standing"].map(STANDINGS))
    table(listed, columns=columns, key=f"table_{measure_id}", missing="")
    before, since = shown.iloc[0][["vintage_before", "vintage_since"]]
    title = f"{own}：{label}（{periods[period]}）　前の推計と新しい推計"
    source = [f"{label}（前：{before}、新：{since}）"]
    downloads(listed, columns=columns, stem=f"editions_{measure_id}", title=title, source=source)
    notes([_USED])
    source_line(source)
