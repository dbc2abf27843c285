"""Who has answered the survey: the rate by prefecture and zone, and the list to chase."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from analytics.responses import (
    STATES,
    ZONES,
    respondents,
    response_rates,
    response_sentence,
    to_ask,
)
from charts.ranking import ranking
from ui.activity_choice import Chosen
from ui.activity_parts import (
    PLACE,
    Picture,
    Table,
    masked,
    masked_zones,
    show_picture,
    show_table,
)
from ui.blocks import ColumnLabel, empty, notes
from ui.labels import level_label
from ui.selection import choose
from ui.store import ask, served

_LIST = {
    **PLACE,
    "state_label": ColumnLabel("状態"),
    "asked_questions": ColumnLabel("設問", "問", 0),
    "filled_questions": ColumnLabel("記入した設問", "問", 0),
}
_RATES = {
    "area_code": ColumnLabel("地域コード"),
    "area_name": ColumnLabel("地域"),
    "rate": ColumnLabel("回収率", "%", 1),
    "returned": ColumnLabel("回答", "市町村", 0),
    "expected": ColumnLabel("対象", "市町村", 0),
    "unanswered": ColumnLabel("未回収", "市町村", 0),
    "absent": ColumnLabel("回答票なし", "市町村", 0),
}
_SHOWN = {"ask": "回答がない市町村", "all": "すべての市町村"}


def draw(chosen: Chosen) -> None:
    """Draw the rates, say who has not answered, and offer the list to chase."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        levels = {zone: level_label(zone) for zone in _levels(chosen)}
        zone = choose("率を見る単位", levels, param="zone", default=next(iter(levels)), width=220)
        listed = choose("一覧", _SHOWN, param="list", default="ask", kind="segmented")
    show_picture(rates(served(), chosen, zone), chosen, key="response_rates")
    table = people(served(), chosen, listed)
    if table.frame.empty:
        empty(
            "回答がない市町村はありません。", "「すべての市町村」を選ぶと、全部の一覧を示します。"
        )
    else:
        show_table(table, chosen, key="respondents")
    notes([
        "回収率＝回答÷対象。未回収＝回答が一つもない。回答票なし＝取り込んだ回答に行がない。"
        "どちらも「未実施」ではなく、実施の割合の分母にも入りません。",
    ])  # fmt: skip


def _levels(chosen: Chosen) -> list[str]:
    return list(ZONES) if chosen.region.code == "00" else [*ZONES[1:], ZONES[0]]


@lru_cache(maxsize=256)
def rates(store_key: str, chosen: Chosen, zone: str) -> Picture:
    """Return the response rates of prefectures or zones with the sentence on who is missing."""
    region = chosen.region
    frame = ask(
        response_rates, area_code=region.code, fiscal_year=chosen.fiscal_year, zone_type=zone
    )
    frame = masked_zones(frame, chosen)
    rows = masked(ask(respondents, area_code=region.code, fiscal_year=chosen.fiscal_year), chosen)
    title = f"{region.name}の回収率（{level_label(zone)}別、{chosen.year_label}）"
    stem = f"response_{region.code}_{chosen.fiscal_year}_{zone}"
    drawn = frame.assign(value=frame["rate"], lower_ci=None, upper_ci=None, status_label="対象なし")
    whole = 100 * (rows["state"] == "returned").mean() if len(rows) else 0.0
    figure = ranking(
        drawn, title="回収率", unit="％", decimals=1, benchmarks=((f"{region.name}", whole),)
    )
    sentence = response_sentence(rows, area_name=region.name, year_label=chosen.year_label)
    return Picture(Table(title, stem, frame, _RATES), figure, sentence)


@lru_cache(maxsize=256)
def people(store_key: str, chosen: Chosen, listed: str) -> Table:
    """Return the municipalities with what came from each, those without an answer or all."""
    region = chosen.region
    rows = ask(respondents, area_code=region.code, fiscal_year=chosen.fiscal_year)
    rows = to_ask(rows) if listed == "ask" else rows
    rows = rows.assign(state_label=rows["state"].map(STATES))
    title = f"{_SHOWN[listed]}：{region.name}（{chosen.year_label}、{len(rows):,}市町村）"
    stem = f"respondents_{listed}_{region.code}_{chosen.fiscal_year}"
    return Table(title, stem, masked(rows, chosen), _LIST)
