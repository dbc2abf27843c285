"""Two areas as mirrored bars, indicator by indicator."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.formatting import number
from charts.theme import CATEGORICAL, INK, MUTED, REFERENCE, base_config

STEP = 46
_NARROW = "width < 420"
_LONG = 15  # letters that a desktop has room for
# Where the name is long, what stands in brackets has a line of its own.
_BRACKET = "indexof(datum.label, '（')"
_TWO_LINES = (
    f"({_NARROW} || length(datum.label) > {_LONG}) && {_BRACKET} > 0"
    f" ? [slice(datum.label, 0, {_BRACKET}), slice(datum.label, {_BRACKET})] : datum.label"
)


def mirror(frame: pd.DataFrame, *, left_name: str, right_name: str) -> dict[str, Any]:
    """Return bars to the left for one area and to the right for the other.

    `frame` has title, unit, decimals, left_value, right_value, benchmark_value and highest; every
    row is drawn as a share of the highest value among the areas compared, so that indicators of
    different units stand on one scale.
    """
    rows = [_row(row) for row in frame.itertuples()]
    y = {"field": "title", "type": "nominal", "sort": [row["title"] for row in rows],
         "axis": {"title": None, "ticks": False, "domain": False, "offset": 4,
                  "labelLimit": {"expr": f"{_NARROW} ? 120 : 240"}, "labelExpr": _TWO_LINES,
                  "labelFontSize": {"expr": f"{_NARROW} ? 11 : 14"}}}  # fmt: skip
    return {
        "data": {"values": rows},
        "width": "container",
        "height": {"step": STEP},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            _bars(y, "left", left_name, right_name),
            _bars(y, "right", left_name, right_name),
            _benchmark(y, "left_mark"),
            _benchmark(y, "right_mark"),
            *(_printed(y, "left", align="right", dx=-5, halo=halo) for halo in (True, False)),
            *(_printed(y, "right", align="left", dx=5, halo=halo) for halo in (True, False)),
        ],
        "config": base_config(),
    }


def _row(row: Any) -> dict[str, Any]:  # noqa: ANN401
    def share(value: float) -> float | None:
        if pd.isna(value) or pd.isna(row.highest) or row.highest <= 0:
            return None if pd.isna(value) else 0.0
        return round(float(value) / float(row.highest), 4)

    def words(value: float) -> str:
        printed = number(value, decimals=int(row.decimals))
        return printed if pd.isna(value) or "対" in row.unit else f"{printed}{row.unit}"

    left, right, mark = (share(v) for v in (row.left_value, row.right_value, row.benchmark_value))
    return {
        "title": f"{row.title}（{row.unit}）" if "対" in row.unit else row.title,
        "left": -(left or 0),
        "right": right or 0,
        "left_printed": words(row.left_value),
        "right_printed": words(row.right_value),
        "left_mark": None if mark is None else -mark,
        "right_mark": mark,
        "benchmark_printed": words(row.benchmark_value),
    }


_X = {
    "type": "quantitative",
    "scale": {
        # the printed values need more room beside the short bars of a telephone
        "domain": [{"expr": f"{_NARROW} ? -1.8 : -1.25"}, {"expr": f"{_NARROW} ? 1.8 : 1.25"}],
        "nice": False,
    },
    "axis": None,
}


def _bars(y: dict[str, Any], field: str, left_name: str, right_name: str) -> dict[str, Any]:
    return {
        "mark": {"type": "bar", "height": 22},
        "encoding": {
            "y": y,
            "x": {**_X, "field": field},
            "color": {
                "datum": f"◀ {left_name}" if field == "left" else f"▶ {right_name}",
                "scale": {"domain": [f"◀ {left_name}", f"▶ {right_name}"],
                          "range": list(CATEGORICAL[:2])},
                "legend": {"orient": "top", "title": None,
                           "columns": {"expr": f"{_NARROW} ? 1 : 2"}},
            },
            "tooltip": [
                {"field": "title", "title": "指標"},
                {"field": "left_printed", "title": left_name},
                {"field": "right_printed", "title": right_name},
                {"field": "benchmark_printed", "title": "基準"},
            ],
        },
    }  # fmt: skip


def _benchmark(y: dict[str, Any], field: str) -> dict[str, Any]:
    return {
        "transform": [{"filter": f"isValid(datum.{field})"}],
        "mark": {"type": "tick", "thickness": 2, "size": 30, "color": REFERENCE},
        "encoding": {"y": y, "x": {**_X, "field": field}},
    }


def _printed(y: dict[str, Any], field: str, *, align: str, dx: int, halo: bool) -> dict[str, Any]:
    """Return the printed values; a white halo below them keeps the benchmark out of the figures."""
    stroke = {"stroke": "#ffffff", "strokeWidth": 5, "strokeJoin": "round"} if halo else {}
    return {
        "mark": {"type": "text", "align": align, "dx": dx,
                 "fontSize": {"expr": f"{_NARROW} ? 11 : 14"}, **stroke},
        "encoding": {
            "y": y,
            "x": {**_X, "field": field},
            "text": {"field": f"{field}_printed"},
            "color": {"condition": {"test": f"datum.{field}_printed === 'データなし'",
                                    "value": MUTED}, "value": INK},
        },
    }  # fmt: skip
