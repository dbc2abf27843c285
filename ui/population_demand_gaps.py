"""What demand the loaded files do not tell, and what would tell it."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from analytics.demand_deaths import FORECAST, SHARE
from analytics.demand_gaps import demand_gaps
from charts.formatting import with_unit
from ui.blocks import empty, notes
from ui.population_deaths import deaths
from ui.selection import Area
from ui.store import ask, served

HEADING = "このほかの需要（自宅での死亡、高齢者のみの世帯）"
HOUSEHOLDS = "このほかの需要（高齢者のみの世帯）"
STATUS_WORDS = {
    "suppressed": "秘匿",
    "not_applicable": "該当なし",
    "not_published": "未公表",
    "unanswered": "未回答",
}


def gaps(area: Area) -> None:
    """Draw deaths at home and print households of the old alone, or what they wait for."""
    drawn = (FORECAST, SHARE) if deaths(area) else ()
    values, absences = _lines(served(), area.code, drawn)
    if not values and not absences:
        return
    st.subheader(HEADING if not drawn else HOUSEHOLDS, anchor=False)
    notes(values)
    if absences:
        empty(
            "データなし（出典のある表が読み込まれるまで、計算も表示もしません）",
            "\n".join(absences),
        )


@lru_cache(maxsize=4_000)
def _lines(
    store_key: str, area_code: str, drawn: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    every = ask(demand_gaps, area_code=area_code)
    found = every[~every["indicator_id"].isin(drawn)]
    known = found["value"].notna()
    return (
        tuple(_value(row) for row in found[known].to_dict("records")),
        tuple(_absence(row) for row in found[~known].to_dict("records")),
    )


def _value(row: dict[str, object]) -> str:
    printed = with_unit(float(str(row["value"])), unit=str(row["unit"]),
                        decimals=int(str(row["decimals"])))  # fmt: skip
    return f"{row['title']}：{printed}（{_when(str(row['period']))}、{row['source_title']}）"


def _absence(row: dict[str, object]) -> str:
    title = f"{row['title']}（{row['definition']}）"
    if pd.notna(row["waiting_for"]):
        return f"{title}：{row['waiting_for']}を読み込むと表示されます。"
    return f"{title}：{STATUS_WORDS.get(str(row['status']), 'この地域の値がありません')}。"


def _when(period: str) -> str:
    """Return a period as it is said: a fiscal year, a year, or as the source names it."""
    if period.startswith("FY"):
        return f"{period.removeprefix('FY')}年度"
    return f"{period}年" if period.isdigit() else period
