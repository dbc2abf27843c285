"""Scenes for the bundle: a map whose year is moved, the same map by another measure, and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.playing_map import playing_map
from tests.unit.test_charts_choropleth import SQUARES

ADDRESS = "/geo/000001/municipality/01.json?v=abc"
CODES = list(SQUARES)
HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title=1\">"


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str = ""
    spec: dict[str, Any] | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Shown:
    title: str
    parts: tuple[Piece, ...]
    place: str = "見本県"
    problem: str = ""


def map_of_years(title: str) -> dict[str, Any]:
    values = {CODES[0]: (10.0, 30.0), CODES[1]: (20.1, 9.0), CODES[2]: (15.0, 25.0)}
    frame = pd.DataFrame(
        [
            (code, year, pair[year == 2050])
            for code, pair in values.items()
            for year in (2020, 2050)
        ],
        columns=["area_code", "year", "value"],
    )
    return playing_map(
        frame, topology_url=ADDRESS, breaks=[10.0, 20.0, 30.0], shown_year=2020,
        title=title, unit="%", decimals=1,
    )  # fmt: skip


def shown_scenes() -> tuple[Shown, ...]:
    return (
        Shown("高齢化の地図", (
            Piece("sentence", "65歳以上の割合は、2050年に最も高い町で30.0%です。"),
            Piece("figure", "3つの町の割合の地図", map_of_years("高齢化率")),
            Piece("note", "階級はすべての年で同じです。"),
            Piece("source", "出典：見本推計"),
        )),
        Shown("別の割合", (Piece("figure", "同じ町の地図", map_of_years("独居の割合")),)),
        Shown(HOSTILE, (
            Piece("heading", HOSTILE),
            Piece("metric", rows=(("75歳以上", "1,234人", HOSTILE),)),
            Piece("table", "町の表", rows=(("町", "値"), (HOSTILE, "1"))),
        )),
        Shown("消えた地域", (), problem="この地域は今のデータにありません。"),
    )  # fmt: skip
