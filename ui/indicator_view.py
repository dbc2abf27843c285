"""Indicators as they are printed: columns, words for gaps, definition, what waits for data."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.compare import NOT_LOADED, has_interval, is_amount
from analytics.compare_sentence import OUTCOME_LABELS, STATUS_LABELS
from analytics.denominators import Denominator
from charts.formatting import number
from data.catalogue import load_catalogue
from data.catalogue.indicator import POLARITY_LABELS, IndicatorEntry
from ui.blocks import ColumnLabel, table
from ui.store import ask, served

_FOR_RATES = ("outcome_label", "difference", "numerator", "denominator")
_INTERVAL = ("lower_ci", "upper_ci")
_PLACE = {"area_code": ColumnLabel("コード"), "area_name": ColumnLabel("地域")}
_WAITING = {
    "domain": ColumnLabel("分野"),
    "title": ColumnLabel("指標"),
    "waiting_for": ColumnLabel("これを読み込むと表示されます"),
}
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


def screen_columns(
    rows: pd.DataFrame, entry: IndicatorEntry, *, show_interval: bool = False
) -> dict[str, ColumnLabel]:
    """Return the labels of the table on the screen; values are numbers unless printed is there."""
    is_text = "printed" in rows
    label = ColumnLabel(entry.title, entry.unit, None if is_text else entry.decimals)
    value = {"printed" if is_text else "value": label}
    columns = {**_PLACE, **value, **_beside(rows, entry)}
    hidden = () if show_interval else _INTERVAL
    return {
        name: label
        for name, label in columns.items()
        if name in ("area_name", *value) or (name not in hidden and rows[name].notna().any())
    }


def file_columns(rows: pd.DataFrame, entry: IndicatorEntry) -> dict[str, ColumnLabel]:
    """Return the labels of the table in files: numbers, the kind of gap, and the origin."""
    return {
        **_PLACE,
        "value": ColumnLabel(entry.title, entry.unit, entry.decimals),
        "status_label": ColumnLabel("値がない理由"),
        **_beside(rows, entry),
        "source_title": ColumnLabel("出典"),
        "vintage": ColumnLabel("時点"),
        "source_ref": ColumnLabel("計算"),
    }


def _beside(rows: pd.DataFrame, entry: IndicatorEntry) -> dict[str, ColumnLabel]:
    columns = {
        "outcome_label": ColumnLabel("基準と比べて"),
        "difference": ColumnLabel("基準との差", "", entry.decimals),
        "rank_label": ColumnLabel("高い順"),
        "numerator": ColumnLabel("分子", "", 0),
        "denominator": ColumnLabel("分母", "", 0),
        "lower_ci": ColumnLabel("95％下限", "", entry.decimals),
        "upper_ci": ColumnLabel("95％上限", "", entry.decimals),
    }
    hidden = set(_FOR_RATES if is_amount(entry) else ())
    if not has_interval(rows):
        hidden |= {"outcome_label", *_INTERVAL}
    return {name: label for name, label in columns.items() if name not in hidden}


def no_interval_note(entry: IndicatorEntry) -> str:
    """Say why nothing is called high or low in the table of an indicator without intervals."""
    if is_amount(entry):
        return "数の大小は地域の大きさを表すため、基準と比べた高い・低いの判定は付けません。"
    if entry.recipe is not None and entry.recipe.kind.startswith("population"):
        why = "推計人口から計算した値で、標本や件数の偶然変動を表せない"
    else:
        why = "定員や回数など、1件ずつ独立に生じる数ではない"
    return (
        f"この指標は{why}ため、偶然変動の目安（95％信頼区間）がありません。"
        "高い・低いの判定は付けず、基準との差だけを示します。"
    )


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


@lru_cache(maxsize=256)
def _waiting(
    store_key: str, question: Callable[..., pd.DataFrame], filters: tuple[tuple[str, Hashable], ...]
) -> pd.DataFrame:
    catalogue = load_catalogue()
    observed = ask(question, **dict(filters)).set_index("indicator_id")["observed"]
    rows = [
        {
            "domain": catalogue.domains[entry.domain].label,
            "title": entry.title,
            "waiting_for": entry.waiting_for or "この地域・単位では計算していません",
        }
        for entry in catalogue.indicators.values()
        if not observed.get(entry.key, 0)
    ]
    return pd.DataFrame(rows, columns=list(_WAITING))


def list_waiting(question: Callable[..., pd.DataFrame], **filters: Hashable) -> None:
    """List the indicators without any value here, with what they wait for."""
    rows = _waiting(served(), question, tuple(sorted(filters.items())))
    if rows.empty:
        return
    label = f"まだ値のない指標（{len(rows)}）と、必要な資料"
    opened = st.expander(label, key="open_waiting", on_change="rerun")
    if opened.open:
        with opened:
            table(rows, columns=_WAITING, key="waiting")
