"""Area × item matrix of rates, with the rate printed in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import Any

import pandas as pd

from charts import theme
from charts.formatting import number
from charts.rate_by_year import BREAKS
from charts.status_matrix import ROW_HEIGHT, matrix_places


def rate_matrix(frame: pd.DataFrame, *, word: str, items: Sequence[str]) -> dict[str, Any]:
    """Return the matrix; `frame` has area_name, item_label, rate, done, answering, expected."""
    areas = list(dict.fromkeys(frame["area_name"]))
    columns = ["area_code", "area_name", "item_label", "done", "answering", "expected"]
    values = frame[columns].assign(
        rate=frame["rate"].round(1).astype(object).where(frame["rate"].notna(), None),
        rate_text=["―" if pd.isna(rate) else number(floor(rate + 0.5)) for rate in frame["rate"]],
    )
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": values.to_dict("records")},
        "width": "container",
        "height": {"step": ROW_HEIGHT},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": matrix_places(areas, items),
        "layer": [_cells(word), _texts(len(items))],
    }


def _cells(word: str) -> dict[str, Any]:
    return {
        "mark": {"type": "rect", "stroke": theme.BORDER},
        "encoding": {
            "color": {
                "condition": {"test": "!isValid(datum.rate)", "value": theme.NO_DATA},
                "field": "rate",
                "type": "quantitative",
                "scale": {"type": "threshold", "domain": list(BREAKS),
                          "range": list(theme.SEQUENTIAL[:5])},
                "legend": {"title": f"{word}の割合（％）", "orient": "top",
                           "direction": "horizontal"},
            },
            "tooltip": [
                {"field": "area_name", "title": "地域"},
                {"field": "item_label", "title": "項目"},
                {"field": "rate", "title": f"{word}の割合（％）", "format": ".1f"},
                {"field": "done", "title": f"{word}（市町村）"},
                {"field": "answering", "title": "回答（市町村）"},
                {"field": "expected", "title": "対象（市町村）"},
            ],
        },
    }  # fmt: skip


def _texts(columns: int) -> dict[str, Any]:
    return {
        "mark": {
            "type": "text",
            "fontSize": {"expr": f"max(8, min(14, width / {2 * max(columns, 1)}))"},
        },
        "encoding": {
            "text": {"field": "rate_text"},
            "color": {"condition": {"test": "datum.rate >= 60", "value": "#ffffff"},
                      "value": theme.INK},
        },
    }  # fmt: skip
