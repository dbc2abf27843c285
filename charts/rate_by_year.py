"""Implementation rate of each item by fiscal year, within one framework."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts import theme
from charts.labelled_rows import Rows, figure, rows_of

BREAKS = (20, 40, 60, 80)
COLOURS = theme.sequential(len(BREAKS) + 1)
# The number on a cell keeps 4.5:1 against each colour.
INK_ON_RATE = {"condition": {"test": "datum.rate >= 60", "value": "#ffffff"}, "value": theme.INK}
NO_RATE = "―"
COUNTS = ("done", "answering", "expected")


@dataclass(frozen=True)
class CellWords:
    """What the tooltip of a cell calls its column, its parts and its rate."""

    column: str = "年度"
    done: str = "実施"
    answering: str = "回答（市町村）"
    expected: str | None = "対象（市町村）"


def rate_by_year(
    frame: pd.DataFrame,
    *,
    word: str,
    selected: str | None = None,
    without_survey: Sequence[str] = (),
) -> dict[str, Any]:
    """Return rows of cells, one row an item and one cell a fiscal year, with the rate printed.

    `frame` has framework, item_label, item_short, year_label, done, answering and expected in the
    order to draw; the years named in `without_survey` are drawn grey. A frame of more than one
    framework is refused: their items do not continue each other.
    """
    if frame["framework"].nunique() > 1:
        raise ValueError("a rate may not be drawn across two frameworks")
    years = sorted({*frame["year_label"], *without_survey}, key=_in_time)
    return rate_cells(
        _with_gaps(frame, without_survey),
        columns=years,
        words=CellWords(done=word),
        selected=selected if selected in years else None,
    )


def _in_time(label: str) -> tuple[bool, int]:
    """Return the key by which era years stand: R1 after H30."""
    return label.startswith("R"), int(label[1:])


def _with_gaps(frame: pd.DataFrame, without_survey: Sequence[str]) -> pd.DataFrame:
    rows = frame.drop_duplicates("item_label")
    gaps = [
        rows.assign(year_label=year, done=0, answering=0, expected=0) for year in without_survey
    ]
    return pd.concat([frame, *gaps], ignore_index=True)


def rate_cells(
    frame: pd.DataFrame,
    *,
    columns: list[str],
    words: CellWords,
    selected: str | None = None,
    as_counts: bool = False,
) -> dict[str, Any]:
    """Return rows of cells with the rate printed, one column for each name in `columns`.

    `frame` has item_label, item_short, year_label (the column), done, answering and expected.
    `as_counts` prints done/answering instead, where few answered; the colour is that of the rate.
    """
    rows = rows_of(frame["item_label"].tolist(), frame["item_short"].tolist())
    cells = {
        "transform": unfolded_rates("year_label", columns, decimals=1),
        "encoding": {"x": _column_axis(columns, rows)},
        "layer": [
            _cells(words, selected),
            {
                "mark": {"type": "text", "baseline": "middle"},
                "encoding": {
                    "text": {"field": "count_text" if as_counts else "rate_text"},
                    "color": INK_ON_RATE,
                },
            },
        ],
    }
    counts = folded_counts(frame, row="item_label", column="year_label", order=columns)
    return figure([cells, rows.names()], rows=rows, values=rows.values(counts))


def folded_counts(
    frame: pd.DataFrame, *, row: str, column: str, order: list[str]
) -> dict[str, dict[str, str]]:
    """Return by row its counts in the order of the columns, a blank for one not asked.

    Little is sent; the browser makes the cells by `unfolded_rates`.
    """
    found: dict[str, dict[str, list[int]]] = {}
    fields = (row, column, *COUNTS)
    for name, place, *numbers in zip(*(frame[f].tolist() for f in fields), strict=True):
        found.setdefault(name, {})[place] = numbers
    return {
        name: {
            count: ",".join(str(of[place][position]) if place in of else "" for place in order)
            for position, count in enumerate(COUNTS)
        }
        for name, of in found.items()
    }


def unfolded_rates(column: str, order: list[str], *, decimals: int) -> list[dict[str, Any]]:
    """Return the steps by which the browser makes a cell of every column and computes its rate."""
    asked = "toNumber(datum.answering)"
    counts = "datum.done + '／' + datum.answering"
    return [
        *({"calculate": f"split(datum.{count}, ',')", "as": count} for count in COUNTS),
        {"calculate": json.dumps(order, ensure_ascii=False), "as": column},
        {"flatten": [*COUNTS, column]},
        {"filter": "datum.expected !== ''"},
        {"calculate": f"{asked} > 0 ? 100 * toNumber(datum.done) / {asked} : null", "as": "rate"},
        {
            "calculate": f"isValid(datum.rate) ? format(datum.rate, '.{decimals}f') : '{NO_RATE}'",
            "as": "rate_text",
        },
        {"calculate": f"isValid(datum.rate) ? {counts} : '{NO_RATE}'", "as": "count_text"},
    ]


def _column_axis(columns: list[str], rows: Rows) -> dict[str, Any]:
    return {
        "field": "year_label",
        "type": "ordinal",
        "sort": columns,
        "axis": {"title": None, "orient": "top", "labelAngle": 0, "domain": False, "ticks": False},
        "scale": {"domain": columns, "paddingInner": 0.04, "range": rows.x_range()},
    }


def _cells(words: CellWords, selected: str | None) -> dict[str, Any]:
    colour = {
        "field": "rate",
        "type": "quantitative",
        "scale": {"type": "threshold", "domain": list(BREAKS), "range": COLOURS},
        "legend": {
            "title": f"{words.done}の割合（％）",
            "orient": "bottom",
            "direction": "horizontal",
        },
    }
    outlined = {"test": {"field": "year_label", "equal": selected}}
    return {
        "mark": {"type": "rect"},
        "encoding": {
            "color": {
                "condition": {"test": "!isValid(datum.rate)", "value": theme.NO_DATA},
                **colour,
            },
            "strokeWidth": {"condition": outlined | {"value": 2.5}, "value": 0.5},
            "stroke": {"condition": outlined | {"value": theme.OWN_AREA},
                       "value": theme.NO_DATA_BORDER},
            "tooltip": [
                {"field": "item_label", "title": "項目"},
                {"field": "year_label", "title": words.column},
                {"field": "rate_text", "title": f"{words.done}の割合（％）"},
                {"field": "done", "title": f"{words.done}（市町村）"},
                {"field": "answering", "title": words.answering},
                *([{"field": "expected", "title": words.expected}] if words.expected else []),
            ],
        },
    }  # fmt: skip
