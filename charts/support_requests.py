"""Area × request: what is asked for, told by whether it is given; one cell a pair."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts import theme
from charts.answer_style import ANSWER_STYLES, AnswerStyle
from charts.status_matrix import ROW_HEIGHT, matrix_cells, matrix_places, row_names

_LEGEND_COLUMNS = {"expr": "width < 480 ? 1 : 5"}  # its words are long
_WANTED = {
    "unmet": AnswerStyle("▲", "#e39042", theme.INK),
    "open": AnswerStyle("？", "#f4f1ea", theme.INK),
    "met": AnswerStyle("●", "#0b5cad", "#ffffff"),
    "not_wanted": AnswerStyle("・", "#ffffff", theme.MUTED),
}
REQUEST_STYLES = _WANTED | {
    kind: ANSWER_STYLES[kind]
    for kind in (
        "unanswered",
        "not_applicable",
        "suppressed",
        "missing",
        "not_published",
        "absent",
    )
}


def request_legend(category: str, label: str) -> str:
    """Return symbol and words of a kind of cell, as the legend prints them."""
    return f"{REQUEST_STYLES[category].symbol} {label}"


def request_matrix(
    frame: pd.DataFrame,
    *,
    labels: dict[str, str],
    items: Sequence[str],
    own_area: str | None = None,
) -> dict[str, Any]:
    """Return the matrix; `frame` has area_code, area_name, short_label and category.

    Columns stand in the order of `items`; `labels` gives the words of each kind. A number in the
    column `wanting`, where there is one, is printed after the symbol.
    """
    frame = frame.assign(area_name=row_names(frame))
    kinds = [kind for kind in labels if kind in set(frame["category"])]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "data": {"values": _rows(frame, items)},
        "transform": _unfold(kinds, labels, items),
        "width": "container",
        "height": {"step": ROW_HEIGHT},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": matrix_places(items),
        "layer": [_cells(kinds, labels, own_area), _symbols()],
    }


def _rows(frame: pd.DataFrame, items: Sequence[str]) -> list[dict[str, Any]]:
    counted = "wanting" in frame
    rows: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    for row in frame.to_dict("records"):
        mark = REQUEST_STYLES[str(row["category"])].symbol
        text = f"{mark}{row['wanting']}" if counted and row["wanting"] else mark
        place = (str(row["area_code"]), str(row["area_name"]))
        rows.setdefault(place, {})[str(row["short_label"])] = (mark, text)
    values: list[dict[str, Any]] = []
    for (code, name), of in rows.items():
        cells = [of.get(item, (" ", " ")) for item in items]
        value = {"area_code": code, "area_name": name}
        value["answers"] = "".join(mark for mark, _ in cells)
        if counted:
            value["texts"] = ",".join(text for _, text in cells)
        values.append(value)
    return values


def _unfold(kinds: list[str], labels: dict[str, str], items: Sequence[str]) -> list[dict[str, Any]]:
    styles = {kind: REQUEST_STYLES[kind] for kind in kinds}
    words = {style.symbol: request_legend(kind, labels[kind]) for kind, style in styles.items()}
    inks = {style.symbol: style.ink for style in styles.values()}
    texts = "isValid(datum.texts) ? split(datum.texts, ',') : split(datum.answers, '')"
    return [
        {"calculate": texts, "as": "text"},
        {"calculate": "split(datum.answers, '')", "as": "symbol"},
        {"calculate": json.dumps(list(items), ensure_ascii=False), "as": "item_label"},
        {"flatten": ["symbol", "text", "item_label"]},
        {"filter": "datum.symbol !== ' '"},
        {"calculate": f"({json.dumps(words, ensure_ascii=False)})[datum.symbol]", "as": "answer"},
        {"calculate": f"({json.dumps(inks, ensure_ascii=False)})[datum.symbol]", "as": "ink"},
    ]


def _cells(kinds: list[str], labels: dict[str, str], own_area: str | None) -> dict[str, Any]:
    fills = {request_legend(kind, labels[kind]): REQUEST_STYLES[kind].fill for kind in kinds}
    return matrix_cells(fills, own_area=own_area, columns=_LEGEND_COLUMNS,
                        item_title="希望する支援", answer_title="希望と支援")  # fmt: skip


def _symbols() -> dict[str, Any]:
    return {
        "mark": {"type": "text"},
        "encoding": {
            "text": {"field": "text"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
