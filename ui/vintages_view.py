"""The vintages of a source side by side: what the newest says, and what the one before said."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.areas import areas_inside
from analytics.vintages import measure_periods, vintage_changes, vintage_sentence
from data.catalogue import load_catalogue
from data.era import period_label
from ui.blocks import ColumnLabel, downloads, empty, notes, source_line, statement, table
from ui.selection import choose, current_area
from ui.store import ask, served
from ui.vintages_estimates import estimates
from ui.vintages_zones import COMPARED, zones

_NUMBERS = {"before": "前の時点", "since": "新しい時点", "change": "差", "entered": "新しい番号",
            "gone": "なくなった番号"}  # fmt: skip
_USED = "画面の数値は、いつも新しい時点の一覧によります。前の時点は、この表だけに使います。"
_WHAT = (
    "新しい番号・なくなった番号は、事業所番号が片方の一覧だけにあるものです。"
    "移転や番号の変更を含みます。"
)


def vintages() -> None:
    """Compare the newest list, estimate and areas with what was before, for the area chosen."""
    area = current_area()
    whole = ask(vintage_changes, area_codes=(area.code,))
    st.subheader("一覧の時点によるちがい", anchor=False)
    if whole.empty:
        empty(
            "同じ一覧の、時点のちがうものが読み込まれていません。",
            "資料のフォルダーに前の時点のファイルを残しておくと、ここで比べられます。"
            "数値には、いつも新しいものを使います。",
        )
    else:
        _facilities(whole, area_code=area.code, area_name=area.name)
    if not estimates(area):
        notes(["訪問診療の需要推計は、前の時点のものが読み込まれていません。"])
    if not zones(area):
        notes(
            [f"{area.name}には、読み込んだ資料のなかで構成が変わった区域がありません。", COMPARED]
        )
    _periods()


def _facilities(whole: pd.DataFrame, *, area_code: str, area_name: str) -> None:
    types = load_catalogue().facility_types
    found = [*(key for key in types if key in set(whole["facility_type"]))]
    found += sorted(set(whole["facility_type"]) - set(found))
    labels = {key: types[key].label if key in types else key for key in found}
    kind = choose("施設の種類", labels, param="type", default=next(iter(labels)))
    row = whole[whole["facility_type"] == kind].iloc[0]
    statement(vintage_sentence(row, type_label=labels[kind]))
    parts = _parts(served(), area_code, kind)
    shown = parts if not parts.empty else whole[whole["facility_type"] == kind]
    columns = {"area_name": ColumnLabel("地域")} | {
        name: ColumnLabel(label, "か所" if name in ("before", "since", "change") else "", 0)
        for name, label in _NUMBERS.items()
    }
    title = f"{area_name}の{labels[kind]}：{row['vintage_before']}と{row['vintage_since']}"
    table(shown, columns=columns, key="table_vintages", missing="分からない")
    source = [f"{labels[kind]}（{row['vintage_before']}、{row['vintage_since']}）"]
    downloads(shown, columns=columns, stem="vintages", title=title, source=source)
    notes([_USED, _WHAT, "どちらの一覧にも1か所もない市町村は、行を示しません（どちらも0）。"])
    source_line(source)


@lru_cache(maxsize=64)
def _parts(store_key: str, area_code: str, kind: str) -> pd.DataFrame:
    """Return the rows of one type for the prefectures, or else the municipalities, of an area."""
    for level in ("prefecture", "municipality", "ward"):
        inside = ask(areas_inside, area_code=area_code, level=level)
        if not inside.empty:
            found: pd.DataFrame = ask(vintage_changes, area_codes=tuple(inside["area_code"]))
            return found[found["facility_type"] == kind].reset_index(drop=True)
    return pd.DataFrame()


@lru_cache(maxsize=4)
def _all_periods(store_key: str) -> pd.DataFrame:
    found = ask(measure_periods)
    measures = load_catalogue().measures
    return found.assign(
        label=[measures[key].label if key in measures else key for key in found["measure_id"]],
        first=found["first_period"].map(period_label),
        last=found["last_period"].map(period_label),
    )


def _periods() -> None:
    shown = _all_periods(served())
    if shown.empty:
        return
    st.subheader(f"いくつもの時点がある数量（{len(shown)}件）", anchor=False)
    columns = {"label": ColumnLabel("数量"), "first": ColumnLabel("はじめ"),
               "last": ColumnLabel("終わり"), "periods": ColumnLabel("時点", "", 0),
               "areas": ColumnLabel("地域", "", 0)}  # fmt: skip
    table(shown, columns=columns, key="table_periods", missing="")
    notes(["「地域比較」では、新しい時点がはじめに選ばれ、ほかの時点と推移も見られます。"])
