"""Deaths at home to be expected, where a forecast of deaths and the place of death are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from analytics.demand_deaths import deaths_series
from analytics.demand_sentence import deaths_sentence
from analytics.sources import sources_of
from charts.demand_bars import demand_bars
from ui.blocks import ColumnLabel, downloads, figure, notes, source_line, statement, table
from ui.selection import Area
from ui.store import ask, served

CLASSES = {"at_home": "自宅", "elsewhere": "自宅以外"}
FIXED = "自宅死亡割合固定の機械的推計"
COLUMNS = {
    "year": ColumnLabel("年"),
    "deaths": ColumnLabel("将来死亡数（推計）", "人/年", 0),
    "home_percent": ColumnLabel("自宅死亡割合（直近3年）", "%", 1),
    "at_home": ColumnLabel("自宅での死亡（推計）", "人/年", 0),
}
NEUTRAL = (
    "自宅での死亡には、検案や孤独死も含まれます。多い・少ないは良し悪しではありません。"
    "割合は、直近3年の自宅死の合計÷総死亡の合計です。"
)


@dataclass(frozen=True)
class Picture:
    """A figure made once for all viewers, with its words and the frame behind it."""

    spec: dict[str, Any]
    title: str
    sentence: str
    frame: pd.DataFrame


def deaths(area: Area) -> bool:
    """Draw deaths at home by year; tell whether the tables for it are loaded."""
    picture = _picture(served(), area)
    if picture is None:
        return False
    st.subheader(picture.title, anchor=False)
    notes([f"{FIXED}。{NEUTRAL}"])
    figure(picture.spec, alt=f"{picture.title}。{picture.sentence}", key=f"deaths_{area.code}")
    statement(picture.sentence)
    table(picture.frame, columns=COLUMNS, key=f"table_deaths_{area.code}")
    source = [*ask(sources_of, subject="deaths_projected_year"),
              *ask(sources_of, subject="deaths_home")]  # fmt: skip
    downloads(
        picture.frame,
        columns=COLUMNS,
        stem=f"deaths_{area.code}",
        title=picture.title,
        source=[*dict.fromkeys(source), FIXED],
        figure=picture.spec,
    )
    source_line(source)
    return True


@lru_cache(maxsize=4_000)
def _picture(store_key: str, area: Area) -> Picture | None:
    frame = ask(deaths_series, area_code=area.code)
    if frame["at_home"].dropna().empty:
        return None
    parts = [
        frame[["year"]].assign(age_class=label, order=order, value=frame[column])
        for order, (column, label) in enumerate(CLASSES.items())
    ]
    spec = demand_bars(pd.concat(parts), classes=list(reversed(CLASSES.values())), x_title="年",
                       y_title="死亡数", unit="人/年", class_title="死亡の場所",
                       projected_from=int(frame["year"].min()))  # fmt: skip
    first, last = int(frame["year"].min()), int(frame["year"].max())
    title = f"{area.name}の死亡数と、そのうち自宅での死亡の見込み（{first}～{last}年）"
    return Picture(spec, title, deaths_sentence(frame, area_name=area.name), frame)
