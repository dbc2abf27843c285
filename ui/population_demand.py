"""The demand view of the population page: certified persons, home visits, weighted indexes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.demand import certified_by_age
from analytics.demand_bands import band_words
from analytics.demand_rates import certified_rates
from analytics.demand_sentence import MECHANICAL, certified_sentence
from analytics.sources import sources_of
from charts.demand_bars import demand_bars
from data.catalogue import load_catalogue
from data.catalogue.demand_rates import load_demand_rates
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
from ui.demand_figures import reckoned
from ui.population_choice import Choice
from ui.population_demand_beside import certified_beside
from ui.population_demand_gaps import gaps
from ui.population_files import years_table
from ui.population_homevisit import homevisit, homevisit_table
from ui.population_indexes import indexes
from ui.population_reasons import nothing_for
from ui.rates_editor import Rates, chosen_rates, notes_on, rate_sources, rates_editor
from ui.selection import Area
from ui.store import ask, served

COLUMNS = {
    "area_code": ColumnLabel("コード"),
    "area_name": ColumnLabel("地域"),
    "year": ColumnLabel("年"),
    "age_class": ColumnLabel("年齢"),
    "persons": ColumnLabel("人口", "人", 0),
    "percent": ColumnLabel("認定率", "%", 1),
    "certified": ColumnLabel("認定者（推計）", "人", 0),
}


@dataclass(frozen=True)
class Picture:
    """A figure made once for all viewers, with its words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    frame: pd.DataFrame
    is_empty: bool


@st.fragment
def draw(area: Area, choice: Choice) -> None:
    """Draw what demand follows from the projection, and say what is fixed in it."""
    if not has_projection(choice):
        homevisit(area)
        homevisit_table(area)
        gaps(area)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rates = chosen_rates(area)
    rates_editor(area, rates)
    left, right = st.columns(2, gap="large")
    with left:
        drawn = _certified(area, choice, rates)
    with right:
        homevisit(area)
    if drawn is not None:
        _figures(area, choice, rates, drawn)
    certified_beside(area, choice, rates)
    homevisit_table(area)
    indexes(area, choice)
    gaps(area)
    definition("計算のしかたと出典", method())


def has_projection(choice: Choice) -> bool:
    """Tell whether the edition looks ahead, and say so in words where it does not."""
    if load_catalogue().editions[choice.edition].has_projection:
        return True
    empty(
        f"{choice.edition_name}には将来の値がないため、見込みを計算できません。",
        "「推計・統計の版」で将来推計人口の版を選ぶと表示されます。",
    )
    return False


def draw_without(area: Area) -> None:
    """Draw what needs no projection, for an area that no projection has."""
    nothing_for(area)
    homevisit(area)
    homevisit_table(area)
    gaps(area)


def _certified(area: Area, choice: Choice, rates: Rates) -> Picture | None:
    """Draw the certified persons of every year by age class."""
    picture = _picture(served(), area, choice, rates)
    st.subheader(picture.title, anchor=False)
    if picture.is_empty:
        empty(picture.sentence, lacking(area, choice))
        return None
    notes([f"{MECHANICAL}。{notes_on(area, rates)[0]}"])
    figure(picture.spec, alt=f"{picture.title}。{picture.sentence}", key=f"certified_{area.code}")
    statement(picture.sentence)
    notes([*notes_on(area, rates)[1:], *_counted_now(served(), area)])
    return picture


@lru_cache(maxsize=512)
def _picture(store_key: str, area: Area, choice: Choice, rates: Rates) -> Picture:
    found = reckoned(area, choice, rates)
    wide = found[found["area_code"] == area.code]
    long = certified_by_age(wide, bands=rates.bands)
    projected = long.loc[long["is_projection"].astype("bool"), "year"]
    spec = demand_bars(
        long.rename(columns={"certified": "value"}).assign(note=_steps(long)),
        classes=[band_words(band) for band in rates.bands],
        x_title="年（10月1日）",
        y_title="要介護・要支援認定者",
        unit="人",
        projected_from=None if projected.empty else int(projected.min()),
        marks=("実績人口", "推計人口"),
    )
    sentence = certified_sentence(wide, area_code=area.code, edition_name=choice.edition_name,
                                  rates=rates.said)  # fmt: skip
    title = f"{area.name}の要介護・要支援認定者（65歳以上）の見込み　{choice.edition_short}"
    return Picture(spec, title, sentence, long, bool(long["certified"].isna().all()))


def _steps(long: pd.DataFrame) -> list[str]:
    """Return how each figure is reckoned: persons times rate."""
    return [
        "" if pd.isna(persons) or pd.isna(percent) else f"{persons:,.0f}人×{percent:.1f}%"
        for persons, percent in zip(long["persons"], long["percent"], strict=True)
    ]


def lacking(area: Area, choice: Choice) -> str:
    """Say why an edition gives no demand for the area."""
    return (
        f"{choice.edition_name}には、{area.name}の年齢5歳階級別の人口が読み込まれていません。"
        "版を選び直すか、男女・年齢階級別の推計結果のファイルを読み込むと計算できます。"
    )


@lru_cache(maxsize=4_000)
def _counted_now(store_key: str, area: Area) -> tuple[str, ...]:
    """Say how many are certified by the report, to set beside the reckoned ones."""
    found = ask(certified_rates, area_codes=(area.code,))
    known = found[found["how"].isin(["own", "sum"])]
    if known.empty:
        return ()
    row = known.iloc[0]
    counted = row["certified_65_74"] + row["certified_75_84"] + row["certified_85_plus"]
    year = str(row["period"]).removeprefix("FY")
    return (f"{year}年度末の実際の認定者（65歳以上）：{counted:,.0f}人（介護保険事業状況報告）",)


def _figures(area: Area, choice: Choice, rates: Rates, picture: Picture) -> None:
    """Print the figures of the certified persons and keep their files in reach."""
    st.subheader(f"数値：{picture.title}", anchor=False)
    years_table(picture.frame, columns=COLUMNS, key=f"table_certified_{area.code}")
    source = [*ask(sources_of, subject=f"population:{choice.edition}"), *rate_sources(rates)]
    written = [*source, f"版：{choice.edition_name}", MECHANICAL]
    downloads(
        lambda: picture.frame.assign(rates=rates.said, edition=choice.edition_name),
        columns={**COLUMNS, "rates": ColumnLabel("使った認定率"),
                 "edition": ColumnLabel("推計・統計の版")},
        stem=f"certified_{area.code}",
        title=picture.title,
        source=written,
        figure=picture.spec,
    )  # fmt: skip
    source_line(source)


def method() -> str:
    """Return how demand is reckoned, with the source of every published rate and weight."""
    known = load_demand_rates()
    published = [f"{entry.label}：{entry.citation}。{entry.note}（{entry.url}）"
                 for entry in (*known.rates.values(), *known.weights.values())]  # fmt: skip
    own = (
        "この地域・都道府県・全国の認定率：介護保険事業状況報告（年報）の年齢別の第1号認定者数÷"
        "第1号被保険者数。圏域は構成市町村の合計から計算し、率の平均はしない。"
        "3区分のため、85歳以上の中で90歳以上の割合が増える分は入らない。"
    )
    certified = (
        "認定者数＝Σ（年齢階級別の将来人口×認定率）。認定率は将来も変わらないとする。"
        "介護予防や制度の変化は入らない。第2号被保険者（40～64歳）は含まない。"
    )
    return "\n".join([f"【{MECHANICAL}】", certified, own, *published])
