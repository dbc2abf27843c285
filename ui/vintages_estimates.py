"""The newest edition of an estimate beside the one before, area by area and year by year."""

from __future__ import annotations

from functools import lru_cache

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
from ui.store import ask, served

_USED = (
    "画面の数値は、いつも新しい推計によります。前の推計は、この表だけに使い、混ぜません。"
    "もとの年度がちがう推計なので、差は推計のやり直しによるもので、年のあいだの変化ではありません。"
)


def estimates(area: Area) -> bool:
    """Compare the two editions in a year that the viewer chooses; tell whether there are any."""
    code, place = area.code, area.name
    found = _by_measure(served(), code)
    if not found and area.prefecture_code and area.prefecture_code != area.code:
        code, place = area.prefecture_code, area.prefecture_name or area.name
        found = _by_measure(served(), code)
    for measure_id in found:
        _estimate(measure_id, code, place=place, area=area)
    return bool(found)


@lru_cache(maxsize=64)
def _by_measure(store_key: str, area_code: str) -> dict[str, pd.DataFrame]:
    found = ask(estimate_changes, area_code=area_code)
    return {str(measure_id): rows for measure_id, rows in found.groupby("measure_id")}


@lru_cache(maxsize=128)
def _of_period(
    store_key: str, area_code: str, measure_id: str, period: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of a period, and them as they are printed."""
    rows = _by_measure(store_key, area_code)[measure_id]
    found = rows[rows["period"] == period]
    return found, found.assign(standing=found["standing"].map(STANDINGS))


@lru_cache(maxsize=64)
def _choice(store_key: str, area_code: str, measure_id: str) -> tuple[dict[str, str], str]:
    """Return the periods that can be chosen, and the one that is unless another is."""
    rows = _by_measure(store_key, area_code)[measure_id]
    periods = {period: period_label(period) for period in sorted(set(rows["period"]))}
    return periods, usual_period(rows)


def _estimate(measure_id: str, code: str, *, place: str, area: Area) -> None:
    entry = load_catalogue().measures.get(measure_id)
    label, unit = (entry.label, entry.unit) if entry else (measure_id, "")
    st.subheader(f"推計の時点によるちがい：{label}", anchor=False)
    periods, usual = _choice(served(), code, measure_id)
    period = choose("推計の年度", periods, param=f"when_{measure_id}", default=usual)
    found, listed = _of_period(served(), code, measure_id, period)
    names = list(dict.fromkeys(found["area_name"]))
    own = place if len(names) > 1 or place != area.name else names[0]
    statement(estimate_sentence(found, place=own, label=label, unit=unit))
    columns = {
        "area_name": ColumnLabel("地域"),
        "before": ColumnLabel("前の推計", unit, 1),
        "since": ColumnLabel("新しい推計", unit, 1),
        "change": ColumnLabel("差", unit, 1),
        "standing": ColumnLabel("どの推計にあるか"),
    }
    table(listed, columns=columns, key=f"table_{measure_id}", missing="")
    before, since = listed.iloc[0][["vintage_before", "vintage_since"]]
    title = f"{own}：{label}（{periods[period]}）　前の推計と新しい推計"
    source = [f"{label}（前：{before}、新：{since}）"]
    downloads(listed, columns=columns, stem=f"editions_{measure_id}", title=title, source=source)
    notes([_USED])
    source_line(source)
