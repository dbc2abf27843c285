"""Area × item matrix of rates, with the rate printed in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts import theme
from charts.rate_by_year import (
    BREAKS,
    COLOURS,
    INK_ON_RATE,
    folded_counts,
    unfolded_rates,
)
from charts.status_matrix import ROW_HEIGHT, matrix_places


def rate_matrix(frame: pd.DataFrame, *, word: str, items: Sequence[str]) -> dict[str, Any]:
    """Return the matrix; `frame` has area_name, item_label, done, answering, expected."""
    counts = folded_counts(frame, row="area_name", column="item_label", order=list(items))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": [{"area_name": area, **of} for area, of in counts.items()]},
        "transform": unfolded_rates("item_label", list(items), decimals=0),
        "width": "container",
        "height": {"step": ROW_HEIGHT},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": matrix_places(items),
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
                          "range": COLOURS},
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
            "color": INK_ON_RATE,
        },
    }
