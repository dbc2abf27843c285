"""Implementation rate of each item by fiscal year, within one framework."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import theme
from charts.formatting import number
from charts.labelled_rows import figure, rows_of

BREAKS = (20, 40, 60, 80)
COLOURS = theme.sequential(len(BREAKS) + 1)
# The number on a cell keeps 4.5:1 against each colour.
INK_ON_RATE = {"condition": {"test": "datum.rate >= 60", "value": "#ffffff"}, "value": theme.INK}
NO_RATE = "―"


def rate_by_year(frame: pd.DataFrame, *, word: str, selected: str | None = None) -> dict[str, Any]:
    """Return rows of cells, one row an item and one cell a fiscal year, with the rate printed.

    `frame` has framework, item_label, item_short, year_label, rate, done, answering, expected in
    the order to draw. A frame of more than one framework is refused: their items do not continue
    each other.
    """
    if frame["framework"].nunique() > 1:
        raise ValueError("a rate may not be drawn across two frameworks")
    rows = rows_of(frame["item_label"].tolist(), frame["item_short"].tolist())
    years = list(dict.fromkeys(frame["year_label"]))
    x = {
        "field": "year_label",
        "type": "ordinal",
        "sort": years,
        "axis": {
            "title": None,
            "orient": "top",
            "labelAngle": 0,
            "domain": False,
            "ticks": False,
        },
        "scale": {"domain": years, "paddingInner": 0.04, "range": rows.x_range()},
    }
    layers = [
        _cells(x, word, selected),
        rows.names(),
        {
            "mark": {"type": "text", "baseline": "middle"},
            "encoding": {
                "x": x,
                "text": {"field": "rate_text"},
                "color": INK_ON_RATE,
            },
        },
    ]
    return figure(layers, rows=rows, values=_values(frame))


def _values(frame: pd.DataFrame) -> list[dict[str, Any]]:
    columns = ["item_label", "year_label", "done", "answering", "expected"]
    shown = frame[columns].assign(
        rate=frame["rate"].round(1).astype(object).where(frame["rate"].notna(), None),
        rate_text=[
            NO_RATE if pd.isna(rate) else number(rate, decimals=1) for rate in frame["rate"]
        ],
    )
    return shown.to_dict("records")


def _cells(x: dict[str, Any], word: str, selected: str | None) -> dict[str, Any]:
    colour = {
        "field": "rate",
        "type": "quantitative",
        "scale": {"type": "threshold", "domain": list(BREAKS), "range": COLOURS},
        "legend": {"title": f"{word}の割合（％）", "orient": "bottom", "direction": "horizontal"},
    }
    return {
        "mark": {"type": "rect", "stroke": theme.NO_DATA_BORDER, "strokeWidth": 0.5},
        "encoding": {
            "x": x,
            "color": {
                "condition": {"test": "!isValid(datum.rate)", "value": theme.NO_DATA},
                **colour,
            },
            "strokeWidth": {
                "condition": {"test": {"field": "year_label", "equal": selected}, "value": 2.5},
                "value": 0.5,
            },
            "stroke": {
                "condition": {"test": {"field": "year_label", "equal": selected},
                              "value": theme.OWN_AREA},
                "value": theme.NO_DATA_BORDER,
            },
            "tooltip": [
                {"field": "item_label", "title": "項目"},
                {"field": "year_label", "title": "年度"},
                {"field": "rate_text", "title": f"{word}の割合（％）"},
                {"field": "done", "title": f"{word}（市町村）"},
                {"field": "answering", "title": "回答（市町村）"},
                {"field": "expected", "title": "対象（市町村）"},
            ],
        },
    }  # fmt: skip
