"""Box of all areas, period by period, with the own one and the benchmark marked."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.theme import INK, OWN_AREA, REFERENCE, SEQUENTIAL, base_config
from charts.value_text import value_text

STEP = 54


def box(
    frame: pd.DataFrame,
    *,
    title: str,
    unit: str,
    decimals: int,
    own_name: str | None = None,
    benchmark_name: str | None = None,
) -> dict[str, Any]:
    """Return one box per row.

    `frame` has label, lowest, lower_quartile, middle, upper_quartile, highest, areas, own_value
    and benchmark_value; whiskers reach the lowest and the highest value.
    """
    rows = [_row(row, unit, decimals) for row in frame.itertuples()]
    y = {"field": "label", "type": "nominal", "sort": [row["label"] for row in rows],
         "axis": {"title": None, "ticks": False, "domain": False}}  # fmt: skip
    x = {"type": "quantitative", "scale": {"zero": False}, "axis": {
        "title": f"{title}（{unit}）" if unit else title, "orient": "top"}}  # fmt: skip
    layers = [
        _mark({"type": "rule", "color": INK}, y, x | {"field": "lowest"}, "highest"),
        _mark({"type": "bar", "height": 22, "color": SEQUENTIAL[1], "stroke": INK}, y,
              x | {"field": "lower_quartile"}, "upper_quartile"),
        _mark({"type": "tick", "size": 22, "thickness": 3, "color": INK}, y,
              x | {"field": "middle"}),
    ]  # fmt: skip
    named = [
        (field, name, *look)
        for field, name, look in (
            ("benchmark_value", benchmark_name, (REFERENCE, "diamond")),
            ("own_value", own_name, (OWN_AREA, "circle")),
        )
        if name is not None
    ]
    layers += [_named(y, x, field, name, named) for field, name, *_ in named]
    return {
        "data": {"values": rows},
        "width": "container",
        "height": {"step": STEP},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": layers,
        "config": base_config(),
    }


_NUMBERS = ("lowest", "lower_quartile", "middle", "upper_quartile", "highest", "own_value",
            "benchmark_value")  # fmt: skip


def _row(row: Any, unit: str, decimals: int) -> dict[str, Any]:  # noqa: ANN401
    def words(value: float) -> str:
        return value_text(value, unit=unit, decimals=decimals)

    values = {
        name: round(float(getattr(row, name)), decimals + 2)
        for name in _NUMBERS
        if pd.notna(getattr(row, name))
    }
    return {
        "label": row.label,
        **values,
        "spread": f"{words(row.lowest)}～{words(row.highest)}",
        "half": f"{words(row.lower_quartile)}～{words(row.upper_quartile)}",
        "median": words(row.middle),
        "areas": int(row.areas),
        "own_printed": words(row.own_value),
        "benchmark_printed": words(row.benchmark_value),
    }


_TOOLTIP = [
    {"field": "label", "title": "時点"},
    {"field": "areas", "title": "値のある地域"},
    {"field": "spread", "title": "最小～最大"},
    {"field": "half", "title": "中央の半数"},
    {"field": "median", "title": "中央値"},
]


def _mark(
    mark: dict[str, Any], y: dict[str, Any], x: dict[str, Any], end: str | None = None
) -> dict[str, Any]:
    encoding = {"y": y, "x": x, "tooltip": _TOOLTIP}
    return {"mark": mark, "encoding": encoding | ({"x2": {"field": end}} if end else {})}


def _named(
    y: dict[str, Any],
    x: dict[str, Any],
    field: str,
    name: str,
    named: list[tuple[str, str, str, str]],
) -> dict[str, Any]:
    printed = field.replace("value", "printed")
    names = [item[1] for item in named]
    legend = {"orient": "top", "title": None, "symbolSize": 130}
    return {
        "transform": [{"filter": f"isValid(datum.{field})"}],
        "mark": {"type": "point", "filled": True, "size": 150, "opacity": 1, "stroke": "#ffffff"},
        "encoding": {
            "y": y,
            "x": x | {"field": field},
            "color": {"datum": name, "legend": legend,
                      "scale": {"domain": names, "range": [item[2] for item in named]}},
            "shape": {"datum": name, "legend": None,
                      "scale": {"domain": names, "range": [item[3] for item in named]}},
            "tooltip": [{"field": "label", "title": "時点"}, {"field": printed, "title": name}],
        },
    }  # fmt: skip
