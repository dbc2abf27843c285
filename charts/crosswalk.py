"""Which old item feeds which new one, in two columns with a break between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts import theme
from charts.labelled_rows import two_lines

ROW = 40
_HEAD = 34
_NARROW = "width < 640"
_LEFT_END = f"({_NARROW} ? 26 : width * 0.39)"
_RIGHT_START = f"({_NARROW} ? width * 0.5 : width * 0.6)"
_WIDE_LETTERS = 30
_NARROW_LETTERS = 12


@dataclass(frozen=True)
class LinkStyle:
    """How one kind of link is drawn; never told by colour alone."""

    symbol: str
    label: str
    colour: str
    dash: tuple[int, ...]


LINK_STYLES = {
    "comparable": LinkStyle("●", "続く", "#0b5cad", (1, 0)),
    "coarse": LinkStyle("▲", "おおまか", "#3f86bd", (8, 4)),
    "denominator_changes": LinkStyle("▲", "分母が変わる", "#3f86bd", (8, 4)),
    "break": LinkStyle("✕", "比べられない", "#a9560c", (2, 5)),
    "ends": LinkStyle("■", "R2で終わる", "#a9560c", (2, 5)),
    "new": LinkStyle("☆", "R3から", "#56616b", (2, 5)),
}


def crosswalk(
    old: pd.DataFrame, new: pd.DataFrame, links: pd.DataFrame, *, old_title: str, new_title: str
) -> dict[str, Any]:
    """Return the picture.

    `old` has key, label and short_label and `new` key and label, each in the order to draw;
    `links` has old, new and comparability, a new one without an old one with old None.
    """
    middles = _middles(old, new, links)
    height = _HEAD + ROW * (len(old) + int(links["old"].isna().sum()))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": theme.base_config(),
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            _break(height),
            _links(_link_rows(old, links, middles)),
            _names(_old_rows(old), start="0", bold=True),
            _names(_new_rows(new, middles), start=f"{_RIGHT_START} + 8", bold=False),
            _heads(old_title, new_title),
        ],
    }


def _at(place: int) -> float:
    return _HEAD + ROW * (place + 0.5)


def _middles(old: pd.DataFrame, new: pd.DataFrame, links: pd.DataFrame) -> dict[str, float]:
    """Return the height of each new item: the middle of the old ones that feed it."""
    places = {key: place for place, key in enumerate(old["key"])}
    found, free = {}, len(old)
    for key in new["key"]:
        fed = [places[source] for source in links.loc[links["new"] == key, "old"].dropna()]
        if fed:
            found[key] = sum(_at(place) for place in fed) / len(fed)
        else:
            found[key], free = _at(free), free + 1
    return found


def _link_rows(
    old: pd.DataFrame, links: pd.DataFrame, middles: dict[str, float]
) -> list[dict[str, Any]]:
    heights = {key: _at(place) for place, key in enumerate(old["key"])}
    rows = []
    for source, target, kind in links[["old", "new", "comparability"]].itertuples(index=False):
        style = LINK_STYLES[kind]
        start = heights.get(source, middles[target]) if isinstance(source, str) else None
        end = middles[target]
        rows.append(
            {
                "y1": end if start is None else start,
                "y2": end,
                "said": f"{style.symbol} {style.label}",
                "kind": kind,
                "first": start is not None,
                "middle": (end + (end if start is None else start)) / 2,
            }
        )
    return rows


def _old_rows(old: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "y": _at(place),
            "wide": "\n".join(two_lines(label, letters=_WIDE_LETTERS)),
            "narrow": short,
        }
        for place, (label, short) in enumerate(zip(old["label"], old["short_label"], strict=True))
    ]


def _new_rows(new: pd.DataFrame, middles: dict[str, float]) -> list[dict[str, Any]]:
    return [
        {
            "y": middles[key],
            "wide": "\n".join(two_lines(label, letters=_WIDE_LETTERS)),
            "narrow": "\n".join(_short_lines(label)),
        }
        for key, label in zip(new["key"], new["label"], strict=True)
    ]


def _short_lines(text: str) -> list[str]:
    """Return a name on two lines, or on as many as a telephone needs."""
    lines = two_lines(text, letters=_NARROW_LETTERS)
    if max(map(len, lines)) <= _NARROW_LETTERS:
        return lines
    ends = range(0, len(text), _NARROW_LETTERS)
    return [text[start : start + _NARROW_LETTERS] for start in ends]


def _raw(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _placed(start: str, **extra: str) -> list[dict[str, Any]]:
    steps = {"x": start, **extra}
    return [{"calculate": expression, "as": name} for name, expression in steps.items()]


def _break(height: int) -> dict[str, Any]:
    middle = f"({_LEFT_END} + {_RIGHT_START}) / 2"
    return {
        "data": {"values": [{"y": _HEAD, "y2": height}]},
        "transform": _placed(middle),
        "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [6, 6], "color": theme.MUTED},
        "encoding": {"x": _raw("x"), "y": _raw("y"), "y2": {"field": "y2"}},
    }


def _links(rows: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = [kind for kind in LINK_STYLES if kind in {row["kind"] for row in rows}]
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": kinds, "range": [LINK_STYLES[kind].colour for kind in kinds]},
        "legend": None,
    }
    dash = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": kinds, "range": [list(LINK_STYLES[kind].dash) for kind in kinds]},
        "legend": None,
    }
    middle = f"({_LEFT_END} + {_RIGHT_START}) / 2"
    word = {"type": "text", "fontWeight": 600, "fontSize": {"expr": f"{_NARROW} ? 11 : 13"},
            "baseline": "middle"}  # fmt: skip
    at_middle = {"x": _raw("x"), "y": _raw("middle"), "text": {"field": "said"}}
    return {
        "data": {"values": rows},
        "layer": [
            {
                "transform": [{"filter": "datum.first"},
                              *_placed(_LEFT_END, x2=_RIGHT_START)],
                "mark": {"type": "rule", "strokeWidth": 3},
                "encoding": {"x": _raw("x"), "x2": {"field": "x2"}, "y": _raw("y1"),
                             "y2": {"field": "y2"}, "color": colour, "strokeDash": dash},
            },
            {
                "transform": _placed(middle),
                "mark": {**word, "stroke": "#ffffff", "strokeWidth": 6, "strokeJoin": "round",
                         "color": "#ffffff"},
                "encoding": at_middle,
            },
            {"transform": _placed(middle), "mark": word, "encoding": at_middle | {"color": colour}},
        ],
    }  # fmt: skip


def _names(rows: list[dict[str, Any]], *, start: str, bold: bool) -> dict[str, Any]:
    name = f"({_NARROW} ? datum.narrow : datum.wide)"
    more = f"(length(split({name}, '\\n')) - 1)"
    return {
        "data": {"values": rows},
        "transform": _placed(start),
        "mark": {"type": "text", "align": "left", "baseline": "middle", "text": {"expr": name},
                 "lineBreak": "\n", "lineHeight": 16, "dy": {"expr": f"-8 * {more}"},
                 "fontWeight": 600 if bold else 400,
                 "fontSize": {"expr": f"{_NARROW} ? 12 : 14"}},
        "encoding": {"x": _raw("x"), "y": _raw("y")},
    }  # fmt: skip


def _heads(old_title: str, new_title: str) -> dict[str, Any]:
    rows = [{"start": 0, "said": old_title}, {"start": 1, "said": new_title}]
    return {
        "data": {"values": rows},
        "transform": [
            {"calculate": f"datum.start ? {_RIGHT_START} + 8 : 0", "as": "x"},
            {"calculate": "12", "as": "y"},
        ],
        "mark": {"type": "text", "align": "left", "baseline": "middle", "color": theme.MUTED,
                 "fontWeight": 600, "fontSize": {"expr": f"{_NARROW} ? 11 : 14"}},
        "encoding": {"x": _raw("x"), "y": _raw("y"), "text": {"field": "said"}},
    }  # fmt: skip
