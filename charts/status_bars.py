"""Stacked bars: how many respondents gave each kind of answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts import theme
from charts.answer_style import ANSWER_STYLES, LEGEND_COLUMNS, AnswerStyle
from charts.labelled_rows import Rows, figure, rows_of

_END = 96


def status_bars(
    frame: pd.DataFrame,
    *,
    labels: dict[str, str],
    axis_title: str,
    total: int | None,
    styles: Mapping[str, AnswerStyle] = ANSWER_STYLES,
) -> dict[str, Any]:
    """Return one bar a row from zero to `total`, cut by kind of answer.

    `frame` has item_label, item_short, end_text, category and respondents, rows in the
    order to draw; `labels` gives the words of each kind, in the order to stack. Without a total
    each bar is the whole of its row, in per cent.
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
    drawn_kinds = {
        f"{styles[kind].symbol} {labels[kind]}".strip(): styles[kind].fill for kind in kinds
    }
    layers = [_bars(rows, drawn_kinds, axis_title, total), rows.names(), rows.ends()]
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


def _bars(rows: Rows, kinds: dict[str, str], axis_title: str, total: int | None) -> dict[str, Any]:
    answers = list(kinds)
    scale = {"domain": answers, "range": list(kinds.values())}
    domain, tick = ([0, 1], "%") if total is None else ([0, max(total, 1)], ",d")
    return {
        "transform": _unfolded(answers),
        "mark": {"type": "bar", "stroke": theme.NO_DATA_BORDER, "strokeWidth": 0.7},
        "encoding": {
            "x": {
                "field": "respondents",
                "type": "quantitative",
                "stack": "normalize" if total is None else "zero",
                "title": axis_title,
                "scale": {"domain": domain, "nice": False,
                          "range": rows.x_range(end=_END)},
                "axis": {**({"tickMinStep": 1} if total else {}), "format": tick,
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
                {"field": "respondents", "title": "市町村数" if total is None else axis_title,
                 "format": ",d"},
            ],
        },
    }  # fmt: skip
