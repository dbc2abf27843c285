"""How many gave each of the answers of a list, as bars with the share and the count."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import theme
from charts.labelled_rows import figure, rows_of

OWN_MARK = "▶ "
_END = 116


def code_bars(
    frame: pd.DataFrame,
    *,
    axis_title: str,
    own_codes: tuple[str, ...] = (),
    unit: str = "市町村",
) -> dict[str, Any]:
    """Return a bar a row from zero to 100 %, in the order of the frame.

    `frame` has code, label, municipalities, answering and rate; the answers of the own area are
    marked. Without any answer no bar is drawn, and the rows say so.
    """
    labels = [
        f"{OWN_MARK if code in own_codes else ''}{label}"
        for code, label in zip(frame["code"], frame["label"], strict=True)
    ]
    rows = rows_of(labels, labels, tall=True)
    fields = {
        label: {
            "rate": None if pd.isna(row["rate"]) else round(float(row["rate"]), 1),
            "municipalities": int(row["municipalities"]),
            "answering": int(row["answering"]),
            "own": row["code"] in own_codes,
            "end_text": _end(row),
        }
        for label, row in zip(labels, frame.to_dict("records"), strict=True)
    }
    end = rows.x_range(end=_END)
    return figure([_bars(axis_title, end, unit), rows.names(), rows.ends()], rows=rows,
                  values=rows.values(fields))  # fmt: skip


def _bars(axis_title: str, x_range: Any, unit: str) -> dict[str, Any]:  # noqa: ANN401 - a range
    return {
        "transform": [{"filter": "isValid(datum.rate)"}],
        "mark": {"type": "bar"},
        "encoding": {
            "x": {
                "field": "rate",
                "type": "quantitative",
                "scale": {"domain": [0, 100], "range": x_range},
                "axis": {"title": axis_title, "values": [0, 50, 100]},
            },
            "color": {
                "condition": {"test": "datum.own", "value": theme.OWN_AREA},
                "value": theme.SEQUENTIAL[3],
            },
            "tooltip": [
                {"field": "item_label", "title": "回答"},
                {"field": "rate", "title": "割合（％）"},
                {"field": "municipalities", "title": unit},
                {"field": "answering", "title": f"回答した{unit}"},
            ],
        },
    }


def _end(row: dict[Any, Any]) -> str:
    if pd.isna(row["rate"]):
        return "回答なし"
    return f"{row['rate']:.1f}％\n{int(row['municipalities']):,}／{int(row['answering']):,}"
