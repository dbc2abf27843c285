"""The year of a figure that holds all years: a slider and a play switch inside the browser."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

from charts.theme import INK

SHOWN_YEAR = "shown_year"
PLAYING = "playing"
TICK = 1_100  # milliseconds in which a year can be read
HALO = {"stroke": "#ffffff", "strokeWidth": 5, "strokeJoin": "round"}

Place = Literal["left", "middle", "right"]


def player(years: Sequence[int], *, shown: int) -> list[dict[str, Any]]:
    """Return the Vega signals that hold the year shown, for `config` of a Vega-Lite figure.

    The year is changed by hand, or step by step until the last year while 再生 is on; after the
    last year it begins with the first. Nothing of this asks the server.
    """
    known = sorted({int(year) for year in years})
    shown = shown if shown in known else known[-1]
    if len(known) < 2:
        return [{"name": SHOWN_YEAR, "value": shown}]
    listed = str(known)
    following = f"{listed}[(indexof({listed}, {SHOWN_YEAR}) + 1) % {len(known)}]"
    tick = {"type": "timer", "throttle": TICK}
    return [
        {
            "name": PLAYING,
            "value": False,
            "bind": {"input": "checkbox", "name": "再生（年を送る）"},
            "on": [{
                "events": {"signal": SHOWN_YEAR},
                "update": f"{PLAYING} && {SHOWN_YEAR} < {known[-1]}",
            }],
        },
        {
            "name": SHOWN_YEAR,
            "value": shown,
            "bind": _input(known),
            "on": [{"events": tick, "update": f"{PLAYING} ? {following} : {SHOWN_YEAR}"}],
        },
    ]  # fmt: skip


def _input(years: list[int]) -> dict[str, Any]:
    """Return a slider where the years are evenly spaced, else a list."""
    steps = {later - earlier for earlier, later in pairwise(years)}
    if len(steps) > 1:
        return {"input": "select", "options": years, "name": "表示する年"}
    return {"input": "range", "min": years[0], "max": years[-1], "step": steps.pop(),
            "name": "表示する年"}  # fmt: skip


def year_words(*, fiscal: bool = False, year: str = SHOWN_YEAR) -> str:
    """Return the expression of the year shown, such as 2035年（令和17年）."""
    after = "年度末" if fiscal else "年"
    count = f"({year} >= 2019 ? {year} - 2018 : {year} - 1988)"
    era = f"({year} >= 2019 ? '令和' : '平成')"
    ordinal = f"({count} == 1 ? '元' : {count})"
    return f"{year} + '{after}（' + {era} + {ordinal} + '{after}）'"


def year_mark(
    *,
    projected_from: int | None,
    fiscal: bool = False,
    place: Place = "right",
    year: str = SHOWN_YEAR,
) -> list[dict[str, Any]]:
    """Return the layers that print the year, large, at the top of the figure.

    The year is the one that plays, or the expression of another.
    """
    said = year_words(fiscal=fiscal, year=year)
    if projected_from is not None:
        said += f" + ({year} >= {projected_from} ? ' 推計' : ' 実績')"
    mark = {
        "type": "text",
        "text": {"expr": said},
        "align": {"left": "left", "middle": "center", "right": "right"}[place],
        "baseline": "top",
        "fontSize": {"expr": "width < 480 ? 16 : 22"},
        "fontWeight": 600,
        "color": INK,
    }
    at = {"left": "4", "middle": "width / 2", "right": "width - 4"}[place]
    encoding = {"x": {"value": {"expr": at}}, "y": {"value": 2}}
    return [
        {"data": {"values": [{}]}, "mark": {**mark, **extra}, "encoding": encoding}
        for extra in ({**HALO, "color": "#ffffff"}, {})
    ]
