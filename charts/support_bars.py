"""Share of prefectures giving each support, against published national figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import theme
from charts.formatting import number
from charts.labelled_rows import NARROW, figure, rows_of

_PUBLISHED = theme.CATEGORICAL[1]
_END = 96
_OWN_WORDS = {"done": "●行う", "none": "○行わない"}


def support_bars(
    frame: pd.DataFrame, *, share_title: str, published_title: str, own_name: str = ""
) -> dict[str, Any]:
    """Return a bar from zero to 100 % a row, with a tick where a published figure exists.

    `frame` has item_label, item_short, rate, done, answering, published and published_source in
    the order to draw; a row without answers has no bar. Where it has own, the kind of answer of
    the own prefecture, a mark at the foot of the bar tells it.
    """
    rows = rows_of(frame["item_label"].tolist(), frame["item_short"].tolist(), tall=True)
    axis = {"values": [0, 50, 100], "title": f"{share_title}（％）"}
    x = {"type": "quantitative", "axis": axis}
    x["scale"] = {"domain": [0, 100], "range": rows.x_range(end=_END)}
    layers = [
        {
            "transform": [{"filter": "isValid(datum.rate)"}],
            "mark": {"type": "bar", "color": theme.CATEGORICAL[0]},
            "encoding": {"x": x | {"field": "rate"}, "tooltip": _tooltip(share_title)},
        },
        {
            "transform": [{"filter": "isValid(datum.published)"}],
            "mark": {"type": "tick", "color": _PUBLISHED, "thickness": 4, "bandSize": 30},
            "encoding": {
                "x": x | {"field": "published"},
                "tooltip": [
                    {"field": "item_label", "title": "項目"},
                    {"field": "published", "title": published_title},
                    {"field": "published_source", "title": "出典"},
                ],
            },
        },
        *(_own_marks(x, own_name) if "own" in frame else []),
        rows.names(),
        rows.ends(),
    ]
    return figure(layers, rows=rows, values=rows.values(_fields(frame)))


def _own_marks(x: dict[str, Any], own_name: str) -> list[dict[str, Any]]:
    """Return the layers of the own prefecture's mark: a white edge, and the mark above it.

    Where the bars are short, the sign stands without its words.
    """
    place = {"x": x | {"datum": 0}}
    mark = {"type": "text", "align": "left", "dx": 6, "baseline": "middle", "fontWeight": 600,
            "text": {"expr": f"{NARROW} ? datum.own_sign : datum.own"}}  # fmt: skip
    tooltip = [
        {"field": "item_label", "title": "項目"},
        {"field": "own_words", "title": own_name},
    ]
    only = [{"filter": "isValid(datum.own)"}]
    edge = {**mark, "stroke": "#ffffff", "strokeWidth": 4, "color": "#ffffff"}
    return [
        {"transform": only, "mark": edge, "encoding": place},
        {
            "transform": only,
            "mark": {**mark, "color": theme.OWN_AREA},
            "encoding": {**place, "tooltip": tooltip},
        },
    ]


def _tooltip(share_title: str) -> list[dict[str, str]]:
    return [
        {"field": "item_label", "title": "項目"},
        {"field": "rate", "title": f"{share_title}（％）"},
        {"field": "done", "title": "行う都道府県"},
        {"field": "answering", "title": "回答した都道府県"},
    ]


def _fields(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    fields = {}
    for row in frame.to_dict("records"):
        rate = None if pd.isna(row["rate"]) else round(float(row["rate"]), 1)
        published = None if pd.isna(row["published"]) else float(row["published"])
        parts = ["回答なし" if rate is None else f"{number(rate, decimals=1)}％"]
        if published is not None:
            parts.append(f"公表 {number(published, decimals=1)}％")
        fields[row["item_label"]] = {
            "rate": rate,
            "done": int(row["done"]),
            "answering": int(row["answering"]),
            "published": published,
            "published_source": row["published_source"] if published is not None else None,
            "end_text": "\n".join(parts),
        }
        if "own" in row and not pd.isna(row["own"]):
            words = _OWN_WORDS.get(str(row["own"]), "回答なし")
            sign = words[0] if words in _OWN_WORDS.values() else words
            fields[row["item_label"]] |= {"own": words, "own_words": words, "own_sign": sign}
    return fields
