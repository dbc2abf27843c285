"""Rates of two years by area, two care levels apart: an open mark before, a full one after."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from charts import theme
from charts.formatting import number
from charts.labelled_rows import figure, rows_of

COLOURS = {"要支援": theme.CATEGORICAL[1], "要介護": theme.CATEGORICAL[0]}
SHAPES = {"要支援": "triangle-up", "要介護": "circle"}
_OFFSET = {"要支援": -8, "要介護": 8}
_END = 118


def before_after(
    frame: pd.DataFrame,
    *,
    title: str,
    before: str,
    after: str,
    words: dict[str, str],
    own_area: str | None = None,
) -> dict[str, Any]:
    """Return one row an area with both care levels, from 0 to 100 %.

    `frame` has area_code, area_name, care_label, value_before, value_after and status_after in the
    order to draw; `words` tells the kinds of missing value. The own area is marked with ▶.
    """
    names = _names(frame, own_area)
    shorts = [name.replace("保健所", "") for name in names.values()]
    rows = rows_of(list(names.values()), shorts, tall=True)
    fields: dict[str, dict[str, Any]] = {name: {} for name in names.values()}
    for row in frame.to_dict("records"):
        of = fields[names[str(row["area_code"])]]
        key = "s" if row["care_label"] == "要支援" else "c"
        of[f"{key}_b"], of[f"{key}_a"] = _rounded(row["value_before"]), _rounded(row["value_after"])
        of[f"{key}_t"] = _told(row, words)
    for of in fields.values():
        of["end_text"] = "\n".join(of.get(f"{key}_t", "") for key in ("s", "c"))
    layers = [*_layers(rows.x_range(end=_END), title, before, after), rows.names(), rows.ends()]
    return figure(layers, rows=rows, values=rows.values(fields))


def _names(frame: pd.DataFrame, own_area: str | None) -> dict[str, str]:
    """Return the printed name of each area by its code."""
    once = frame.drop_duplicates("area_code")
    shared = once["area_name"].duplicated(keep=False)
    names = {}
    for code, name, is_shared in zip(once["area_code"], once["area_name"], shared, strict=True):
        told = f"{name}（{code}）" if is_shared else str(name)
        names[str(code)] = f"▶{told}" if code == own_area else told
    return names


def _rounded(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 1)


def _told(row: Mapping[Hashable, Any], words: dict[str, str]) -> str:
    mark = "▲" if row["care_label"] == "要支援" else "●"
    if pd.isna(row["value_after"]):
        return f"{mark}{words.get(str(row['status_after']), 'データなし')}"
    value = f"{mark}{number(row['value_after'], decimals=1)}％"
    if pd.isna(row["change"]):
        return value
    return f"{value}（{number(row['change'], decimals=1, signed=True)}）"


def _unfold() -> list[dict[str, Any]]:
    """Return the steps by which the browser makes two care levels of every row."""
    return [
        {"calculate": "['要支援','要介護']", "as": "care"},
        {"calculate": "[datum.s_b, datum.c_b]", "as": "b"},
        {"calculate": "[datum.s_a, datum.c_a]", "as": "a"},
        {"flatten": ["care", "b", "a"]},
    ]


def _layers(
    x_range: list[dict[str, str]], title: str, before: str, after: str
) -> list[dict[str, Any]]:
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"domain": [0, 100], "range": x_range},
        "axis": {"values": [0, 25, 50, 75, 100], "title": f"{title}（％）　白抜き＝{before}　"
                 f"塗り＝{after}", "orient": "top"},
    }  # fmt: skip
    tooltip: list[dict[str, Any]] = [
        {"field": "item_label", "title": "地域"},
        {"field": "care", "title": "区分"},
        {"field": "b", "title": f"{before}（％）"},
        {"field": "a", "title": f"{after}（％）"},
    ]
    layers: list[dict[str, Any]] = []
    for care, offset in _OFFSET.items():
        only = [*_unfold(), {"filter": f"datum.care === '{care}'"}]
        colour = COLOURS[care]
        mark: dict[str, Any] = {"shape": SHAPES[care], "color": colour, "yOffset": offset}
        layers += [
            {
                "transform": only,
                "mark": {"type": "rule", "color": colour, "strokeWidth": 2, "yOffset": offset},
                "encoding": {"x": x | {"field": "b"}, "x2": {"field": "a"}},
            },
            {
                "transform": only,
                "mark": {"type": "point", "filled": True, "fill": "#ffffff", "stroke": colour,
                         "strokeWidth": 2, "size": 70, "opacity": 1, **mark},
                "encoding": {"x": x | {"field": "b"}, "tooltip": tooltip},
            },
            {
                "transform": only,
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1, **mark},
                "encoding": {"x": x | {"field": "a"}, "tooltip": tooltip},
            },
        ]  # fmt: skip
    return layers
