"""One small line for each area, in a grid that has as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.formatting import MISSING, number
from charts.theme import BORDER, CATEGORICAL, INK, MUTED, OWN_AREA, base_config
from charts.year_columns import layers_on, printed, values_by_area

CELL_HEIGHT = 112
_NARROW = "width < 520"
_COLUMNS = f"({_NARROW} ? 4 : width < 900 ? 5 : width < 1500 ? 7 : 9)"
_DESKTOP_COLUMNS = 7
_TOP, _SIDE, _BOTTOM = f"({_NARROW} ? 22 : 38)", 6, 10  # pixels of a cell around its line
_LETTERS = 11  # pixels of the figures below a name


def small_multiples(
    frame: pd.DataFrame,
    *,
    order: Sequence[str],
    unit: str,
    decimals: int,
    own_code: str | None = None,
    base_line: float | None = None,
    shared_scale: bool = True,
) -> dict[str, Any]:
    """Return the lines of all areas as Vega-Lite, in the order of the codes given.

    `frame` has area_code, area_name, year and value. A scale that is not shared reaches, in each
    cell, from zero to the largest value of the area.
    """
    years = sorted({int(year) for year in frame["year"]})
    shown = frame.assign(value=frame["value"].astype(float).round(decimals + 1))
    grid = _Grid(
        count=max(len(order), 1),
        years=years,
        scale=_range(shown["value"], base_line) if shared_scale else None,
        base=base_line if shared_scale else 0.0,
    )
    own = order.index(own_code) if own_code is not None and own_code in order else -1
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": base_config(),
        "width": "container",
        "height": -(-grid.count // _DESKTOP_COLUMNS) * CELL_HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": [
            layers_on(
                _rows(shown, order, years, unit, decimals),
                [
                    grid.floor(),
                    *_words(own),
                    {"transform": grid.folded(), "layer": _lines(own, unit, decimals)},
                    _peak(grid, own),
                ],
                transform=grid.cell(),
            )
        ],
    }


@dataclass(frozen=True)
class _Grid:
    """Where things stand: cells in rows, years across a cell, values up."""

    count: int
    years: Sequence[int]
    scale: tuple[float, float] | None
    base: float | None

    def cell(self) -> list[dict[str, Any]]:
        """Return the steps that give each row its cell."""
        rows = f"ceil({self.count} / {_COLUMNS})"
        return [
            {"calculate": f"width / {_COLUMNS}", "as": "wide"},
            {"calculate": f"height / {rows}", "as": "tall"},
            {"calculate": f"(datum.i % {_COLUMNS}) * datum.wide + {_SIDE}", "as": "left"},
            {"calculate": f"floor(datum.i / {_COLUMNS}) * datum.tall", "as": "top"},
        ]

    def point(self, year: str, value: str) -> list[dict[str, Any]]:
        """Return the steps that place the fields of a year and a value in their cell."""
        span = max(self.years[-1] - self.years[0], 1)
        known = f"datum.{value} != null && datum.{value} !== ''"
        along = f"(toNumber(datum.{year}) - {self.years[0]}) / {span}"
        return [
            {"calculate": f"datum.left + {along} * (datum.wide - {2 * _SIDE})", "as": "x"},
            {"calculate": f"{known} ? {self.up(f'toNumber(datum.{value})')} : null", "as": "py"},
        ]

    def folded(self) -> list[dict[str, Any]]:
        """Return the steps that make a row a year of the columns, those with a value placed."""
        return [
            {"fold": [f"y{year}" for year in self.years], "as": ["y", "v"]},
            {"calculate": "toNumber(slice(datum.y, 1))", "as": "y"},
            *self.point("y", "v"),
            {"filter": "isValid(datum.py)"},
        ]

    def up(self, value: str) -> str:
        """Return the expression of the height of a value in its cell."""
        if self.scale is None:
            part = f"{value} / (toNumber(datum.s) || 1)"
        else:
            low, high = self.scale
            part = f"({value} - {low!r}) / {high - low!r}"
        return f"datum.top + datum.tall - {_BOTTOM} - {part} * (datum.tall - {_BOTTOM} - {_TOP})"

    def floor(self) -> dict[str, Any]:
        """Return the layer of the line of reference in each cell: the base, or the lower end."""
        base = self.base if self.base is not None else (self.scale or (0.0, 1.0))[0]
        return {
            "transform": [
                {"calculate": self.up(repr(base)), "as": "level"},
                {"calculate": f"datum.left + datum.wide - {2 * _SIDE}", "as": "right"},
            ],
            "mark": {"type": "rule", "stroke": BORDER, "tooltip": None},
            "encoding": {**_at("left", "level"), "x2": {"field": "right"}},
        }


def _range(values: pd.Series, base_line: float | None) -> tuple[float, float]:
    known = [float(value) for value in values.dropna()]
    known += [base_line] if base_line is not None else []
    low, high = min(known, default=0.0), max(known, default=1.0)
    return (low, high) if high > low else (low - 1, high + 1)


def _rows(
    frame: pd.DataFrame, order: Sequence[str], years: Sequence[int], unit: str, decimals: int
) -> str:
    """Return a line an area: place, name, figures of both ends, peak, top, value of each year."""
    names = dict(zip(frame["area_code"], frame["area_name"], strict=True))
    values = values_by_area(frame, years)
    lines = [",".join(["i,n,t,p,s", *(f"y{year}" for year in years)])]
    for place, code in enumerate(order):
        own = values[code]
        known = {year: v for year, v in zip(years, own, strict=True) if v is not None}
        words, peak, top = MISSING, "", "1"
        if known:
            ends = (number(own[at], decimals=decimals) for at in (0, -1))
            words = "→".join(dict.fromkeys(ends)) + unit
            peak, top = str(max(known, key=lambda y: known[y])), f"{max(known.values()):.10g}"
        cells = [str(place), f'"{names[code]}"', f'"{words}"', peak, top, *printed(own)]
        lines.append(",".join(cells))
    return "\n".join(lines)


def _at(x: str, y: str) -> dict[str, Any]:
    """Return the channels of a mark that is placed by pixels."""
    raw = {"type": "quantitative", "scale": None, "axis": None}
    return {"x": {"field": x, **raw}, "y": {"field": y, **raw}}


def _own_or(own: int, colour: str) -> dict[str, Any]:
    return {"condition": {"test": f"datum.i == {own}", "value": OWN_AREA}, "value": colour}


def _lines(own: int, unit: str, decimals: int) -> list[dict[str, Any]]:
    said = f"format(datum.v, ',.{decimals}f') + '{unit}'"
    place = {**_at("x", "py"), "detail": {"field": "i", "type": "nominal"}}
    return [
        {
            "mark": {"type": "line", "strokeWidth": 2.5, "tooltip": None},
            "encoding": {**place, "color": _own_or(own, CATEGORICAL[0])},
        },
        {
            "transform": [{"calculate": said, "as": "said"}],
            "mark": {"type": "circle", "size": 60, "opacity": 0},
            "encoding": {
                **place,
                "tooltip": [
                    {"field": "n", "type": "nominal", "title": "地域"},
                    {"field": "y", "type": "nominal", "title": "年"},
                    {"field": "said", "type": "nominal", "title": "値"},
                ],
            },
        },
    ]


def _peak(grid: _Grid, own: int) -> dict[str, Any]:
    return {
        "transform": [
            {"calculate": "datum['y' + datum.p]", "as": "most"},
            *grid.point("p", "most"),
            {"filter": "isValid(datum.py)"},
        ],
        "mark": {"type": "circle", "size": 44, "opacity": 1, "tooltip": None},
        "encoding": {**_at("x", "py"), "color": _own_or(own, CATEGORICAL[0])},
    }


def _words(own: int) -> list[dict[str, Any]]:
    """Return the layers of the names and of the figures below them."""
    shared = {"type": "text", "align": "left", "baseline": "top",
              "limit": {"expr": f"width / {_COLUMNS} - {_SIDE}"}, "tooltip": None}  # fmt: skip
    return [
        {
            "mark": {
                **shared,
                "fontWeight": 600,
                "fontSize": {"expr": f"{_NARROW} ? 12 : 13"},
                "dy": 4,
            },
            "encoding": {
                **_at("left", "top"),
                "text": {"field": "n"},
                "color": _own_or(own, INK),
            },
        },
        {
            "mark": {
                **shared,
                "fontSize": {"expr": f"{_NARROW} ? 0 : {_LETTERS}"},
                "dy": 21,
                "color": MUTED,
            },
            "encoding": {**_at("left", "top"), "text": {"field": "t"}},
        },
    ]
