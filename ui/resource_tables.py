"""The table of areas below the resource map, in step with types, conditions and name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.denominators import Denominator, denominator_of
from analytics.narrowed_counts import distinct_facilities
from analytics.resources import counts_in_view, types_in_view, wide_counts
from analytics.scope import Scope
from data.catalogue import load_catalogue
from ui import blocks
from ui.facility_words import capacity_word
from ui.labels import level_label
from ui.parts import long_table
from ui.resource_choice import ResourceChoice
from ui.resource_conditions import conditions_in_words
from ui.resource_list import draw_list, draw_unlocated
from ui.store import ask, served

TYPES = load_catalogue().facility_types
DISTINCT = "distinct.facilities"


@dataclass(frozen=True)
class AreaTable:
    """One row per area, larger ones first, and what of it is known."""

    wide: pd.DataFrame
    covered: frozenset[str]
    denominator: Denominator | None
    unknown: tuple[str, ...]  # of how many facilities the sums of capacity know nothing


@lru_cache(maxsize=64)
def area_table(store_key: str, scope: Scope, choice: ResourceChoice) -> AreaTable:
    """Return the counts of the chosen types that meet the conditions, for all areas in view."""
    denominator = ask(denominator_of, scope=scope)
    counts = ask(
        counts_in_view,
        scope=scope,
        facility_types=choice.types,
        denominator=denominator,
        filters=choice.filters,
        search=choice.search,
    )
    wide = wide_counts(counts, facility_types=choice.types)
    known = wide[[f"{key}.facilities" for key in choice.types]].notna().any(axis=1)
    wide = wide[known | wide["area_code"].isin(counts.loc[counts["is_part"], "area_code"])]
    if len(choice.types) > 1:
        distinct = ask(
            distinct_facilities,
            area_codes=tuple(wide["area_code"]),
            facility_types=choice.types,
            filters=choice.filters,
            search=choice.search,
        )
        wide = wide.assign(**{DISTINCT: wide["area_code"].map(distinct).astype("Int64")})
    return AreaTable(
        wide=wide,
        covered=frozenset(ask(types_in_view, scope=scope)) & frozenset(choice.types),
        denominator=denominator,
        unknown=unknown_capacity(wide, choice.types, area_code=scope.own_code or scope.parent_code),
    )


def draw_tables(scope: Scope, choice: ResourceChoice, *, source: list[str]) -> None:
    """Draw all that stands below the map: gaps, conditions, table, lists, denominator."""
    made = area_table(served(), scope, choice)
    say_what_is_missing(choice.types, made.covered)
    say_conditions(made, scope, choice)
    draw_table(made, choice, scope, source=source)
    draw_list(scope, choice, source)
    draw_unlocated(scope, choice, source)
    say_denominator(made.denominator)


def say_what_is_missing(types: Sequence[str], counted: frozenset[str]) -> None:
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


def say_conditions(made: AreaTable, scope: Scope, choice: ResourceChoice) -> None:
    """Say of which types and of how many facilities nobody can tell whether they meet."""
    if not choice.is_narrowed:
        return
    own = made.wide[made.wide["area_code"] == (scope.own_code or scope.parent_code)]
    lines = []
    for key in choice.types:
        gaps = int(own[f"{key}.not_stated"].fillna(0).sum())
        place = f"{TYPES[key].label}：{own['area_name'].iloc[0]}の" if gaps else ""
        if gaps and own[f"{key}.facilities"].isna().all():
            lines.append(
                f"{place}どの施設の資料にも条件の項目の記載がないため、データなしです"
                "（0か所ではありません）。"
            )
        elif gaps:
            lines.append(
                f"{place}{gaps:,}か所は、条件の項目の記載がなく、"
                "合うとも合わないとも数えていません。"
            )
    blocks.notes(lines)


def table_columns(
    choice: ResourceChoice, *, for_files: bool = False
) -> dict[str, blocks.ColumnLabel]:
    """Return the labels of the table of areas; files also tell how many gave their capacity."""
    columns = {
        "area_code": blocks.ColumnLabel("コード"),
        "area_name": blocks.ColumnLabel("地域"),
    }
    for key in choice.types:
        entry = TYPES[key]
        name = entry.short_label
        columns[f"{key}.facilities"] = blocks.ColumnLabel(name, "か所", 0)
        columns[f"{key}.per_10k_75plus"] = blocks.ColumnLabel(name, "75歳以上1万人対", 2)
        if choice.filters:
            columns[f"{key}.not_stated"] = blocks.ColumnLabel(f"{name} 条件の記載なし", "か所", 0)
        if entry.has_capacity:
            label = f"{name} {capacity_word(entry)}の"
            columns[f"{key}.capacity"] = blocks.ColumnLabel(f"{label}合計", entry.capacity_unit, 0)
            if for_files:
                columns[f"{key}.capacity_known"] = blocks.ColumnLabel(f"{label}記入あり", "か所", 0)
    columns[DISTINCT] = blocks.ColumnLabel("いずれかの種類の施設の実数", "か所", 0)
    columns["age_75_plus"] = blocks.ColumnLabel("75歳以上人口", "人", 0)
    return columns


def draw_table(made: AreaTable, choice: ResourceChoice, scope: Scope, *, source: list[str]) -> None:
    """Draw the table of areas, larger ones first, with its files."""
    title = f"{scope.parent_name}の資源　{level_label(scope.level)}別"
    if choice.is_narrowed:
        title += f"（{conditions_in_words(choice.filters, choice.search, choice.types)}）"
    st.subheader(blocks.plain(title), anchor=False)
    long_table(made.wide, columns=table_columns(choice), key="resources_table")
    blocks.notes(made.unknown)
    if DISTINCT in made.wide:
        blocks.notes(
            [
                "「実数」は、同じ事業所番号を1か所と数えたものです。番号の付け方が異なる資料"
                "（医療情報ネット・届出名簿・介護サービス情報）の間では突き合わせていません。"
            ]
        )
    blocks.downloads(
        made.wide,
        columns=table_columns(choice, for_files=True),
        stem=f"resources_{scope.parent_code}_{scope.level}",
        title=title,
        source=source,
    )


def unknown_capacity(
    wide: pd.DataFrame, types: Sequence[str], *, area_code: str
) -> tuple[str, ...]:
    """Return of how many facilities of the area the sums of capacity know nothing."""
    lines = []
    wide = wide[wide["area_code"] == area_code]
    for key in types:
        known = wide.dropna(subset=[f"{key}.facilities", f"{key}.capacity_known"])
        if known.empty or not TYPES[key].has_capacity:
            continue
        row = known.iloc[0]
        gaps = int(row[f"{key}.facilities"] - row[f"{key}.capacity_known"])
        if gaps > 0:
            lines.append(
                f"{TYPES[key].short_label}の{capacity_word(TYPES[key])}の合計は、"
                f"記入のない{gaps:,}か所（{row['area_name']}）を含みません。"
            )
    return tuple(lines)


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
