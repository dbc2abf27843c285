"""The picture of municipalities without visiting nursing around the clock."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from analytics.blanks import PRESENT, UNKNOWN, ground_scope
from analytics.blanks_sentence import blanks_sentence
from analytics.geometry import is_drawable
from analytics.night_nursing import ALONE, BESIDE, NIGHT_NURSING, night_nursing
from charts.reach_map import State, state_map
from data.catalogue import load_catalogue
from data.era import period_label
from ui.blocks import ColumnLabel
from ui.labels import level_label
from ui.place_names import placed
from ui.store import ask, geo_url
from ui.thin_picture import Asked, ThinPicture

NIGHT = "night"
STATION = "visiting_nurse_station"
WHAT = "24時間対応の訪問看護"
CHOICE = f"{WHAT}（市区町村の集計）"
STATES = (
    State(PRESENT, "区域内にある", "#c7dcec", "区域内に{number}か所"),
    State(BESIDE, "なし・隣にある", "#e39042"),
    State(ALONE, "なし・隣にもない", "#a9560c"),
)
COLUMNS = {
    "area_code": ColumnLabel("コード"),
    "area_name": ColumnLabel("地域"),
    "text": ColumnLabel("あるか"),
    "facilities": ColumnLabel(WHAT, "か所", 0),
    "people": ColumnLabel("75歳以上人口", "人", 0),
    "neighbours": ColumnLabel("境を接し、24時間対応がある市区町村"),
}
METHOD = (
    "24時間対応の訪問看護ステーションを、市区町村ごとに数えた公表の表から示します。"
    "どの事業所が対応するかは載っていないため、最寄りまでの距離は出せません。"
    "その代わり、隣（境を接する市区町村。県外を含む）にあるかどうかで色を分けます。"
    "表に載っていない地域はデータなしです。"
)


@lru_cache(maxsize=64)
def night_picture(store_key: str, asked: Asked) -> ThinPicture:
    """Return map, sentence and table of who has visiting nursing around the clock."""
    scope = ground_scope(asked.scope)
    asked = Asked(scope, asked.sought)
    level = level_label(scope.level)
    found = ask(night_nursing, scope=scope, denominator=asked.denominator)
    frame = found.assign(text=_texts(found))
    sentence = blanks_sentence(
        placed(frame),
        place=asked.place,
        what=WHAT,
        level_label=level,
        denominator_label=asked.denominator_label,
        own_code=scope.own_code,
    )
    when = [period_label(period) for period in found["period"].dropna().unique()[:1]]
    return ThinPicture(
        title=f"{asked.place}　{WHAT}が1か所もない{level}{f'（{when[0]}）' if when else ''}",
        sentence=sentence,
        scope=scope,
        covered=asked.covered,
        spec=_map(frame, asked),
        frame=frame,
        columns=COLUMNS,
        stem=f"blanks_{scope.own_code or scope.parent_code}_{NIGHT_NURSING}",
        order_by="facilities",
        notes=[] if when else [_waiting()],
        source=_source(found, when, asked.denominator_label),
    )


def _texts(frame: pd.DataFrame) -> list[str]:
    words = {state.key: state.label for state in STATES} | {UNKNOWN: "データなし"}
    return [words[shade] for shade in frame["shade"]]


def _map(frame: pd.DataFrame, asked: Asked) -> dict[str, Any] | None:
    scope = asked.scope
    if not ask(is_drawable, level=scope.level, parent=scope.parent_code):
        return None
    numbers = ["" if pd.isna(value) else f"{value:,.0f}" for value in frame["facilities"]]
    drawn = frame[["area_code"]].assign(state=frame["shade"], number=numbers, place="")
    return state_map(
        drawn,
        topology_url=geo_url(scope.level, scope.parent_code),
        states=STATES,
        title=WHAT,
        legend_title=WHAT,
        selected=scope.own_code,
    )


def _waiting() -> str:
    entry = load_catalogue().indicators[NIGHT_NURSING]
    return (
        f"{WHAT}：データなし（0か所ではありません）。"
        f"「{entry.waiting_for}」を読み込むと表示されます。"
    )


def _source(frame: pd.DataFrame, when: list[str], denominator_label: str | None) -> list[str]:
    titles = list(dict.fromkeys(frame["source_title"].dropna()))
    lines = [f"{title}（{when[0]}）" for title in titles] if when else []
    return lines + ([f"分母：{denominator_label}"] if denominator_label and lines else [])
