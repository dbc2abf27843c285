"""Two groups' shares of each row as a pair of marks joined by a line."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import theme
from charts.formatting import number
from charts.labelled_rows import figure, rows_of

_END = 118
_SHAPES = ("circle", "diamond")


def paired_dots(
    frame: pd.DataFrame, *, left_name: str, right_name: str, axis_title: str
) -> dict[str, Any]:
    """Return a circle and a diamond a row on a scale of 0 to 100 %, in the order of the frame.

    `frame` has label, left_rate, right_rate, difference, and beyond_chance (whether the limits of
    the difference leave out zero). A row where a group has no answers prints 回答なし.
    """
    labels = frame["label"].tolist()
    rows = rows_of(labels, labels, tall=True)
    names = (left_name, right_name)
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, 100], "range": rows.x_range(end=_END)},
        "axis": {"title": axis_title, "values": [0, 25, 50, 75, 100]},
    }
    layers = [
        {
            "transform": [{"filter": "isValid(datum.left) && isValid(datum.right)"}],
            "mark": {"type": "rule", "strokeWidth": 3, "color": theme.BORDER},
            "encoding": {"x": x | {"field": "left"}, "x2": {"field": "right"}},
        },
        _marks(x, names, left_name, right_name),
        rows.names(),
        rows.ends(),
    ]
    return figure(layers, rows=rows, values=rows.values(_fields(frame)))


def _marks(
    x: dict[str, Any], names: tuple[str, str], left_name: str, right_name: str
) -> dict[str, Any]:
    scale = {"domain": list(names), "range": [theme.CATEGORICAL[0], theme.CATEGORICAL[1]]}
    legend = {"title": None, "orient": "top", "columns": {"expr": "width < 420 ? 1 : 2"},
              "labelLimit": 420, "symbolType": "circle"}  # fmt: skip
    return {
        "transform": [
            {"fold": ["left", "right"], "as": ["side", "rate"]},
            {"filter": "isValid(datum.rate)"},
            {"calculate": f"datum.side == 'left' ? '{_quoted(names[0])}' : '{_quoted(names[1])}'",
             "as": "group"},
        ],
        "mark": {"type": "point", "filled": True, "size": 150, "opacity": 1},
        "encoding": {
            "x": x | {"field": "rate"},
            "color": {"field": "group", "type": "nominal", "scale": scale, "legend": legend},
            "shape": {"field": "group", "type": "nominal",
                      "scale": {"domain": list(names), "range": list(_SHAPES)}, "legend": legend},
            "tooltip": [
                {"field": "item_label", "title": "課題"},
                {"field": "left", "title": f"{left_name}（％）"},
                {"field": "right", "title": f"{right_name}（％）"},
                {"field": "limits", "title": "差と95％の目安（ポイント）"},
            ],
        },
    }  # fmt: skip


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _fields(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    fields = {}
    for row in frame.to_dict("records"):
        sides = {
            side: None if pd.isna(row[f"{side}_rate"]) else round(float(row[f"{side}_rate"]), 1)
            for side in ("left", "right")
        }
        known = pd.notna(row["difference"])
        gap = number(row["difference"], decimals=1, signed=True)
        mark = "＊" if row["beyond_chance"] else ""
        limits = f"{gap}（{row['lower_ci']:+.1f}～{row['upper_ci']:+.1f}）" if known else "回答なし"
        printed = "　".join(
            f"{sign}{'回答なし' if rate is None else f'{rate:.1f}'}"
            for sign, rate in zip("●◆", sides.values(), strict=True)
        )
        fields[row["label"]] = {
            **sides,
            "limits": limits,
            "end_text": f"{printed}\n{f'差 {gap}{mark}' if known else ''}".strip(),
        }
    return fields
