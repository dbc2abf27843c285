"""Areas that were drawn anew: when, and of which municipalities they consisted before and after."""

from __future__ import annotations

import streamlit as st

from analytics.redrawn_zones import day_label, redrawn_sentence, redrawn_zones, zone_counts
from ui.blocks import ColumnLabel, downloads, notes, statement, table
from ui.labels import area_type_label
from ui.selection import Area
from ui.store import ask

TITLE = "構成が変わった区域"
_SUMMED = (
    "変わる前の年の値も、いまの構成市区町村で合計しています（年どうしを同じ範囲で比べるため）。"
    "公表元がその区域の値を公表している年は、公表された値のままです。"
    "実施状況調査の回答は、その年度の10月1日の構成で数えます。"
)
COMPARED = (
    "比べたのは、市区町村からなる区域（二次医療圏・構想区域・保健所の区域など）の構成です。"
    "政令指定都市の区の再編、市区町村の合併や名前の変更、なくなった市区町村は含みません。"
)
COLUMNS = {
    "kind": ColumnLabel("種類"),
    "area_name": ColumnLabel("区域"),
    "day": ColumnLabel("変わった日"),
    "members_before": ColumnLabel("前の構成", "市区町村", 0),
    "members_after": ColumnLabel("後の構成", "市区町村", 0),
    "entered": ColumnLabel("加わった市区町村"),
    "gone": ColumnLabel("抜けた市区町村"),
    "before": ColumnLabel("前の市区町村"),
    "after": ColumnLabel("後の市区町村"),
}


def zones(area: Area) -> bool:
    """List the areas drawn anew in or around an area; tell whether there is any."""
    found = ask(redrawn_zones, area_code=area.code)
    if found.empty:
        return False
    st.subheader(f"{area.name}：{TITLE}（{len(found)}件）", anchor=False)
    days = tuple(sorted({str(day)[:10] for day in found["changed_on"]}))
    kinds = tuple(sorted(set(found["area_type"])))
    labels = {kind: area_type_label(kind) for kind in kinds}
    counts = ask(zone_counts, days=days, kinds=kinds)
    statement(redrawn_sentence(found, counts=counts, labels=labels))
    shown = found.assign(
        kind=found["area_type"].map(labels),
        day=found["changed_on"].map(day_label),
        before=found["before"].fillna("なし（新しくできた区域）"),
        after=found["after"].fillna("なし（前日で終わった区域）"),
    )
    table(shown, columns=COLUMNS, key="table_zones", missing="なし")
    title = f"{area.name}：{TITLE}"
    downloads(shown, columns=COLUMNS, stem="redrawn_zones", title=title, source=[title])
    notes([_SUMMED, COMPARED])
    return True
