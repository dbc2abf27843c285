"""Bars of one area, to stand beside those of another on the same rows and the same scale."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import theme
from charts.formatting import number
from charts.labelled_rows import figure, rows_of

_END = 70


def pair_bars(
    frame: pd.DataFrame, *, top: float, axis_title: str, decimals: int, is_own: bool
) -> dict[str, Any]:
    """Return a bar a row from zero to `top`; a row without a value has words in its place.

    `frame` has item_label, item_short and value, rows in the order to draw: for both areas the
    same rows, and the same `top`.
    """
    rows = rows_of(frame["item_label"].tolist(), frame["item_short"].tolist())
    fields = {
        str(label): {
            "value": None if pd.isna(value) else round(float(value), decimals + 1),
            "end_text": number(value, decimals=decimals),
        }
        for label, value in zip(frame["item_label"], frame["value"], strict=True)
    }
    bars = {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "bar", "color": theme.OWN_AREA if is_own else theme.CATEGORICAL[0]},
        "encoding": {
            "x": {
                "field": "value",
                "type": "quantitative",
                "scale": {"domain": [0, top], "nice": False, "range": rows.x_range(end=_END)},
                "axis": {"title": axis_title, "tickCount": 4},
            },
            "tooltip": [
                {"field": "item_label", "title": "項目"},
                {"field": "end_text", "title": axis_title},
            ],
        },
    }
    return figure([bars, rows.names(), rows.ends()], rows=rows, values=rows.values(fields))
