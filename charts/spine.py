"""Spine chart: where one area stands in the range of its siblings, indicator by indicator."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.formatting import number
from charts.theme import DIVERGING, INK, MUTED, NO_DATA, base_config

STEP = 27
DOMAIN_MARK = "■ "
OUTCOMES = {
    "higher": ("基準より高い", "triangle-up", DIVERGING[6]),
    "similar": ("同程度", "circle", INK),
    "lower": ("基準より低い", "triangle-down", DIVERGING[0]),
    "not_compared": ("判定なし（値だけ）", "diamond", MUTED),
}
# Beside a label of two lines a narrow screen has room for the value alone.
_NARROW = "width < 420"


def spine(frame: pd.DataFrame, *, area_name: str, benchmark_name: str) -> dict[str, Any]:
    """Return one strip per row: range and middle half of the siblings, benchmark and own mark.

    The frame has domain_label, title, value, unit, decimals, lowest, lower_quartile, middle,
    upper_quartile, highest, benchmark_value, outcome, rank and siblings; rows are drawn in its
    order, under a heading for each domain.
    """
    rows: list[dict[str, Any]] = []
    for domain, group in frame.groupby("domain_label", sort=False):
        rows.append({"label": f"{DOMAIN_MARK}{domain}||"})
        rows += [_row(row) for row in group.itertuples()]
    rows = [{**row, "place": place} for place, row in enumerate(rows)]
    y = {
        "field": "label",
        "type": "nominal",
        "sort": {"field": "place", "op": "min"},
        "title": None,
        "axis": _Y_AXIS,
    }
    layers = [
        _range(y, "start", "end", colour="#e9edf0", width=14),
        _range(y, "q1", "q3", colour=NO_DATA, width=14),
        _benchmark(y, benchmark_name),
        _own(y, area_name=area_name, benchmark_name=benchmark_name),
    ]
    return {
        "data": {"values": rows},
        "width": "container",
        "height": {"step": STEP},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": layers,
        "config": base_config(),
    }


def _row(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of itertuples
    marks = [row.lowest, row.highest, row.value, row.benchmark_value]
    known = [float(mark) for mark in marks if pd.notna(mark)]
    low, high = min(known), max(known)

    def place(value: float) -> float | None:
        if pd.isna(value):
            return None
        return 0.5 if high == low else round((float(value) - low) / (high - low), 4)

    def words(value: float) -> str:
        return number(value, decimals=int(row.decimals))

    printed = _with_unit(words(row.value), row.unit)
    short = printed.removeprefix("75歳以上")
    rank = f"高い順{row.rank:.0f}/{row.siblings}"
    reference = f"（基準 {words(row.benchmark_value)}）" if pd.notna(row.benchmark_value) else ""
    return {
        "title": row.title,
        "label": f"{row.title}|{short}|{printed}{reference}　{rank}",
        "start": place(row.lowest),
        "end": place(row.highest),
        "q1": place(row.lower_quartile),
        "q3": place(row.upper_quartile),
        "benchmark": place(row.benchmark_value),
        "own": place(row.value),
        "outcome": OUTCOMES[row.outcome][0],
        "printed": printed,
        "reference": words(row.benchmark_value),
        "spread": f"{words(row.lowest)}～{words(row.highest)}（中央値 {words(row.middle)}）",
        "rank": f"{int(row.siblings)}地域中 高い順に{int(row.rank)}番目",
    }


def _with_unit(number: str, unit: str) -> str:
    return f"{unit} {number}" if "対" in unit else f"{number}{unit}"


_LINE = 12.5
_IS_DOMAIN = f"indexof(datum.label, '{DOMAIN_MARK}') === 0"
_PARTS = "split(datum.label, '|')"
# A heading stands on the second line, nearer to what it heads.
_Y_AXIS = {
    "labelExpr": f"{_IS_DOMAIN} ? ['', {_PARTS}[0]] : [{_PARTS}[0], {_PARTS}[{_NARROW} ? 1 : 2]]",
    "labelOffset": -_LINE / 2,  # Vega centres the first of two lines
    "labelFontWeight": {
        "condition": {"test": _IS_DOMAIN, "value": "bold"},
        "value": "normal",
    },
    "labelLimit": 380,
    "labelPadding": 8,  # half a mark, which may stand at the very start
    "labelLineHeight": _LINE,
    "labelFontSize": 11,
    "minExtent": 150,
    "ticks": False,
    "domain": False,
}
_COLUMNS = {"expr": "width < 300 ? 1 : width < 520 ? 2 : 4"}
_X_AXIS = {
    "title": ["比べる地域の", "最小 ← → 最大"],
    "values": [],
    "domain": False,
    "orient": "top",
}


def _range(y: dict[str, Any], start: str, end: str, *, colour: str, width: int) -> dict[str, Any]:
    return {
        "mark": {"type": "bar", "height": width, "color": colour},
        "encoding": {
            "y": y,
            "x": {
                "field": start,
                "type": "quantitative",
                "scale": {"domain": [-0.03, 1.03], "nice": False},
                "axis": _X_AXIS,
            },
            "x2": {"field": end},
        },
    }


def _benchmark(y: dict[str, Any], name: str) -> dict[str, Any]:
    return {
        "mark": {"type": "tick", "thickness": 3, "size": 24, "color": INK},
        "encoding": {
            "y": y,
            "x": {"field": "benchmark", "type": "quantitative"},
            "tooltip": [
                {"field": "title", "title": "指標"},
                {"field": "reference", "title": name},
            ],
        },
    }


def _own(y: dict[str, Any], *, area_name: str, benchmark_name: str) -> dict[str, Any]:
    labels = [label for label, _, _ in OUTCOMES.values()]
    legend = {"orient": "top", "title": None, "symbolSize": 160, "columns": _COLUMNS}
    return {
        "mark": {"type": "point", "filled": True, "size": 190, "opacity": 1},
        "encoding": {
            "y": y,
            "x": {"field": "own", "type": "quantitative"},
            "shape": {
                "field": "outcome",
                "type": "nominal",
                "scale": {"domain": labels, "range": [shape for _, shape, _ in OUTCOMES.values()]},
                "legend": legend,
            },
            "color": {
                "field": "outcome",
                "type": "nominal",
                "scale": {"domain": labels, "range": [colour for *_, colour in OUTCOMES.values()]},
                "legend": legend,
            },
            "tooltip": [
                {"field": "title", "title": "指標"},
                {"field": "printed", "title": area_name},
                {"field": "reference", "title": benchmark_name},
                {"field": "spread", "title": "比べる地域の範囲"},
                {"field": "rank", "title": "順位"},
            ],
        },
    }
