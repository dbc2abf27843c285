"""The official forecast of home visits, of the area or of the planning area it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.demand_homevisit import MEASURE, homevisit_series
from analytics.demand_sentence import MECHANICAL, homevisit_sentence
from analytics.sources import sources_of
from charts.demand_bars import demand_bars
from ui.blocks import (
    ColumnLabel,
    downloads,
    empty,
    figure,
    notes,
    source_line,
    statement,
    table,
)
from ui.selection import Area
from ui.store import ask, served

FIRST_FORECAST = 2025
COLUMNS = {
    "area_name": ColumnLabel("値の地域"),
    "year": ColumnLabel("年度"),
    "value": ColumnLabel("訪問診療の需要", "件/月", 0),
    "basis": ColumnLabel("値の出どころ"),
}
FILL = (
    "「地域別の病床機能等の見える化」の将来の在宅（訪問診療）需要推計のファイルを読み込むと"
    "表示されます。"
)


@dataclass(frozen=True)
class Picture:
    """A figure made once for all viewers, with its words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    frame: pd.DataFrame


def homevisit(area: Area) -> None:
    """Draw the forecast of home visits by fiscal year, and say whose it is."""
    picture = _picture(served(), area)
    if picture is None:
        st.subheader(f"{area.name}の訪問診療の需要", anchor=False)
        empty(f"{area.name}の訪問診療の需要推計：データなし", FILL)
        return
    st.subheader(picture.title, anchor=False)
    notes([f"{MECHANICAL}（厚生労働省の公表値。この画面の認定率は使っていません）。"])
    figure(picture.spec, alt=f"{picture.title}。{picture.sentence}", key=f"visits_{area.code}")
    statement(picture.sentence)
    notes(_whose(area, picture.frame))


@lru_cache(maxsize=4_000)
def _picture(store_key: str, area: Area) -> Picture | None:
    frame = ask(homevisit_series, area_code=area.code)
    if frame.empty or frame["value"].isna().all():
        return None
    bars = frame.assign(age_class="訪問診療", order=0)
    spec = demand_bars(bars, classes=["訪問診療"], x_title="年度", y_title="月当たりレセプト件数",
                       unit="件/月", projected_from=FIRST_FORECAST, years="年度")  # fmt: skip
    first, last = int(frame["year"].min()), int(frame["year"].max())
    title = f"{_place(area, frame)}の訪問診療の需要（{first}～{last}年度）　厚生労働省推計"
    return Picture(spec, title, homevisit_sentence(frame, area_name=area.name), frame)


def _place(area: Area, frame: pd.DataFrame) -> str:
    """Return whose figures they are, as the title names it."""
    name, how = frame.at[0, "area_name"], frame.at[0, "how"]
    return f"構想区域「{name}」" if how in ("own", "inside") else str(name)


def _whose(area: Area, frame: pd.DataFrame) -> list[str]:
    words = {
        "inside": f"市区町村には分けられない推計のため、{area.name}を含む構想区域の値を示します。",
        "prefecture": (
            f"{area.name}がどの構想区域に属するかが読み込んだファイルでは分からないため、"
            "県内の構想区域の合計を示します。構想区域と市区町村の対応表を読み込むと切り替わります。"
        ),
        "sum": f"{frame.at[0, 'areas']:,}構想区域の件数の合計です。",
    }
    said = words.get(str(frame.at[0, "how"]))
    return [said] if said else []


def homevisit_table(area: Area) -> None:
    """Print the figures of the forecast and keep their files in reach."""
    picture = _picture(served(), area)
    if picture is None:
        return
    st.subheader(f"数値：{picture.title}", anchor=False)
    table(picture.frame, columns=COLUMNS, key=f"table_visits_{area.code}")
    source = list(ask(sources_of, subject=MEASURE))
    downloads(
        picture.frame,
        columns=COLUMNS,
        stem=f"homevisit_{area.code}",
        title=picture.title,
        source=[*source, MECHANICAL],
        figure=picture.spec,
    )
    source_line(source)
