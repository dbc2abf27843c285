"""One small picture for each item: who carries it out, year by year within one framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from charts import theme
from charts.answer_style import ANSWER_STYLES, LEGEND_COLUMNS, legend_label
from charts.labelled_rows import two_lines
from charts.year_columns import layers_on

CELL = 240
_WIDE_COLUMNS, _NARROW_COLUMNS = 4, 2
_NARROW = "width < 700"
_COLUMNS = f"({_NARROW} ? {_NARROW_COLUMNS} : {_WIDE_COLUMNS})"
_TOP, _BOTTOM, _SIDE = 46, 22, 10  # pixels of a cell around its bars
_LETTERS = 16


def item_grid(frame: pd.DataFrame, *, labels: Mapping[str, str], selected: str) -> dict[str, Any]:
    """Return the pictures in the order of the frame, bars from zero to all that were asked.

    `frame` has framework, item_label, item_short, year_label, expected and a column of counts for
    each kind of answer; `labels` has the words of the kinds in the order to stack. The count done
    in the year `selected` stands behind each name. A frame of more than one framework is refused:
    their items do not continue each other.
    """
    if frame["framework"].nunique() > 1:
        raise ValueError("items may not be drawn across two frameworks")
    items = list(dict.fromkeys(frame["item_label"]))
    years = list(dict.fromkeys(frame["year_label"]))
    kinds = [kind for kind in labels if frame[kind].sum() > 0]
    cell = _cell(len(items))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "width": "container",
        "height": CELL * -(-len(items) // _WIDE_COLUMNS),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            layers_on(_bar_rows(frame, items, years, kinds, labels),
                      [_bars(kinds, labels, len(years))], transform=cell),
            layers_on(_year_rows(items, years), [_years(len(years))], transform=cell),
            layers_on(_name_rows(frame, items, selected), _names(), transform=cell),
        ],
    }  # fmt: skip


def _cell(items: int) -> list[dict[str, Any]]:
    """Return the steps that give each row its cell."""
    rows = f"ceil({items} / {_COLUMNS})"
    return [
        {"calculate": f"width / {_COLUMNS}", "as": "wide"},
        {"calculate": f"height / {rows}", "as": "tall"},
        {"calculate": f"(datum.i % {_COLUMNS}) * datum.wide + {_SIDE}", "as": "left"},
        {"calculate": f"floor(datum.i / {_COLUMNS}) * datum.tall", "as": "top"},
        {"calculate": f"datum.tall - {_TOP + _BOTTOM}", "as": "room"},
    ]


def _bar_rows(
    frame: pd.DataFrame,
    items: Sequence[str],
    years: Sequence[str],
    kinds: Sequence[str],
    labels: Mapping[str, str],
) -> str:
    """Return a line a piece of a bar: item, year, ends of the piece as shares, kind, count."""
    lines = ["i,j,a,b,k,n,y,t"]
    for row in frame.to_dict("records"):
        i, j, start = items.index(row["item_label"]), years.index(row["year_label"]), 0
        for kind in kinds:
            count = int(row[kind])
            ends = [(start + part) / max(int(row["expected"]), 1) for part in (0, count)]
            start += count
            if count:
                words = legend_label(kind, labels[kind])
                place = f"{i},{j},{ends[0]:.4g},{ends[1]:.4g}"
                lines.append(f"{place},{words},{count},{row['year_label']},{row['item_short']}")
    return "\n".join(lines)


def _year_rows(items: Sequence[str], years: Sequence[str]) -> str:
    rows = [f"{i},{j},{year}" for i in range(len(items)) for j, year in enumerate(years)]
    return "\n".join(["i,j,y", *rows])


def _name_rows(frame: pd.DataFrame, items: Sequence[str], selected: str) -> str:
    now = {
        row["item_label"]: f"{selected}　{int(row['done'])}／回答{int(row['answering'])}"
        for row in frame[frame["year_label"] == selected].to_dict("records")
    }
    lines = ["i,n,s,c"]
    for i, item in enumerate(items):
        short = frame.loc[frame["item_label"] == item, "item_short"].iloc[0]
        name = "\\n".join(two_lines(item, letters=_LETTERS))
        lines.append(f'{i},"{name}","{short}","{now.get(item, "")}"')
    return "\n".join(lines)


def _at(x: str, y: str) -> dict[str, Any]:
    """Return the channels of a mark that is placed by pixels."""
    raw = {"type": "quantitative", "scale": None, "axis": None}
    return {"x": {"field": x, **raw}, "y": {"field": y, **raw}}


def _step(years: int) -> str:
    return f"((datum.wide - {2 * _SIDE}) / {years})"


def _bars(kinds: Sequence[str], labels: Mapping[str, str], years: int) -> dict[str, Any]:
    words = [legend_label(kind, labels[kind]) for kind in kinds]
    base = f"datum.top + {_TOP} + datum.room"
    return {
        "transform": [
            {"calculate": f"datum.left + datum.j * {_step(years)}", "as": "x1"},
            {"calculate": f"datum.x1 + {_step(years)} * 0.86", "as": "x2"},
            {"calculate": f"{base} - datum.a * datum.room", "as": "y1"},
            {"calculate": f"{base} - datum.b * datum.room", "as": "y2"},
        ],
        "mark": {"type": "rect", "stroke": theme.NO_DATA_BORDER, "strokeWidth": 0.6},
        "encoding": {
            **_at("x1", "y1"),
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "color": {
                "field": "k",
                "type": "nominal",
                "scale": {"domain": words, "range": [ANSWER_STYLES[kind].fill for kind in kinds]},
                "legend": {"title": None, "orient": "bottom", "columns": LEGEND_COLUMNS,
                           "symbolType": "square",
                           "symbolStrokeColor": theme.NO_DATA_BORDER},
            },
            "tooltip": [
                {"field": "t", "type": "nominal", "title": "項目"},
                {"field": "y", "type": "nominal", "title": "年度"},
                {"field": "k", "type": "nominal", "title": "回答"},
                {"field": "n", "type": "quantitative", "title": "市町村数"},
            ],
        },
    }  # fmt: skip


def _years(years: int) -> dict[str, Any]:
    return {
        "transform": [
            {"calculate": f"datum.left + (toNumber(datum.j) + 0.43) * {_step(years)}", "as": "x1"},
            {"calculate": f"datum.top + {_TOP} + datum.room + 11", "as": "y1"},
        ],
        "mark": {"type": "text", "baseline": "middle", "color": theme.MUTED, "tooltip": None,
                 "fontSize": {"expr": f"{_NARROW} ? 9 : 12"}},
        "encoding": {**_at("x1", "y1"), "text": {"field": "y", "type": "nominal"}},
    }  # fmt: skip


def _names() -> list[dict[str, Any]]:
    """Return the layers of the name of each item and of its count."""
    plain = {"type": "text", "align": "left", "baseline": "top", "tooltip": None}
    name = f"({_NARROW} ? datum.s : split(datum.n, '\\\\n'))"
    return [
        {
            "mark": {**plain, "fontWeight": 600, "lineHeight": 15, "text": {"expr": name},
                     "fontSize": 13},
            "encoding": _at("left", "top"),
        },
        {
            "transform": [
                {"calculate": f"datum.top + ({_NARROW} ? 16 : 31)", "as": "under"},
            ],
            "mark": {**plain, "color": theme.MUTED, "fontSize": 12},
            "encoding": {**_at("left", "under"), "text": {"field": "c", "type": "nominal"}},
        },
    ]  # fmt: skip
