"""The workforce view of the population page: people of working age for each who needs care."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.demand_sentence import MECHANICAL, workforce_sentence
from analytics.population import years_of
from analytics.sources import sources_of
from analytics.workforce import with_workforce
from charts.line import line
from ui.blocks import (
    ColumnLabel,
    definition,
    downloads,
    empty,
    figure,
    notes,
    source_line,
    statement,
)
from ui.demand_figures import compared, reckoned
from ui.population_choice import GROUP_MARK, Choice
from ui.population_demand import has_projection, lacking, method
from ui.population_files import shown_codes, years_table
from ui.population_outlook import series_names
from ui.population_workers_map import Asked, workers_map, workers_parts_table
from ui.rates_editor import chosen_rates, notes_on, rate_sources, rates_editor
from ui.selection import NATION, Area, choose, follow_move
from ui.store import ask, served

PER_NAMES = {"certified": "認定者1人あたり", "75plus": "75歳以上1人あたり"}
COLUMNS = {
    "area_code": ColumnLabel("コード"),
    "area_name": ColumnLabel("地域"),
    "year": ColumnLabel("年"),
    "age_20_64": ColumnLabel("20～64歳", "人", 0),
    "age_75_plus": ColumnLabel("75歳以上", "人", 0),
    "certified": ColumnLabel("認定者（推計）", "人", 0),
}
DEFINITION = (
    "支え手の人数＝20～64歳人口÷認定者（推計）または75歳以上人口。20～64歳は年齢区分であり、"
    "働いている人や介護の仕事をする人の数ではない。"
)


@dataclass(frozen=True)
class Course:
    """Lines over years made once for all viewers: figure, words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    frame: pd.DataFrame
    is_empty: bool


@st.fragment
def draw(area: Area, choice: Choice) -> None:
    """Draw the workforce of the area beside prefecture and nation, and of its parts on a map."""
    follow_move()
    if not has_projection(choice):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        per = choose("何に対する支え手か", PER_NAMES, param="per", default="certified",
                     kind="segmented")  # fmt: skip
        rates = chosen_rates(area)
    if per == "certified":
        rates_editor(area, rates)
    asked = Asked(choice, rates, per)
    left, right = st.columns(2, gap="large")
    with left:
        course = _lines(area, asked)
    with right:
        seen = workers_map(area, asked) if course is not None else None
    if course is not None:
        _figures(area, asked, course)
    if seen is not None:
        workers_parts_table(asked, seen, columns=columns_of(asked), source=sources(asked))
    definition("計算のしかたと出典", f"{DEFINITION}\n{method()}")


def columns_of(asked: Asked) -> dict[str, ColumnLabel]:
    """Return the columns of the tables: the value beside what it is divided from."""
    columns = {**COLUMNS, "value": ColumnLabel(asked.name, "人", 2)}
    if asked.per == "75plus":
        del columns["certified"]
    return columns


def sources(asked: Asked) -> list[str]:
    """Return the sources of the figures: the edition, and the rates where they are used."""
    found = list(ask(sources_of, subject=f"population:{asked.choice.edition}"))
    return [*found, *(rate_sources(asked.rates) if asked.per == "certified" else [])]


def _lines(area: Area, asked: Asked) -> Course | None:
    """Draw the area beside prefecture and nation over the years."""
    course = _course(served(), area, asked)
    st.subheader(course.title, anchor=False)
    if course.is_empty:
        empty(course.sentence, lacking(area, asked.choice))
        return None
    figure(course.spec, alt=f"{course.title}。{course.sentence}", key=f"workers_{area.code}")
    statement(course.sentence)
    if asked.per == "certified":
        each = "認定率は、それぞれの地域自身のものです。" if asked.rates.key == "own" else ""
        notes([f"{MECHANICAL}。{each}", *notes_on(area, asked.rates)])
    return course


@lru_cache(maxsize=1_000)
def _course(store_key: str, area: Area, asked: Asked) -> Course:
    frame = with_workforce(reckoned(area, asked.choice, asked.rates), per=asked.per)
    frame = frame[frame.groupby("area_code")["value"].transform("count") > 0]
    named, choice = series_names(frame), asked.choice
    codes = compared(area, choice)
    if choice.group is not None:
        codes = (*codes, GROUP_MARK + choice.group.key)
    names = {code: named[code] for code in codes if code in named}
    sentence = workforce_sentence(
        frame.assign(area_name=frame["area_code"].map(names)), area_code=area.code,
        references=[code for code in names if code != area.code], per=asked.per,
        edition_name=choice.edition_name, rates=asked.rates.said,
    )  # fmt: skip
    larger = [name for code, name in names.items() if code in (area.prefecture_code, NATION)
              and code not in (area.code, *choice.others)]  # fmt: skip
    projected = frame.loc[frame["is_projection"].astype("bool"), "year"]
    spec = line(
        frame.assign(series=frame["area_code"].map(names)),
        series_order=list(names.values()),
        x_title="年（10月1日）",
        y_title=asked.name,
        unit="人",
        decimals=1,
        projected_from=None if projected.empty else int(projected.min()),
        own=names.get(area.code),
        references=larger,
    )
    who = f"{area.name}と並べた地域" if choice.others or choice.group else area.name
    title = f"{who}の{asked.name}（{_span(choice.edition)}）"
    is_empty = bool(frame.loc[frame["area_code"] == area.code, "value"].isna().all())
    title = f"{title}　{choice.edition_short}"
    return Course(spec, title, sentence, shown_codes(frame), is_empty)


def _span(edition: str) -> str:
    years = ask(years_of, edition=edition)
    return f"{years[0]}～{years[-1]}年"


def _figures(area: Area, asked: Asked, course: Course) -> None:
    """Print the figures behind the lines and keep their files in reach."""
    columns = columns_of(asked)
    st.subheader(f"数値：{course.title}", anchor=False)
    years_table(course.frame, columns=columns, key=f"table_workers_{area.code}")
    edition = asked.choice.edition_name
    downloads(
        lambda: course.frame.assign(rates=asked.rates.said, edition=edition),
        columns={**columns, "rates": ColumnLabel("使った認定率"),
                 "edition": ColumnLabel("推計・統計の版")},
        stem=f"workers_{area.code}",
        title=course.title,
        source=[*sources(asked), f"版：{edition}", MECHANICAL],
        figure=course.spec,
    )  # fmt: skip
    source_line(sources(asked))
