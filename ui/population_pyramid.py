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
    group_bands,
    pyramid_bands,
    pyramid_sentence,
    shares,
)
from charts.pyramid import pyramid
from data.catalogue import load_catalogue
from ui.blocks import ColumnLabel, definition, empty, figure, notes, statement
from ui.labels import edition_label
from ui.population_beside import area_name
from ui.population_choice import Choice, group_name
from ui.population_files import table_and_files
from ui.population_years import PLAY_NOTE, choose_base, choose_year
from ui.selection import Area, choose
from ui.store import ask, served

UNITS = {"persons": ("人", 0), "share": ("%", 2)}
BESIDE_NOTE = (
    "並べたピラミッドの横の目盛りは、地域ごとに違います。「割合」にすると形を比べられます。"
)
_HOW = (
    "男を左、女を右に、年齢5歳階級ごとに並べた図。左右とすべての年で同じ目盛り。"
    "色の濃い順に75歳以上、65～74歳、65歳未満。枠線は選んだ年の人数。"
    "割合は、その年の男女・全年齢の合計に対するもの。"
    "資料にない広い地域は、すべての市区町村の値がそろうときだけ足し上げる。"
)


@dataclass(frozen=True)
class Subject:
    """Of whom a pyramid is: an area, or the members of a group taken together."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What is shown of everybody: the edition, the scale and both years."""

    edition: str
    scale: str
    base_year: int
    year: int


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
    asked = Asked(choice.edition, scale, base, year)
    made = _made(served(), Subject(area.name, (area.code,)), asked)
    title.subheader(made.title, anchor=False)
    figure(made.spec, alt=f"{made.title}。{made.sentence}", key=f"pyramid_{area.code}")
    statement(made.sentence)
    notes([PLAY_NOTE, *([BESIDE_NOTE] if choice.others or choice.group else [])])
    _files(made, choice, asked, stem=f"pyramid_{area.code}_{year}")
    _draw_beside(choice, asked)
    definition("人口ピラミッドの説明", _HOW)


def _draw_beside(choice: Choice, asked: Asked) -> None:
    """Draw the pyramids of the areas and of the group that stand beside the own area."""
    beside = [Subject(area_name(code), (code,)) for code in choice.others]
    if choice.group is not None:
        beside.append(Subject(group_name(choice.group), choice.group.codes))
    for start in range(0, len(beside), 2):
        for place, column in zip(beside[start : start + 2], st.columns(2), strict=False):
            with column:
                _draw_one_beside(place, choice, asked)


def _draw_one_beside(place: Subject, choice: Choice, asked: Asked) -> None:
    if asked.year not in set(_bands(place, asked.edition)["year"]):
        empty(f"{place.name}の男女・年齢5歳階級別の人数は、{choice.edition_name}にありません。",
              "グループは、全員の人数がそろうときだけ足し上げます。"
              if len(place.codes) > 1 else load_catalogue().editions[asked.edition].explanation
              )  # fmt: skip
        return
    made, mark = _made(served(), place, asked), "_".join(place.codes[:2])
    st.subheader(made.title, anchor=False)
    figure(made.spec, alt=f"{made.title}。{made.sentence}", key=f"pyramid_beside_{mark}")
    statement(made.sentence)
    _files(made, choice, asked, stem=f"pyramid_{mark}_{asked.year}_beside")


def _files(made: Pyramid, choice: Choice, asked: Asked, *, stem: str) -> None:
    unit, decimals = UNITS[asked.scale]
    columns = {
        "year": ColumnLabel("年"),
        "age_label": ColumnLabel("年齢（歳）"),
        "male": ColumnLabel("男", unit, decimals),
        "female": ColumnLabel("女", unit, decimals),
    }
    table_and_files(made.frame, choice=choice, title=made.title, columns=columns, stem=stem,
                    figure=made.spec)  # fmt: skip


def _say_why(choice: Choice) -> None:
    others = tuple(edition_label(key) for key in ask(editions_with_ages) if key != choice.edition)
    reason = ages_lacking_sentence(edition_name=choice.edition_name, others=others)
    explanation = load_catalogue().editions[choice.edition].explanation
    empty("この版では、人口ピラミッドを描けません。", f"{reason}\n{explanation}")


def _bands(place: Subject, edition: str) -> pd.DataFrame:
    found: pd.DataFrame = (
        ask(pyramid_bands, area_code=place.codes[0], edition=edition)
        if len(place.codes) == 1
        else ask(group_bands, area_codes=place.codes, edition=edition)
    )
    return found


@lru_cache(maxsize=512)
def _made(store_key: str, place: Subject, asked: Asked) -> Pyramid:
    bands = _bands(place, asked.edition)
    frame = shares(bands) if asked.scale == "share" else bands
    unit, decimals = UNITS[asked.scale]
    year, base_year, edition = asked.year, asked.base_year, edition_label(asked.edition)
    sentence = pyramid_sentence(frame, area_name=place.name, year=year, base_year=base_year,
                                unit=unit, edition_name=edition)  # fmt: skip
    spec = pyramid(frame, shown_year=year, base_year=base_year, unit=unit, decimals=decimals,
                   projected_from=first_projected(frame))  # fmt: skip
    title = f"{place.name}：{year}年の人口ピラミッド（枠線は{base_year}年）　{edition}"
    return Pyramid(spec, title, sentence, frame)
