"""Areas × structure indicators: which values lie below the median, told by sign and colour."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.formatting import number
from charts.map_legend import hatch
from charts.theme import DIVERGING, INK, MUTED, OWN_AREA, base_config

ROW_HEIGHT = 26
OWN_MARK = "▶ "
# kind: (sign, fill, ink, words)
KINDS = {
    "clear": ("▼", DIVERGING[5], INK, "下回る（偶然を超える差）"),
    "below": ("▼", DIVERGING[4], INK, "下回る"),
    "equal": ("●", DIVERGING[3], INK, "同じ"),
    "above": ("▲", DIVERGING[2], INK, "上回る"),
    "neutral": ("", "#ffffff", MUTED, "数えない項目"),
    "missing": ("", "", MUTED, "データなし・比べられない"),
}


def supply_matrix(
    frame: pd.DataFrame, *, items: Sequence[str], decimals: int = 2, own_code: str | None = None
) -> dict[str, Any]:
    """Return the matrix, rows in the order of the frame and columns in the order of `items`.

    `frame` has area_code, area_name, mark (printed after the name), item_label, kind (a key of
    KINDS), value and status_label (the words for a missing value).
    """
    kinds = [kind for kind in KINDS if kind in set(frame["kind"])]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": base_config(),
        "data": {"values": _rows(frame, items, decimals, own_code)},
        "transform": _unfold(list(items)),
        "width": "container",
        "height": {"step": ROW_HEIGHT},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": _places(items, has_own=own_code is not None),
        "layer": [_cells(kinds), _texts(len(items))],
    }


def _rows(
    frame: pd.DataFrame, items: Sequence[str], decimals: int, own_code: str | None
) -> list[dict[str, Any]]:
    """Return one row an area; the browser makes its cells."""
    repeated = frame.groupby("area_name")["area_code"].transform("nunique") > 1
    names = frame["area_name"].where(
        ~repeated, frame["area_name"] + "（" + frame["area_code"] + "）"
    )
    places = {item: place for place, item in enumerate(items)}
    columns = ("area_code", "mark", "item_label", "kind", "value", "status_label")
    rows: dict[str, dict[str, Any]] = {}
    for name, code, mark, item, kind, value, words in zip(
        names, *(frame[column].tolist() for column in columns), strict=True
    ):
        label = f"{OWN_MARK if code == own_code else ''}{name}　{mark}"
        row = rows.setdefault(
            code, {"a": code, "n": label, "k": [""] * len(items), "t": [""] * len(items)}
        )
        printed = words if pd.isna(value) else number(value, decimals=decimals)
        row["k"][places[item]] = kind
        row["t"][places[item]] = f"{KINDS[kind][0]}{printed}"
    return [{**row, "k": "|".join(row["k"]), "t": "|".join(row["t"])} for row in rows.values()]


def _unfold(items: list[str]) -> list[dict[str, Any]]:
    words = {kind: entry[3] for kind, entry in KINDS.items()}
    return [
        {"calculate": "split(datum.k, '|')", "as": "kind"},
        {"calculate": "split(datum.t, '|')", "as": "text"},
        {"calculate": json.dumps(items, ensure_ascii=False), "as": "item"},
        {"flatten": ["kind", "text", "item"]},
        {"filter": "datum.kind !== ''"},
        {"calculate": f"({json.dumps(words, ensure_ascii=False)})[datum.kind]", "as": "standing"},
    ]


def _places(items: Sequence[str], *, has_own: bool) -> dict[str, Any]:
    own = f"indexof(datum.label, '{OWN_MARK}') === 0"
    colour = {"condition": {"test": own, "value": OWN_AREA}, "value": INK} if has_own else INK
    return {
        "x": {
            "field": "item",
            "type": "nominal",
            "sort": None,
            "scale": {"domain": list(items)},
            "axis": {"title": None, "orient": "top", "domain": False, "ticks": False,
                     "labelAngle": {"expr": "width < 500 ? -90 : -40"}, "labelOverlap": False,
                     "labelLimit": 220,
                     "labelFontSize": {"expr": f"max(10, min(14, width / {len(items) or 1} / 5))"}},
        },
        "y": {
            "field": "n",
            "type": "nominal",
            "sort": None,
            "axis": {"title": None, "domain": False, "ticks": False, "labelLimit": 200,
                     "labelOverlap": False, "labelColor": colour},
        },
    }  # fmt: skip


def _cells(kinds: list[str]) -> dict[str, Any]:
    fills = [hatch() if kind == "missing" else KINDS[kind][1] for kind in kinds]
    return {
        "mark": {"type": "rect", "stroke": "#ffffff"},
        "encoding": {
            "fill": {
                "field": "standing",
                "type": "nominal",
                "scale": {"domain": [KINDS[kind][3] for kind in kinds], "range": fills},
                "legend": {
                    "title": "中央値を",
                    "orient": "top",
                    "direction": "horizontal",
                    "columns": 3,
                    "symbolType": "square",
                    "symbolSize": 220,
                    "symbolStrokeColor": MUTED,
                },
            },
            "tooltip": [
                {"field": "n", "title": "地域"},
                {"field": "item", "title": "項目"},
                {"field": "text", "title": "値"},
                {"field": "standing", "title": "中央値を"},
            ],
        },
    }


def _texts(columns: int) -> dict[str, Any]:
    return {
        "transform": [{"filter": "datum.kind !== 'missing'"}],
        "mark": {
            "type": "text",
            "fontSize": {"expr": f"max(8, min(14, width / {5 * max(columns, 1)}))"},
        },
        "encoding": {"text": {"field": "text"}},
    }
