"""Indicators as they are printed: columns, words for gaps, definition, what waits for data."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.compare import NOT_LOADED, is_amount
from analytics.compare_sentence import OUTCOME_LABELS, STATUS_LABELS
from analytics.denominators import Denominator
from charts.formatting import number
from data.catalogue import load_catalogue
from data.catalogue.indicator import POLARITY_LABELS, IndicatorEntry
from ui.blocks import ColumnLabel, table

_FOR_RATES = ("outcome_label", "difference", "numerator", "denominator")
_PLACE = {"area_code": ColumnLabel("コード"), "area_name": ColumnLabel("地域")}
_MARKS = {"higher": "▲", "lower": "▼", "similar": "●", "not_compared": "◆"}


def outcome_words(outcome: str) -> str:
    """Return an outcome in words, with the mark it has in figures."""
    return f"{_MARKS[outcome]} {OUTCOME_LABELS[outcome]}"


def in_words(values: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with status, rank and outcome in words."""
    status = values["status"].map(STATUS_LABELS)
    outcome = values["outcome"].map({code: outcome_words(code) for code in OUTCOME_LABELS})
    ranked = values["rank"].notna()
    return values.assign(
        status_label=status,
        outcome_label=outcome.where(values["value"].notna(), status).where(values["is_part"], "－"),
        rank_label=values["rank"].astype("str").where(ranked, "－"),
    )


def with_printed(rows: pd.DataFrame, entry: IndicatorEntry) -> pd.DataFrame:
    """Return the rows with the value in words where the table must tell kinds of gaps apart."""
    if rows["status"].isin(["observed", NOT_LOADED]).all():
        return rows
    numbers = rows["value"].map(lambda value: number(value, decimals=entry.decimals))
    return rows.assign(printed=numbers.where(rows["value"].notna(), rows["status_label"]))


def screen_columns(rows: pd.DataFrame, entry: IndicatorEntry) -> dict[str, ColumnLabel]:
    """Return the labels of the table on the screen; values are numbers unless printed is there."""
    is_text = "printed" in rows
    label = ColumnLabel(entry.title, entry.unit, None if is_text else entry.decimals)
    value = {"printed" if is_text else "value": label}
    columns = {**_PLACE, **value, **_beside(entry)}
    shown = {
        name: label
        for name, label in columns.items()
        if name in ("area_name", *value) or rows[name].notna().any()
    }
    if is_amount(entry):
        shown = {name: shown[name] for name in shown if name not in _FOR_RATES}
    return shown


def file_columns(entry: IndicatorEntry) -> dict[str, ColumnLabel]:
    """Return the labels of the table in files: numbers, the kind of gap, and the origin."""
    return {
        **_PLACE,
        "value": ColumnLabel(entry.title, entry.unit, entry.decimals),
        "status_label": ColumnLabel("値がない理由"),
        **_beside(entry),
        "source_title": ColumnLabel("出典"),
        "vintage": ColumnLabel("時点"),
        "source_ref": ColumnLabel("計算"),
    }


def _beside(entry: IndicatorEntry) -> dict[str, ColumnLabel]:
    return {
        "outcome_label": ColumnLabel("基準と比べて"),
        "difference": ColumnLabel("基準との差", "", entry.decimals),
        "rank_label": ColumnLabel("高い順"),
        "numerator": ColumnLabel("分子", "", 0),
        "denominator": ColumnLabel("分母", "", 0),
        "lower_ci": ColumnLabel("95％下限", "", entry.decimals),
        "upper_ci": ColumnLabel("95％上限", "", entry.decimals),
    }


def source_words(rows: pd.DataFrame, denominator: Denominator | None) -> list[str]:
    """Return the sources of the rows and the denominator, as printed."""
    found = rows[["source_title", "vintage"]].dropna(subset=["source_title"]).drop_duplicates()
    words = [
        str(row.source_title)
        if pd.isna(row.vintage) or str(row.vintage) in str(row.source_title)
        else f"{row.source_title}（{row.vintage}）"
        for row in found.itertuples()
    ]
    return words + ([f"分母：{denominator.full_label}"] if denominator else [])


def indicator_facts(entry: IndicatorEntry) -> str:
    """Return definition, reading, caveat and publication of an indicator, a line each."""
    lines = [
        f"定義：{entry.definition}",
        f"単位：{entry.unit}",
        f"読み方：{POLARITY_LABELS[entry.polarity]}",
        f"公表：{entry.source_title}（{entry.cycle}）",
        f"最小の地域：{load_catalogue().area_types[entry.smallest_level].label}",
    ]
    if entry.caveat:
        lines.append(f"注意：{entry.caveat}")
    return "\n".join(lines)


def list_waiting(choices: pd.DataFrame) -> None:
    """List the indicators without any value here, with what they wait for."""
    catalogue = load_catalogue()
    observed = choices.set_index("indicator_id")["observed"]
    rows = [
        {
            "domain": catalogue.domains[entry.domain].label,
            "title": entry.title,
            "waiting_for": entry.waiting_for or "この地域・単位では計算していません",
        }
        for entry in catalogue.indicators.values()
        if not observed.get(entry.key, 0)
    ]
    if not rows:
        return
    with st.expander(f"まだ値のない指標（{len(rows)}）と、必要な資料"):
        table(
            pd.DataFrame(rows),
            columns={
                "domain": ColumnLabel("分野"),
                "title": ColumnLabel("指標"),
                "waiting_for": ColumnLabel("これを読み込むと表示されます"),
            },
            key="waiting",
        )
