"""Area × item matrix of rates, with the rate printed in each cell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts import theme
from charts.rate_by_year import BREAKS, COLOURS, INK_ON_RATE, NO_RATE
from charts.status_matrix import ROW_HEIGHT, matrix_places


def rate_matrix(frame: pd.DataFrame, *, word: str, items: Sequence[str]) -> dict[str, Any]:
    """Return the matrix; `frame` has area_name, item_label, done, answering, expected."""
    areas = list(dict.fromkeys(frame["area_name"]))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": _rows(frame, items)},
        "transform": _unfold(items),
        "width": "container",
        "height": {"step": ROW_HEIGHT},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": matrix_places(areas, items),
        "layer": [_cells(word), _texts(len(items))],
    }


def _rows(frame: pd.DataFrame, items: Sequence[str]) -> list[dict[str, Any]]:
    """Return one row an area: counts of its items in order, a blank for an item not asked."""
    counts: dict[str, dict[str, list[int]]] = {}
    columns = ("area_name", "item_label", "done", "answering", "expected")
    for name, item, *numbers in zip(*(frame[c].tolist() for c in columns), strict=True):
        counts.setdefault(name, {})[item] = numbers
    rows = []
    for name, of in counts.items():
        row = {"area_name": name}
        for position, column in enumerate(("done", "answering", "expected")):
            row[column] = ",".join(str(of[i][position]) if i in of else "" for i in items)
        rows.append(row)
    return rows


def _unfold(items: Sequence[str]) -> list[dict[str, Any]]:
    """Return the steps by which the browser makes a cell of every item and computes its rate."""
    counts = ("done", "answering", "expected")
    asked = "toNumber(datum.answering)"
    return [
        *({"calculate": f"split(datum.{count}, ',')", "as": count} for count in counts),
        {"calculate": json.dumps(list(items), ensure_ascii=False), "as": "item_label"},
        {"flatten": [*counts, "item_label"]},
        {"filter": "datum.expected !== ''"},
        {"calculate": f"{asked} > 0 ? 100 * toNumber(datum.done) / {asked} : null", "as": "rate"},
        {"calculate": f"isValid(datum.rate) ? format(datum.rate, '.0f') : '{NO_RATE}'",
         "as": "rate_text"},
    ]  # fmt: skip


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
