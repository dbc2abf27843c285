"""A worked case of two years, as tenths informed, each published version in its own rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import theme
from charts.labelled_rows import figure, rows_of

_END = 90


def case_versions(frame: pd.DataFrame) -> dict[str, Any]:
    """Return one row a version and label: an open mark before, a full one after.

    `frame` has version, label, before and after in tenths, in the order to draw.
    """
    names = [
        f"{label}（{str(version).partition('（')[0]}）"
        for version, label in zip(frame["version"], frame["label"], strict=True)
    ]
    shorts = [
        f"{str(label).partition('：')[0]}（{str(version).partition('の')[0]}）"
        for version, label in zip(frame["version"], frame["label"], strict=True)
    ]
    rows = rows_of(names, shorts, tall=True)
    fields = {
        name: {"b": int(before), "a": int(after), "end_text": f"約{before}割→約{after}割"}
        for name, before, after in zip(names, frame["before"], frame["after"], strict=True)
    }
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"domain": [0, 10], "range": rows.x_range(end=_END)},
        "axis": {"values": [0, 5, 10], "title": "情報提供があった割合（割）　白抜き＝前　塗り＝後",
                 "orient": "top"},
    }  # fmt: skip
    colour = theme.CATEGORICAL[0]
    open_mark = {"type": "point", "filled": True, "fill": "#ffffff", "stroke": colour,
                 "strokeWidth": 2, "size": 80, "opacity": 1}  # fmt: skip
    layers = [
        {
            "mark": {"type": "rule", "color": colour, "strokeWidth": 2},
            "encoding": {"x": x | {"field": "b"}, "x2": {"field": "a"}},
        },
        {"mark": open_mark, "encoding": {"x": x | {"field": "b"}}},
        {
            "mark": {"type": "point", "filled": True, "size": 100, "opacity": 1, "color": colour},
            "encoding": {"x": x | {"field": "a"}},
        },
        rows.names(),
        rows.ends(),
    ]
    return figure(layers, rows=rows, values=rows.values(fields))
