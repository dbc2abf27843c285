"""The parts of the overview page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.denominators import Denominator
from analytics.figures import persons
from analytics.geometry import is_drawable
from analytics.overview import Outlook, ProgrammeState, Supply
from analytics.overview_sentence import overview_sentence
from analytics.population_measures import measure_parts
from analytics.population_sentence import year_words
from analytics.sources import sources_of
from charts.choropleth import choropleth
from charts.formatting import MISSING
from data.catalogue import load_catalogue
from data.era import fiscal_year_label
from geo.classification import class_breaks
from ui.blocks import (
    ColumnLabel,
    Headline,
    downloads,
    empty,
    figure,
    headline,
    notes,
    source_line,
    table,
)
from ui.hidden import NO_MAP, is_hidden
from ui.kept import Kept
from ui.kept_figures import framed_map
from ui.labels import edition_label, edition_short, level_label
from ui.map_frame import choose_extent
from ui.parts import CLICK_NOTE
from ui.redrawn_note import redrawn_answers, redrawn_since
from ui.selection import NATION, Area, go_to, map_scope, query
from ui.store import ask, geo_url, served

GROUP_NAMES = {"total": "総人口", "age_65_plus": "65歳以上", "age_75_plus": "75歳以上",
               "age_85_plus": "85歳以上"}  # fmt: skip
HEIGHT, NATION_HEIGHT = 430, 460  # with the figures beside them, seen without scrolling
SUPPLY_COLUMNS = {
    "group_label": ColumnLabel("区分"),
    "type_label": ColumnLabel("施設・事業所"),
    "facilities": ColumnLabel("数", "か所", 0),
    "per_10k_75plus": ColumnLabel("75歳以上1万人対", "か所", 2),
    "age_75_plus": ColumnLabel("75歳以上", "人", 0),
}
SUPPLY_SHOWN = ("type_label", "facilities", "per_10k_75plus")
ANSWER_COLUMNS = {"item_label": ColumnLabel("取組"), "answer": ColumnLabel("回答")}
ITEM_COLUMNS = {
    "item_label": ColumnLabel("取組"),
    "rate": ColumnLabel("実施率", "%", 1),
    "of_answering": ColumnLabel("実施／回答"),
}


def people(seen: Outlook) -> None:
    """Print the main figures now, and later with the change."""
    headline(_main_figures(seen))
    sources = ask(sources_of, subject=f"population:{seen.edition}")
    source_line(sources or [edition_label(seen.edition)])


@lru_cache(maxsize=512)
def sentence_of(seen: Outlook, area_name: str) -> str:
    """Return what is said of the people of an area, made once for all viewers."""
    return overview_sentence(
        seen.frame,
        area_name=area_name,
        now=seen.now,
        later=seen.later,
        edition_name=edition_label(seen.edition),
    )


@lru_cache(maxsize=512)
def _main_figures(seen: Outlook) -> tuple[Headline, ...]:
    rows = seen.frame.set_index("year")
    items = []
    for group, name in GROUP_NAMES.items():
        now = rows.at[seen.now, group]
        note = ""
        if seen.later and pd.notna(now) and now > 0:
            later = rows.at[seen.later, group]
            note = f"{seen.later}年 {persons(later)}（{100 * later / now - 100:+.1f}%）"
        words = MISSING if pd.isna(now) else persons(now)
        when = year_words(seen.now, fiscal=seen.edition == "ltc_insured")
        items.append(Headline(f"{name}（{when}）", words, note))
    return tuple(items)


def small_map(area: Area, seen: Outlook) -> None:
    """Draw the share of people aged 75 and over in the parts of the area."""
    parent, level = map_scope(area)
    name = f"75歳以上の割合（{seen.now}年、{edition_short(seen.edition)}）"
    spec = _map_spec(served(), area, parent, level, seen.edition, seen.now)
    if spec is None:
        empty(
            "75歳以上の割合の地図は、ここでは描けません。",
            f"{level_label(level)}の年齢別の人口か境界が、読み込んだ資料にありません。",
        )
        return
    title = f"{level_label(level)}別の{name}"
    between = parent if "-" in parent else None
    st.subheader(title, anchor=False)
    if is_hidden():
        empty(*NO_MAP)
        return
    spec = framed_map(spec, extent=choose_extent(level=level, parent=parent, own_code=area.code))
    figure(spec, alt=f"{title}の地図", key=f"overview_map_{area.code}",
           on_select=lambda code: go_to(code, parent=between))  # fmt: skip
    notes([CLICK_NOTE])


@lru_cache(maxsize=1_000)
def _map_spec(
    store_key: str, area: Area, parent: str, level: str, edition: str, year: int
) -> dict[str, Any] | None:
    frame = ask(measure_parts, area_code=parent, level=level, edition=edition,
                measure="age_75_plus", form="share")  # fmt: skip
    if frame["value"].notna().sum() == 0 or not ask(is_drawable, level=level, parent=parent):
        return None
    shown = frame[frame["year"] == year]
    return choropleth(
        topology_url=geo_url(level, parent),
        values=shown,
        breaks=class_breaks(shown["value"], scheme="quantile", k=5),
        title="75歳以上の割合",
        unit="%",
        legend_title=f"75歳以上の割合（{year}年、{edition_short(edition)}）・五分位",
        selected=area.code if (shown["area_code"] == area.code).any() else None,
        height=NATION_HEIGHT if parent == NATION else HEIGHT,
    )


_shown: Kept[pd.DataFrame] = Kept(most=128)


def services(area: Area, found: Supply) -> None:
    """Print the facilities of every loaded type, and name what is not loaded."""
    st.subheader("医療・介護の資源", anchor=False)
    known = _shown.of(found.frame, make=lambda: found.frame.dropna(subset=["facilities"]))
    if known.empty:
        empty(f"{area.name}の施設・事業所は読み込まれていません。",
              "介護サービス情報や医療情報ネットのファイルを読み込むと表示されます。")  # fmt: skip
        return
    table(known, columns={n: SUPPLY_COLUMNS[n] for n in SUPPLY_SHOWN}, key="supply")
    if found.denominator:
        notes([f"分母：{found.denominator.full_label}"])
    sources = [
        line
        for kind in known["facility_type"]
        for line in ask(sources_of, subject=kind, area_codes=(area.code,))
    ]
    downloads(known, columns=SUPPLY_COLUMNS, stem=f"overview_{area.code}",
              title=f"{area.name}の医療・介護の資源", source=sources)  # fmt: skip
    source_line(sources)
    _not_loaded(set(known["facility_type"]))


def _not_loaded(loaded: set[str]) -> None:
    absent = [
        e.short_label for key, e in load_catalogue().facility_types.items() if key not in loaded
    ]
    if absent:
        with st.expander(f"この地域について読み込まれていない種類（{len(absent)}）"):
            st.text("、".join(absent) + "\nここにない＝ゼロではなく、資料がないことを示します。")


def programme(area: Area, state: ProgrammeState | None) -> None:
    """Print how many municipalities carry out each item, or what the one answered."""
    st.subheader("在宅医療・介護連携推進事業の取組", anchor=False)
    if state is None:
        empty(f"{area.name}の調査の回答は、まだ読み込まれていません。",
              "「取組の実施状況」のページに、取り込み方があります。")  # fmt: skip
        return
    if "answer" in state.frame:
        notes([f"{fiscal_year_label(state.fiscal_year)}の{area.name}の回答"])
        table(state.frame, columns=ANSWER_COLUMNS, key="programme")
        return
    answering = int(state.frame["answering"].max())
    expected = int(state.frame["expected"].max())
    notes([f"{fiscal_year_label(state.fiscal_year)}　回答 {answering}／対象 {expected} 市町村"])
    notes(redrawn_answers(area.code, fiscal_years=[state.fiscal_year]))
    shown = _shown.of(state.frame, make=lambda: _with_pairs(state.frame))
    table(shown, columns=ITEM_COLUMNS, key="programme")


def _with_pairs(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(of_answering=[f"{row.done}／{row.answering}" for row in frame.itertuples()])


def say_redrawn(area: Area, seen: Outlook | None, people: Denominator | None) -> None:
    """Say which areas on the page were drawn anew after the year of their people."""
    parent, level = map_scope(area)
    periods = [people.period] if people else []
    if seen is not None:
        periods.append(f"FY{seen.now}" if seen.edition == "ltc_insured" else str(seen.now))
    notes(redrawn_since(parent_code=parent, level=level, own_code=area.code, periods=periods))


def onward() -> None:
    """Link to the pages that go deeper, with the same area."""
    pages = (("population", "人口の見通しを詳しく見る"), ("resources", "資源を地図で見る"),
             ("compare", "ほかの地域と比べる"), ("profile", "この地域のプロフィール"),
             ("sources", "出典と定義を確かめる"))  # fmt: skip
    st.subheader("次に見る", anchor=False)
    with st.container(horizontal=True):
        for name, label in pages:
            st.page_link(f"pages/{name}.py", label=label, query_params=query(), width="content")
