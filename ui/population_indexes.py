"""Indexes of medical and care demand by published weights, beside those of the nation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.demand_bands import age_persons
from analytics.demand_sentence import MECHANICAL, weights_sentence
from analytics.demand_weights import base_year_of, weight_bands, weighted_demand
from analytics.population import years_of
from analytics.sources import sources_of
from charts.line import line
from data.catalogue.demand_rates import load_demand_rates
from ui.blocks import (
    ColumnLabel,
    downloads,
    empty,
    figure,
    notes,
    source_line,
    statement,
)
from ui.population_choice import BASE_WIDTH, Choice
from ui.population_files import years_table
from ui.selection import NATION, Area, choose
from ui.store import ask, served

MEDICAL, CARE = "jmap_medical", "jmap_care"


@dataclass(frozen=True)
class Picture:
    """A figure made once for all viewers, with its words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    wide: pd.DataFrame
    is_empty: bool


def indexes(area: Area, choice: Choice) -> None:
    """Draw both indexes of the area and the nation; the base year is printed and chosen."""
    years = ask(years_of, edition=choice.edition)
    default = base_year_of(years)
    title = st.empty()
    names = {str(year): f"{year}年" for year in years}
    base = choose("需要指数の基準の年", names, param="demand_base", default=str(default),
                  width=BASE_WIDTH + 40)  # fmt: skip
    picture = _picture(served(), area, choice, int(base))
    title.subheader(picture.title, anchor=False)
    if picture.is_empty:
        empty(picture.sentence, "年齢5歳階級別の将来推計人口を読み込むと計算できます。")
        return
    entries = load_demand_rates().weights
    how = "".join(f"{entries[key].short_label}：{entries[key].note}" for key in (MEDICAL, CARE))
    notes([f"{MECHANICAL}。{how}"])
    figure(picture.spec, alt=f"{picture.title}。{picture.sentence}", key=f"index_{area.code}")
    statement(picture.sentence)
    _figures(area, choice, picture, int(base))


@lru_cache(maxsize=1_000)
def _picture(store_key: str, area: Area, choice: Choice, base_year: int) -> Picture:
    codes = tuple(dict.fromkeys([area.code, NATION]))
    persons = ask(age_persons, area_codes=codes, edition=choice.edition, bands=weight_bands())
    medical = weighted_demand(persons, weights=MEDICAL, base_year=base_year)
    care = weighted_demand(persons, weights=CARE, base_year=base_year)
    sentence = weights_sentence(medical, care, area_code=area.code, base_year=base_year,
                                edition_name=choice.edition_name)  # fmt: skip
    entries = load_demand_rates().weights
    named = [frame.assign(series=frame["area_name"] + " " + entries[key].short_label)
             for key, frame in ((MEDICAL, medical), (CARE, care))]  # fmt: skip
    drawn = pd.concat(named, ignore_index=True)
    ordered = [frame.loc[frame["area_code"] == code, "series"]
               for code in codes for frame in named]  # fmt: skip
    projected = drawn.loc[drawn["is_projection"].astype("bool"), "year"]
    spec = line(
        drawn,
        series_order=[str(names.iloc[0]) for names in ordered if len(names)],
        x_title="年（10月1日）",
        y_title="需要指数",
        unit=f"{base_year}年=100",
        decimals=1,
        zero=False,
        base_line=100,
        projected_from=None if projected.empty else int(projected.min()),
        references=[] if area.is_nation else _of(drawn, NATION),
    )
    title = (
        f"{area.name}の医療・介護需要指数（{base_year}年=100、JMAPの式）　{choice.edition_short}"
    )
    wide = _wide(medical, care)
    is_empty = bool(wide[["medical", "care"]].isna().all(axis=None))  # of no rows, this is true
    return Picture(spec, title, sentence, wide, is_empty)


def _of(drawn: pd.DataFrame, code: str) -> list[str]:
    return list(drawn.loc[drawn["area_code"] == code, "series"].unique())


def _wide(medical: pd.DataFrame, care: pd.DataFrame) -> pd.DataFrame:
    keys = ["area_code", "area_name", "year"]
    left = medical[[*keys, "value"]].rename(columns={"value": "medical"})
    return left.merge(care[[*keys, "value"]].rename(columns={"value": "care"}), on=keys)


def _figures(area: Area, choice: Choice, picture: Picture, base_year: int) -> None:
    entries, unit = load_demand_rates().weights, f"{base_year}年=100"
    columns = {
        "area_code": ColumnLabel("コード"),
        "area_name": ColumnLabel("地域"),
        "year": ColumnLabel("年"),
        "medical": ColumnLabel(entries[MEDICAL].label, unit, 1),
        "care": ColumnLabel(entries[CARE].label, unit, 1),
    }
    st.subheader(f"数値：{picture.title}", anchor=False)
    years_table(picture.wide, columns=columns, key=f"table_index_{area.code}")
    cited = [f"式：{entries[key].citation}。{entries[key].note}" for key in (MEDICAL, CARE)]
    source = list(ask(sources_of, subject=f"population:{choice.edition}"))
    downloads(
        lambda: picture.wide.assign(edition=choice.edition_name),
        columns={**columns, "edition": ColumnLabel("推計・統計の版")},
        stem=f"demand_index_{area.code}",
        title=picture.title,
        source=[*source, *cited, f"版：{choice.edition_name}", MECHANICAL],
        figure=picture.spec,
    )
    source_line([*source, entries[MEDICAL].citation])
