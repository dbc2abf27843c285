"""Certified persons of the areas and the group that stand beside the own area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.demand import indexed
from analytics.demand_sentence import MECHANICAL, certified_beside_sentence
from analytics.demand_weights import base_year_of
from analytics.population import years_of
from analytics.sources import sources_of
from charts.line import line
from ui.blocks import ColumnLabel, downloads, empty, figure, notes, source_line, statement
from ui.demand_figures import reckoned
from ui.population_choice import GROUP_MARK, Choice
from ui.population_files import shown_codes, years_table
from ui.population_outlook import series_names
from ui.rates_editor import Rates, rate_sources
from ui.selection import Area
from ui.store import ask, served

OWN_RATES = "認定率は、それぞれの地域自身のもの"
GROUP_NOTE = "グループは、全員の認定者が計算できるときだけ足し上げます。"


@dataclass(frozen=True)
class Picture:
    """A figure made once for all viewers, with its words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    frame: pd.DataFrame
    base_year: int


def certified_beside(area: Area, choice: Choice, rates: Rates) -> None:
    """Draw how certified persons grow in the areas beside each other, where there are any."""
    if not choice.others and choice.group is None:
        return
    picture = _picture(served(), area, choice, rates)
    st.subheader(picture.title, anchor=False)
    if picture.frame.empty:
        empty(picture.sentence, "年齢5歳階級別の推計と認定率がある地域なら、計算できます。")
        return
    notes([f"{MECHANICAL}。{_whose(rates)}。{GROUP_NOTE if choice.group else ''}"])
    figure(picture.spec, alt=f"{picture.title}。{picture.sentence}", key=f"beside_{area.code}")
    statement(picture.sentence)
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "year": ColumnLabel("年"),
        "certified": ColumnLabel("認定者（推計）", "人", 0),
        "value": ColumnLabel("指数", f"{picture.base_year}年=100", 1),
    }
    years_table(picture.frame, columns=columns, key=f"table_beside_{area.code}")
    source = [*ask(sources_of, subject=f"population:{choice.edition}"), *rate_sources(rates)]
    downloads(
        lambda: picture.frame.assign(rates=_whose(rates), edition=choice.edition_name),
        columns={**columns, "rates": ColumnLabel("使った認定率"),
                 "edition": ColumnLabel("推計・統計の版")},
        stem=f"certified_beside_{area.code}",
        title=picture.title,
        source=[*source, f"版：{choice.edition_name}", MECHANICAL],
        figure=picture.spec,
    )  # fmt: skip
    source_line(source)


def _whose(rates: Rates) -> str:
    if rates.key == "own":
        return f"{OWN_RATES}{'（利用者が変更）' if rates.edits else ''}"
    return f"認定率は{rates.said}"


@lru_cache(maxsize=256)
def _picture(store_key: str, area: Area, choice: Choice, rates: Rates) -> Picture:
    base = base_year_of(ask(years_of, edition=choice.edition))
    codes = [area.code, *choice.others]
    if choice.group is not None:
        codes.append(GROUP_MARK + choice.group.key)
    wide = reckoned(area, choice, rates)
    frame = indexed(wide[wide["area_code"].isin(codes)], column="certified", base_year=base)
    names = series_names(frame)
    shown = [code for code in codes if code in names]
    projected = frame.loc[frame["is_projection"].astype("bool"), "year"]
    spec = line(
        frame.assign(series=frame["area_code"].map(names)),
        series_order=[names[code] for code in shown],
        x_title="年（10月1日）",
        y_title="要介護・要支援認定者の指数",
        unit=f"{base}年=100",
        decimals=1,
        zero=False,
        base_line=100,
        projected_from=None if projected.empty else int(projected.min()),
        own=names.get(area.code),
    )
    sentence = certified_beside_sentence(
        frame.assign(area_name=frame["area_code"].map(names)), codes=shown, base_year=base,
        edition_name=choice.edition_name, rates=_whose(rates),
    )  # fmt: skip
    title = f"並べた地域の要介護・要支援認定者の見込み（{base}年=100）　{choice.edition_short}"
    return Picture(spec, title, sentence, shown_codes(frame), base)
