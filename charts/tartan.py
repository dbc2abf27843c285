"""Tartan rug: areas × indicators, each cell by what it is beside the benchmark."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.theme import DIVERGING, GRID, INK, NO_DATA, OWN_AREA, base_config

ROW_HEIGHT = 24
# one letter a cell over the wire; symbol, words, fill
CELLS = {
    "higher": ("h", "▲", "基準より高い", DIVERGING[5]),
    "similar": ("s", "●", "同程度", DIVERGING[3]),
    "lower": ("l", "▼", "基準より低い", DIVERGING[1]),
    "not_compared": ("n", "◆", "値はあるが判定なし", "#ffffff"),
    "missing": ("m", "／", "値なし", NO_DATA),
}


def tartan(
    frame: pd.DataFrame, *, indicators: Sequence[str], own_code: str | None = None
) -> dict[str, Any]:
    """Return the rug; areas in the order of the frame, columns in the order of `indicators`.

    `frame` has area_code, area_name, indicator (its printed title), outcome (a key of CELLS) and
    printed; a pair that is absent has no value.
    """
    return {
        "data": {"values": _rows(frame, indicators, own_code)},
        "transform": _unfold(indicators),
        "width": "container",
        "height": {"step": ROW_HEIGHT},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": _places(frame, indicators, own_code),
        "layer": [_cells(), _symbols(len(indicators))],
        "config": base_config(),
    }


def _rows(
    frame: pd.DataFrame, indicators: Sequence[str], own_code: str | None
) -> list[dict[str, Any]]:
    found: dict[str, dict[str, tuple[str, str]]] = {}
    names = dict(zip(frame["area_code"], _labels(frame, own_code), strict=True))
    columns = (frame["area_code"], frame["indicator"], frame["outcome"], frame["printed"])
    for code, indicator, outcome, printed in zip(*(c.tolist() for c in columns), strict=True):
        found.setdefault(code, {})[indicator] = (CELLS[outcome][0], printed)
    absent = (CELLS["missing"][0], "データなし")
    return [
        {
            "area_code": code,
            "area": names[code],
            "own": code == own_code,
            "cells": "".join(cells.get(i, absent)[0] for i in indicators),
            "printed": "|".join(cells.get(i, absent)[1] for i in indicators),
        }
        for code, cells in found.items()
    ]


def _labels(frame: pd.DataFrame, own_code: str | None) -> list[str]:
    shared = frame.groupby("area_name")["area_code"].transform("nunique") > 1
    names = frame["area_name"].where(~shared, frame["area_name"] + "（" + frame["area_code"] + "）")
    own = frame["area_code"] == own_code
    return names.where(~own, "▶ " + names).tolist()


def _unfold(indicators: Sequence[str]) -> list[dict[str, Any]]:
    """Return the steps by which the browser makes a cell of every letter."""
    symbols = {letter: symbol for letter, symbol, _, _ in CELLS.values()}
    words = {letter: f"{symbol} {text}" for letter, symbol, text, _ in CELLS.values()}
    return [
        {"calculate": "split(datum.cells, '')", "as": "cell"},
        {"calculate": "split(datum.printed, '|')", "as": "value"},
        {"calculate": json.dumps(list(indicators), ensure_ascii=False), "as": "indicator"},
        {"flatten": ["cell", "value", "indicator"]},
        {"calculate": f"({json.dumps(symbols, ensure_ascii=False)})[datum.cell]", "as": "symbol"},
        {"calculate": f"({json.dumps(words, ensure_ascii=False)})[datum.cell]", "as": "outcome"},
    ]


def _places(frame: pd.DataFrame, indicators: Sequence[str], own_code: str | None) -> dict[str, Any]:
    areas = list(dict.fromkeys(_labels(frame, own_code)))
    return {
        "x": {
            "field": "indicator",
            "type": "nominal",
            "sort": None,
            "scale": {"domain": list(indicators)},
            "axis": {"title": None, "orient": "top", "labelAngle": -60, "labelLimit": 190,
                     "domain": False, "ticks": False, "labelOverlap": False,
                     "labelFontSize": {"expr": f"max(9, min(13, width / {len(indicators) or 1}))"}},
        },
        "y": {
            "field": "area",
            "type": "nominal",
            "sort": None,
            "scale": {"domain": areas},
            "axis": {"title": None, "domain": False, "ticks": False, "labelLimit": 150,
                     "labelOverlap": False},
        },
    }  # fmt: skip


def _cells() -> dict[str, Any]:
    labels = [f"{symbol} {text}" for _, symbol, text, _ in CELLS.values()]
    return {
        "params": [{"name": "area", "select": {"type": "point", "fields": ["area_code"]}}],
        "mark": {"type": "rect"},
        "encoding": {
            "color": {
                "field": "outcome",
                "type": "nominal",
                "scale": {"domain": labels, "range": [fill for *_, fill in CELLS.values()]},
                "legend": {"title": None, "orient": "top", "symbolType": "square",
                           "symbolStrokeColor": GRID,
                           "columns": {"expr": "width < 400 ? 1 : 5"}},
            },
            "stroke": {"condition": {"test": "datum.own", "value": OWN_AREA}, "value": "#ffffff"},
            "strokeWidth": {"condition": {"test": "datum.own", "value": 2}, "value": 1},
            "tooltip": [
                {"field": "area", "title": "地域"},
                {"field": "indicator", "title": "指標"},
                {"field": "value", "title": "値"},
                {"field": "outcome", "title": "基準と比べて"},
            ],
        },
    }  # fmt: skip


def _symbols(columns: int) -> dict[str, Any]:
    return {
        "mark": {
            "type": "text",
            "color": INK,
            "fontSize": {"expr": f"max(7, min(13, width / {max(columns, 1)}))"},
        },
        "encoding": {"text": {"field": "symbol"}},
    }
