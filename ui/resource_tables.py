"""What stands below the resource map: gaps, table, list of facilities, denominator, sources."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.denominators import Denominator
from analytics.facilities import facility_list
from analytics.scope import NATION, Scope
from data.catalogue import load_catalogue
from ui import blocks
from ui.labels import level_label
from ui.parts import long_table
from ui.store import ask

TYPES = load_catalogue().facility_types


def say_what_is_missing(types: list[str], counted: frozenset[str]) -> None:
    """Say for every type that no loaded source covers here what would fill it."""
    for source_key in dict.fromkeys(TYPES[key].source_key for key in types if key not in counted):
        names = [
            TYPES[key].label
            for key in types
            if key not in counted and TYPES[key].source_key == source_key
        ]
        title = load_catalogue().sources[source_key].title
        blocks.empty(
            f"{'、'.join(names)}：データなし（0か所ではありません）",
            f"「{title}」のファイルを原資料のフォルダに置いて作成し直すと表示されます。",
        )


def table_columns(types: list[str], *, for_files: bool = False) -> dict[str, blocks.ColumnLabel]:
    """Return the labels of the table of areas; files also tell how many gave their capacity."""
    columns = {
        "area_code": blocks.ColumnLabel("コード"),
        "area_name": blocks.ColumnLabel("地域"),
    }
    for key in types:
        entry = TYPES[key]
        name = entry.short_label
        columns[f"{key}.facilities"] = blocks.ColumnLabel(name, "か所", 0)
        columns[f"{key}.per_10k_75plus"] = blocks.ColumnLabel(name, "75歳以上1万人対", 2)
        if entry.has_capacity:
            word = "病床" if entry.capacity_unit == "床" else "定員"
            unit = entry.capacity_unit
            columns[f"{key}.capacity"] = blocks.ColumnLabel(f"{name} {word}の合計", unit, 0)
            if for_files:
                known = blocks.ColumnLabel(f"{name} {word}の記入あり", "か所", 0)
                columns[f"{key}.capacity_known"] = known
    columns["age_75_plus"] = blocks.ColumnLabel("75歳以上人口", "人", 0)
    return columns


def draw_table(
    wide: pd.DataFrame,
    types: list[str],
    scope: Scope,
    *,
    spec: dict[str, object] | None,
    source: list[str],
) -> None:
    """Draw the table of areas, larger ones first, with its files."""
    title = f"{scope.parent_name}の資源　{level_label(scope.level)}別"
    st.subheader(title, anchor=False)
    long_table(wide, columns=table_columns(types), key="resources_table")
    say_unknown_capacity(wide, types, area_code=scope.own_code or scope.parent_code)
    blocks.downloads(
        wide,
        columns=table_columns(types, for_files=True),
        stem=f"resources_{scope.parent_code}_{scope.level}",
        title=title,
        source=source,
        figure=spec,
    )


def say_unknown_capacity(wide: pd.DataFrame, types: list[str], *, area_code: str) -> None:
    """Say of how many facilities of the area the sums of capacity know nothing."""
    lines = []
    wide = wide[wide["area_code"] == area_code]
    for key in types:
        known = wide.dropna(subset=[f"{key}.facilities", f"{key}.capacity_known"])
        if known.empty or not TYPES[key].has_capacity:
            continue
        row = known.iloc[0]
        gaps = int(row[f"{key}.facilities"] - row[f"{key}.capacity_known"])
        if gaps > 0:
            word = "病床" if TYPES[key].capacity_unit == "床" else "定員"
            lines.append(
                f"{TYPES[key].short_label}の{word}の合計は、記入のない{gaps:,}か所"
                f"（{row['area_name']}）を含みません。"
            )
    blocks.notes(lines)


LIST_COLUMNS = {
    "facility_id": blocks.ColumnLabel("番号"),
    "type_label": blocks.ColumnLabel("種類"),
    "name": blocks.ColumnLabel("名称"),
    "area_code": blocks.ColumnLabel("コード"),
    "area_name": blocks.ColumnLabel("市区町村"),
    "address": blocks.ColumnLabel("住所"),
    "capacity": blocks.ColumnLabel("定員・病床", "", 0),
    "lon": blocks.ColumnLabel("経度", "", 5),
    "lat": blocks.ColumnLabel("緯度", "", 5),
    "quality_label": blocks.ColumnLabel("位置"),
    "source_title": blocks.ColumnLabel("出典"),
    "vintage": blocks.ColumnLabel("時点"),
    "source_ref": blocks.ColumnLabel("出典の行"),
}
QUALITY_LABELS = {
    "exact": "座標あり",
    "out_of_range": "座標が国外か、住所の市区町村から離れている",
    "missing": "座標なし",
    "area_only": "市区町村のみ",
}


def draw_list(scope: Scope, types: tuple[str, ...], source: list[str]) -> None:
    """Draw the list of facilities of the area in view, with its files."""
    code = scope.own_code or scope.parent_code
    if code == NATION:
        blocks.notes(["施設の一覧は、都道府県や市区町村を選ぶと表示・保存できます。"])
        return
    if not st.toggle("施設の一覧を表示・保存する", key="show_facilities"):
        return
    frame = ask(facility_list, area_code=code, facility_types=types)
    frame["type_label"] = frame["facility_type"].map(lambda key: TYPES[key].label)
    frame["quality_label"] = frame["location_quality"].map(QUALITY_LABELS)
    blocks.table(frame, columns=LIST_COLUMNS, key="facility_list", height=420)
    blocks.downloads(
        frame,
        columns=LIST_COLUMNS,
        stem=f"facilities_{code}",
        title="施設・事業所の一覧",
        source=source,
    )


def say_denominator(denominator: Denominator | None) -> None:
    """Name the denominator, and for how many areas it is missing."""
    if denominator is None:
        blocks.notes(["75歳以上人口のデータがないため、人口あたりは計算していません。"])
        return
    lines = [
        f"人口あたりの分母は{denominator.full_label}。一覧のすべての地域で同じ資料を使います。"
    ]
    if denominator.covered < denominator.asked:
        lines.append(
            f"分母があるのは{denominator.asked}地域のうち{denominator.covered}地域です。"
            "ない地域は人口あたりを計算しません。"
        )
    blocks.notes(lines)
