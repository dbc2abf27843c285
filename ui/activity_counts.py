"""How many items are carried out: as map, ranking and distribution."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.activities_groups import WITHOUT_GROUP
from analytics.activities_members import SIZE
from analytics.activities_table import framework_columns, implemented_word, item_labels
from analytics.geometry import is_drawable
from analytics.items_done import (
    NO_ANSWER,
    distribution,
    items_done,
    items_done_by_group,
    items_done_sentence,
)
from charts.choropleth import choropleth
from charts.count_columns import count_columns
from charts.ranking import ranking
from ui import blocks
from ui import survey_columns as columns
from ui.activity_choice import FORM, Chosen
from ui.activity_parts import Picture, Table
from ui.activity_units import MUNICIPALITY, choose_unit, unit_label
from ui.blocks import ColumnLabel
from ui.selection import choose
from ui.store import ask, geo_url, served
from ui.survey_parts import opened_table, sources

ORDERS = {"code": "団体コード順", "value": "項目数の多い順"}
MOST_BARS = 120
_COLUMNS = {
    **columns.FRAMEWORK_AND_YEAR,
    "area_code": ColumnLabel("コード"),
    "area_name": ColumnLabel("地域"),
    "value": ColumnLabel("実施・ありの項目数（1市町村平均）", "項目", 1),
    "done_items": ColumnLabel("実施・ありの項目数の計", "項目", 0),
    "answering": ColumnLabel("回答した市町村", "市町村", 0),
    "expected": ColumnLabel("対象", "市町村", 0),
}
_MEAN = (
    "項目数＝実施・ありと答えた項目の数。市町村より大きい区分では、項目数の計÷回答した市町村数です。"
    "一部の項目だけに答えた市町村は、答えた項目だけを数えます。未回答は実施していないことを意味しません。"
)


def draw(chosen: Chosen) -> None:
    """Draw map, sentence, ranking, distribution and the table."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = choose_unit(chosen, with_municipalities=True)
        order = choose("並べ方", ORDERS, param="order", default="code", kind="segmented")
    made = _picture(served(), chosen, unit, order)
    table = made.table
    st.subheader(table.title, anchor=False)
    spec = _map(served(), chosen, unit)
    if spec is not None:
        blocks.figure(spec, alt=made.sentence, key="count_map")
    blocks.statement(made.sentence)
    if len(table.frame) <= MOST_BARS:
        alt = f"{table.title}の棒グラフ。値は下の表にあります。"
        blocks.figure(made.figure, alt=alt, key="count_bars")
    else:
        blocks.notes(["区分が多いため、棒は示しません。表にはすべてあります。"])
    _draw_distribution(chosen)
    opened_table(f"{table.title}の表", table.frame, columns=table.columns, key="counts_table")
    blocks.downloads(
        table.frame,
        columns=table.columns,
        stem=table.stem,
        title=table.title,
        source=sources(FORM, chosen.fiscal_year),
        figure=spec or made.figure,
    )
    blocks.definition("項目数の数え方", _MEAN)


def _draw_distribution(chosen: Chosen) -> None:
    st.subheader(f"項目数ごとの市町村数（{chosen.year_label}）", anchor=False)
    alt = f"{chosen.region.name}の市町村を、実施・ありの項目数ごとに数えた棒グラフ。"
    blocks.figure(_spread(served(), chosen), alt=alt, key="count_spread")
    counts = _counts(chosen)
    silent = int(counts["done_items"].isna().sum())
    notes = [f"回答のない{silent:,}市町村は、棒に入れていません。"] if silent else []
    blocks.notes(notes)


def _counts(chosen: Chosen) -> pd.DataFrame:
    found: pd.DataFrame = ask(
        items_done,
        area_code=chosen.region.code,
        framework=chosen.framework,
        fiscal_year=chosen.fiscal_year,
    )
    return found


@lru_cache(maxsize=128)
def _spread(store_key: str, chosen: Chosen) -> dict[str, Any]:
    counts = _counts(chosen)
    frame = distribution(counts, items=len(item_labels(chosen.framework)))
    own = counts.loc[counts["area_code"] == chosen.region.own_area, "done_items"].dropna()
    return count_columns(
        frame.assign(step=frame["items"].astype(str), count=frame["municipalities"]),
        axis_title="実施・ありの項目数",
        count_title="市町村数",
        own=str(own.iloc[0]) if len(own) else None,
    )


@lru_cache(maxsize=256)
def _rows(store_key: str, chosen: Chosen, unit: str) -> pd.DataFrame:
    """Return area_code, area_name, value and its parts of each area of the unit."""
    if unit == MUNICIPALITY:
        counts = _counts(chosen)
        answering = counts["done_items"].notna().astype(int)
        return counts.assign(
            value=counts["done_items"].astype("Float64").astype(float),
            answering=answering,
            expected=1,
        )
    found: pd.DataFrame = ask(
        items_done_by_group,
        area_code=chosen.region.code,
        framework=chosen.framework,
        fiscal_year=chosen.fiscal_year,
        unit=unit,
    )
    return found


@lru_cache(maxsize=256)
def _picture(store_key: str, chosen: Chosen, unit: str, order: str) -> Picture:
    framework, counts = chosen.framework, _counts(chosen)
    rows = _rows(store_key, chosen, unit)
    ordered = rows.sort_values("value", ascending=False, kind="stable") if order == "value" else (
        rows)  # fmt: skip
    done = counts["done_items"].dropna().astype(int)
    mean = float(done.sum() / len(done)) if len(done) else None
    word = implemented_word(framework)
    title = f"{chosen.region.name}の{unit_label(unit)}別：{word}の項目数（{chosen.year_label}）"
    return Picture(
        table=Table(
            title=title,
            stem=f"activities_items_{unit}_{chosen.region.code}_{chosen.fiscal_year}",
            frame=ordered.assign(**framework_columns(framework, chosen.fiscal_year)),
            columns=_COLUMNS,
        ),
        figure=ranking(
            ordered.assign(lower_ci=None, upper_ci=None, status_label=NO_ANSWER),
            title=f"{word}の項目数",
            unit="項目",
            decimals=0 if unit == MUNICIPALITY else 1,
            own_code=chosen.region.own_area,
            benchmark_decimals=1,
            benchmarks=[] if mean is None else [(f"{chosen.region.name}の平均", mean)],
        ),
        sentence=items_done_sentence(
            counts,
            area_name=chosen.region.name,
            year_label=chosen.year_label,
            items=len(item_labels(framework)),
            word=word,
        ),
    )


@lru_cache(maxsize=128)
def _map(store_key: str, chosen: Chosen, unit: str) -> dict[str, Any] | None:
    """Return the map of the areas of the unit, None where there are no polygons of them."""
    parent = chosen.region.code
    if unit == SIZE or not ask(is_drawable, level=unit, parent=parent):
        return None
    items = len(item_labels(chosen.framework))
    rows = _rows(store_key, chosen, unit)
    shown = rows[rows["area_name"] != WITHOUT_GROUP]
    word = implemented_word(chosen.framework)
    return choropleth(
        topology_url=geo_url(unit, parent),
        values=shown.assign(label=NO_ANSWER)[["area_code", "value", "label"]],
        breaks=fixed_breaks(items),
        title=f"{word}の項目数",
        unit="項目",
        legend_title=f"{word}の項目数",
        no_data_label=NO_ANSWER,
        selected=chosen.region.own_area,
        decimals=0 if unit == MUNICIPALITY else 1,
    )


def fixed_breaks(items: int) -> list[float]:
    """Return the upper ends of the classes, the same in every year: quarters, and all but one."""
    return [float(round(items * part)) for part in (0.25, 0.5, 0.75)] + [float(items - 1)]
