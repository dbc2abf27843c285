"""Every municipality with its answer to every item, or every prefecture with its rates."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.activities_table import (
    framework_columns,
    implemented_word,
    item_labels,
    printed_answers,
    sorted_by_done,
)
from analytics.activities_views import answers_view, prefectures_view
from analytics.items_done import items_done, items_done_sentence
from analytics.modes import mode_labels, municipal_modes
from analytics.start_years import start_years
from analytics.survey_status import category_labels
from charts.rate_matrix import rate_matrix
from charts.status_matrix import status_matrix
from data.era import short_era
from ui import activity_reading, blocks
from ui import survey_columns as columns
from ui.activity_choice import FORM, Chosen
from ui.blocks import ColumnLabel
from ui.selection import choose
from ui.store import ask, served
from ui.survey_parts import Part, matrix, save, sources

ORDERS = {"code": "団体コード順", "done": "実施・ありの項目が多い順"}
SHOWN = {"status": "実施状況", "mode": "実施方法（直営・委託・共同）"}
NO_YEAR = {"not_applicable": "未着手", "later": "不明", "absent": "回答票なし"}


def draw(chosen: Chosen) -> None:
    """Draw the matrix with its table and downloads."""
    place = st.empty()
    if chosen.region.code == "00":
        part = _prefectures(served(), chosen)
        blocks.notes(["都道府県を選ぶと、市町村ごとの回答を示します。"])
    else:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            shown = choose("示すもの", SHOWN, param="show", default="status", kind="segmented")
            order = choose("並べ方", ORDERS, param="order", default="code", kind="segmented")
        part = _municipalities(served(), chosen, order, shown)
    place.subheader(part.title, anchor=False)
    matrix(part, key="answers")
    blocks.statement(_sentence(served(), chosen))
    if chosen.region.code != "00":
        blocks.notes(["名前の右は着手年度です（回答による）。―は着手年度の回答がありません。"])
        activity_reading.draw(chosen)
    save(part, source=sources(FORM, chosen.fiscal_year))


@lru_cache(maxsize=128)
def _sentence(store_key: str, chosen: Chosen) -> str:
    """Say how many items are carried out in the mean, by whom most and by whom fewest."""
    framework, year = chosen.framework, chosen.fiscal_year
    return items_done_sentence(
        ask(items_done, area_code=chosen.region.code, framework=framework, fiscal_year=year),
        area_name=chosen.region.name,
        year_label=chosen.year_label,
        items=len(item_labels(framework)),
        word=implemented_word(framework),
    )


@lru_cache(maxsize=64)
def _prefectures(store_key: str, chosen: Chosen) -> Part:
    """Return the rates of a fiscal year by prefecture and item."""
    framework, year = chosen.framework, chosen.fiscal_year
    frame = ask(
        prefectures_view, area_code=chosen.region.code, framework=framework, fiscal_year=year
    )
    short = frame["item_short"]
    return Part(
        title=f"{chosen.region.name}の都道府県別・項目別の割合（{chosen.year_label}）",
        stem=f"activities_prefectures_{year}",
        figure=rate_matrix(
            frame.assign(item_label=short),
            word=implemented_word(framework),
            items=list(dict.fromkeys(short)),
        ),
        frame=frame,
        columns=columns.RATES_BY_PREFECTURE,
    )


@lru_cache(maxsize=128)
def _municipalities(store_key: str, chosen: Chosen, order: str, shown: str) -> Part:
    """Return the answers of a fiscal year by municipality and item, in the order chosen."""
    framework, year = chosen.framework, chosen.fiscal_year
    asked = {"area_code": chosen.region.code, "fiscal_year": year}
    answers = ask(answers_view, framework=framework, **asked)
    answers = sorted_by_done(answers) if order == "done" else answers
    modes = ask(municipal_modes, framework=framework, **asked)
    starts = ask(start_years, **asked)
    table = _table(answers, modes, starts, framework)
    drawn, labels = (answers, category_labels(framework)) if shown == "status" else (
        _in_order(modes, answers), mode_labels() | category_labels(framework))  # fmt: skip
    short = item_labels("h27r2" if shown == "mode" else framework, short=True)
    items = [name for key, name in short.items() if key in set(drawn["item_key"])]
    return Part(
        title=f"{chosen.region.name}の市町村×項目：{SHOWN[shown]}（{chosen.year_label}）",
        stem=f"activities_{chosen.region.code}_{year}",
        figure=status_matrix(
            drawn.assign(item_label=drawn["item_key"].map(short)),
            labels=labels,
            items=items,
            own_area=chosen.region.own_area,
            notes=_printed_years(starts),
        ),
        frame=table.assign(**framework_columns(framework, year)),
        columns=_columns(framework, table),
    )


def _in_order(modes: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Return the modes with the municipalities in the order of the answers."""
    order = {code: place for place, code in enumerate(dict.fromkeys(answers["area_code"]))}
    return modes.sort_values("area_code", key=lambda codes: codes.map(order), kind="stable")


def _printed_years(starts: pd.DataFrame) -> dict[str, str]:
    """Return by municipality the short start year, ― where there is none."""
    return {
        code: "―" if pd.isna(year) else short_era(int(year))
        for code, year in zip(starts["area_code"], starts["start_year"], strict=True)
    }


def _table(
    answers: pd.DataFrame, modes: pd.DataFrame, starts: pd.DataFrame, framework: str
) -> pd.DataFrame:
    """Return one row per municipality: answers and modes in words, and its start year."""
    words = mode_labels() | category_labels(framework)
    wide = modes.assign(
        item_key="mode_" + modes["item_key"], words=modes["category"].map(words)
    ).pivot(index="area_code", columns="item_key", values="words")
    none = starts["kind"].map(category_labels(framework) | NO_YEAR)
    begun = starts["start_year"].astype("string").fillna(none)
    table = printed_answers(answers, framework=framework).merge(
        pd.DataFrame({"area_code": starts["area_code"], "start_year": begun}), how="left"
    )
    return table.merge(wide.reset_index(), on="area_code", how="left")


def _columns(framework: str, table: pd.DataFrame) -> dict[str, ColumnLabel]:
    short = item_labels("h27r2", short=True)
    modes = {f"mode_{key}": ColumnLabel(f"実施方法 {label}") for key, label in short.items()}
    return {
        **columns.answer_columns(item_labels(framework)),
        "start_year": ColumnLabel("着手年度"),
        **{key: label for key, label in modes.items() if key in table},
    }
