"""Stacked bars: how many respondents gave each kind of answer."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from charts import theme
from charts.answer_style import ANSWER_STYLES, LEGEND_COLUMNS, legend_label
from charts.labelled_rows import Rows, figure, rows_of

_END = 96


def status_bars(
    frame: pd.DataFrame, *, labels: dict[str, str], axis_title: str, total: int
) -> dict[str, Any]:
    """Return one bar a row from zero to `total`, cut by kind of answer.

    `frame` has item_label, item_short, end_text, category and respondents, rows in the
    order to draw; `labels` gives the words of each kind, in the order to stack.
    """
    rows = rows_of(frame["item_label"].tolist(), frame["item_short"].tolist(), tall=True)
    drawn = frame[frame["respondents"] > 0]
    kinds = [kind for kind in labels if kind in set(drawn["category"])]
    counts = drawn.pivot_table(index="item_label", columns="category", values="respondents",
                               aggfunc="sum")  # fmt: skip
    counts = counts.reindex(index=list(rows.order), columns=kinds).fillna(0).astype(int)
    ends = dict(zip(frame["item_label"], frame["end_text"], strict=True))
    fields = {
        row: {"end_text": ends[row], "respondents": ",".join(map(str, numbers))}
        for row, numbers in zip(rows.order, counts.to_numpy().tolist(), strict=True)
    }
    layers = [_bars(rows, kinds, labels, axis_title, total), rows.names(), rows.ends()]
    return figure(layers, rows=rows, values=rows.values(fields))


def _unfolded(answers: list[str]) -> list[dict[str, Any]]:
    """Return the steps by which the browser cuts a row into its kinds of answer, in their order."""
    return [
        {"calculate": "split(datum.respondents, ',')", "as": "respondents"},
        {"calculate": json.dumps(answers, ensure_ascii=False), "as": "answer"},
        {"calculate": f"sequence({len(answers)})", "as": "order"},
        {"flatten": ["respondents", "answer", "order"]},
        {"calculate": "toNumber(datum.respondents)", "as": "respondents"},
        {"filter": "datum.respondents > 0"},
    ]


def _bars(
    rows: Rows, kinds: list[str], labels: dict[str, str], axis_title: str, total: int
) -> dict[str, Any]:
    answers = [legend_label(kind, labels[kind]) for kind in kinds]
    scale = {
        "domain": answers,
        "range": [ANSWER_STYLES[kind].fill for kind in kinds],
    }
    return {
        "transform": _unfolded(answers),
        "mark": {"type": "bar", "stroke": theme.NO_DATA_BORDER, "strokeWidth": 0.7},
        "encoding": {
            "x": {
                "field": "respondents",
                "type": "quantitative",
                "stack": "zero",
                "title": axis_title,
                "scale": {"domain": [0, max(total, 1)], "nice": False,
                          "range": rows.x_range(end=_END)},
                "axis": {"tickMinStep": 1, "format": ",d",
                         "tickCount": {"expr": "width < 480 ? 3 : 6"}},
            },
            "order": {"field": "order"},
            "color": {
                "field": "answer",
                "type": "nominal",
                "scale": scale,
                "legend": {"title": None, "orient": "bottom", "columns": LEGEND_COLUMNS,
                           "symbolType": "square",
                           "symbolStrokeColor": theme.NO_DATA_BORDER},
            },
            "tooltip": [
                {"field": "item_label", "title": "項目"},
                {"field": "answer", "title": "回答"},
                {"field": "respondents", "title": axis_title, "format": ",d"},
            ],
        },
    }  # fmt: skip
