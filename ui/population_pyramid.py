"""Population pyramid of an area: all years in one figure, the base year as outline."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.population_parts import first_projected
from analytics.population_pyramid import (
    ages_lacking_sentence,
    editions_with_ages,
    pyramid_bands,
    pyramid_sentence,
    shares,
)
from charts.pyramid import pyramid
from data.catalogue import load_catalogue
from ui.blocks import ColumnLabel, definition, empty, figure, notes, statement
from ui.labels import edition_label
from ui.population_choice import Choice
from ui.population_files import table_and_files
from ui.population_years import choose_base, choose_year
from ui.selection import Area, choose
from ui.store import ask, served

UNITS = {"persons": ("人", 0), "share": ("%", 2)}
_HOW = (
    "男を左、女を右に、年齢5歳階級ごとに並べた図。左右とすべての年で同じ目盛り。"
    "色の濃い順に75歳以上、65～74歳、65歳未満。枠線は選んだ年の人数。"
    "割合は、その年の男女・全年齢の合計に対するもの。"
    "資料にない広い地域は、すべての市区町村の値がそろうときだけ足し上げる。"
)


@dataclass(frozen=True)
class Pyramid:
    """A pyramid made once for all viewers: figure, words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    frame: pd.DataFrame


@st.fragment
def draw(area: Area, choice: Choice) -> None:
    """Draw the pyramid of the year chosen, which plays in the browser, then its figures."""
    bands = ask(pyramid_bands, area_code=area.code, edition=choice.edition)
    if bands.empty:
        _say_why(choice)
        return
    years = tuple(sorted({int(year) for year in bands["year"]}))
    title = st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        scale = choose("目盛り", {"persons": "人数", "share": "割合"}, param="scale",
                       default="persons", kind="segmented")  # fmt: skip
        base = choose_base(years, choice, label="枠線の年")
        year = choose_year(years, choice)
    made = _made(served(), area, choice.edition, scale, base, year)
    title.subheader(made.title, anchor=False)
    figure(made.spec, alt=f"{made.title}。{made.sentence}", key=f"pyramid_{area.code}")
    statement(made.sentence)
    notes(
        ["図の下のスライダーと「再生」で年を送れます。文章・表・保存する図は、上で選んだ年です。"]
    )
    unit, decimals = UNITS[scale]
    columns = {
        "year": ColumnLabel("年"),
        "age_label": ColumnLabel("年齢（歳）"),
        "male": ColumnLabel("男", unit, decimals),
        "female": ColumnLabel("女", unit, decimals),
    }
    table_and_files(made.frame, choice=choice, title=made.title, columns=columns,
                    stem=f"pyramid_{area.code}_{year}", figure=made.spec)  # fmt: skip
    definition("人口ピラミッドの説明", _HOW)


def _say_why(choice: Choice) -> None:
    others = tuple(edition_label(key) for key in ask(editions_with_ages) if key != choice.edition)
    reason = ages_lacking_sentence(edition_name=choice.edition_name, others=others)
    explanation = load_catalogue().editions[choice.edition].explanation
    empty("この版では、人口ピラミッドを描けません。", f"{reason}\n{explanation}")


@lru_cache(maxsize=512)
def _made(
    store_key: str, area: Area, edition: str, scale: str, base_year: int, year: int
) -> Pyramid:
    bands = ask(pyramid_bands, area_code=area.code, edition=edition)
    frame = shares(bands) if scale == "share" else bands
    unit, decimals = UNITS[scale]
    sentence = pyramid_sentence(frame, area_name=area.name, year=year, base_year=base_year,
                                unit=unit, edition_name=edition_label(edition))  # fmt: skip
    spec = pyramid(frame, shown_year=year, base_year=base_year, unit=unit, decimals=decimals,
                   projected_from=first_projected(frame))  # fmt: skip
    title = (
        f"{area.name}：{year}年の人口ピラミッド（枠線は{base_year}年）　{edition_label(edition)}"
    )
    return Pyramid(spec, title, sentence, frame)
