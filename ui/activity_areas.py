"""Rates of the items by prefecture, medical area, health centre or size band, of a year or all."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.activities_groups import WITHOUT_GROUP, group_rates
from analytics.activities_members import SIZE, group_members, size_basis
from analytics.activities_table import implemented_word, item_labels, labelled_rates
from analytics.activities_views import rates_view
from analytics.group_rates_sentence import SMALL, by_item_sentence, by_year_sentence
from charts.rate_matrix import rate_matrix
from data.era import fiscal_year_label, short_era
from ui import blocks
from ui import survey_columns as columns
from ui.activity_choice import Chosen
from ui.activity_parts import Picture, Table, show_picture
from ui.activity_units import choose_unit, unit_label
from ui.selection import choose
from ui.store import ask, served

ACROSS = {"item": "項目を並べる", "year": "年度を並べる"}
MOST_ROWS = 120


def draw(chosen: Chosen) -> None:
    """Draw the rates by group, all items of the year or all years of an item."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = choose_unit(chosen)
        across = choose("横", ACROSS, param="cols", default="item", kind="segmented")
        items = item_labels(chosen.framework)
        item = choose("項目", items, param="item", default=next(iter(items))) if (
            across == "year") else ""  # fmt: skip
    made = _picture(served(), chosen, unit, item)
    if made is None:
        blocks.empty(
            f"{chosen.region.name}には、{unit_label(unit)}の区分がありません。",
            "別の区分を選ぶか、区域の資料を読み込んでください。",
        )
        return
    if len(made.figure["data"]["values"]) > MOST_ROWS:
        blocks.notes(["区分が多いため、図は示しません。表にはすべてあります。"])
        blocks.statement(made.sentence)
        blocks.table(made.table.frame, columns=made.table.columns, key="areas_table", height=420)
    else:
        show_picture(made, chosen, key="areas")
    blocks.notes(_notes(made.table.frame, unit))


def _notes(frame: pd.DataFrame, unit: str) -> list[str]:
    few = frame[(frame["answering"] < SMALL) & (frame["answering"] > 0)]["area_name"].nunique()
    lines = [f"回答が{SMALL}市町村に満たない区分が{few}あります。1市町村で割合が大きく動きます。"]
    notes = lines if few else []
    if (frame["area_name"] == WITHOUT_GROUP).any():
        notes += [f"「{WITHOUT_GROUP}」は、合併前の市町村などで、区分の分からないものです。"]
    if unit == SIZE:
        notes += [f"人口規模は{ask(size_basis)}で、どの年度も同じ区分です。"]
    return notes


@lru_cache(maxsize=256)
def _picture(store_key: str, chosen: Chosen, unit: str, item: str) -> Picture | None:
    """Return the matrix of the groups; of all items of the year, or of one item in all years."""
    framework, year = chosen.framework, None if item else chosen.fiscal_year
    found = ask(
        group_rates,
        area_code=chosen.region.code,
        framework=framework,
        unit=unit,
        fiscal_year=year,
        item_key=item or None,
    )
    if found.empty or set(found["area_name"]) == {WITHOUT_GROUP}:
        return None
    frame = _rows(found, chosen, unit, item)
    word, labels = implemented_word(framework), item_labels(framework)
    column = "year_label" if item else "item_short"
    groups = found[found["area_name"] != WITHOUT_GROUP]
    region = chosen.region.name
    opening = f"{region}の「{labels[item]}」は、" if item else f"{region}の{chosen.year_label}は、"
    title = f"{region}の{unit_label(unit)}別の割合"
    return Picture(
        table=Table(
            title=f"{title}：{labels[item]}（全年度）"
            if item
            else f"{title}（{chosen.year_label}）",
            stem=f"activities_by_{unit}_{chosen.region.code}_{item or chosen.fiscal_year}",
            frame=frame,
            columns=_columns(unit),
        ),
        figure=rate_matrix(
            frame.assign(item_label=frame[column]),
            word=word,
            items=_across(chosen, frame, item),
        ),
        sentence=by_year_sentence(groups, opening=opening, word=word)
        if item
        else by_item_sentence(groups, opening=opening, labels=labels, word=word),
    )


def _across(chosen: Chosen, frame: pd.DataFrame, item: str) -> list[str]:
    if not item:
        asked = set(frame["item_short"])
        return [s for s in item_labels(chosen.framework, short=True).values() if s in asked]
    years = chosen.years_of(chosen.framework)
    return [short_era(year) for year in range(years[0], years[-1] + 1)]


def _rows(found: pd.DataFrame, chosen: Chosen, unit: str, item: str) -> pd.DataFrame:
    """Return the region and its groups with labels; the groups of the own area are marked."""
    whole = ask(rates_view, area_code=chosen.region.code, framework=chosen.framework)
    whole = whole[whole["item_key"] == item] if item else (
        whole[whole["fiscal_year"] == chosen.fiscal_year])  # fmt: skip
    whole = whole.assign(area_code=chosen.region.code, area_name=f"{chosen.region.name}（全体）")
    members = ask(group_members, unit=unit, years=(chosen.fiscal_year,))
    own = set(members.loc[members["area_code"] == chosen.area.code, "group_code"])
    groups = labelled_rates(found, framework=chosen.framework)
    marked = groups["area_name"].where(~groups["area_code"].isin(own), "▶ " + groups["area_name"])
    rows: pd.DataFrame = pd.concat([whole, groups.assign(area_name=marked)], ignore_index=True)
    return rows.assign(
        fiscal_year_label=[fiscal_year_label(int(year)) for year in rows["fiscal_year"]]
    )


def _columns(unit: str) -> dict[str, blocks.ColumnLabel]:
    shown = dict(columns.RATES_BY_PREFECTURE)
    shown["area_code"] = blocks.ColumnLabel("区分コード")
    shown["area_name"] = blocks.ColumnLabel(unit_label(unit))
    return shown
