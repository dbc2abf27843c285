"""Growth against level: one point an area, four quarters named in words."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from charts.theme import CATEGORICAL, GRID, INK, MUTED, OWN_AREA, base_config
from charts.year_columns import layers_on

HEIGHT = 560
HALO = {"stroke": "#ffffff", "strokeWidth": 4, "strokeJoin": "round"}
_WIDE, _TALL = 0.12, 0.035  # of the span of the points, what a name takes
_ROOM = 0.06  # of the span of an axis, free on both sides of the points


def quadrants(
    frame: pd.DataFrame,
    *,
    x_title: str,
    y_title: str,
    x_unit: str,
    x_decimals: int,
    x_cut: float,
    y_cut: float,
    names: tuple[str, str, str, str],
    log_x: bool = False,
    own_code: str | None = None,
    names_url: str | None = None,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Return the scatter as Vega-Lite.

    `frame` has area_code, area_name, level, growth (per cent) and is_labelled. `names` are the
    words of the quarters: upper right, upper left, lower left, lower right. Where `names_url` is
    the address of the polygons, the names of the areas are taken from there.
    """
    known = _known(frame, own_code, log=log_x)
    layers = [
        *_cuts(x_cut, y_cut),
        *(_corner(word, place) for place, word in enumerate(names)),
        _points(own_code, x_title, y_title, x_unit, x_decimals),
        *_labels(own_code),
    ]
    rows = _rows(known, own_code, x_decimals, log=log_x, with_names=names_url is None)
    x = _axis("x", known["level"], f"{x_title}（{x_unit}）", log=log_x, person=x_unit == "人")
    y = _axis("y", known["growth"], f"{y_title}（%）", log=False, person=False)
    points = layers_on(rows, layers, transform=_named(names_url), encoding={"x": x, "y": y})
    return {**_frame(height), "layer": [points]}


def _frame(height: int) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": base_config(),
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
    }


def _known(frame: pd.DataFrame, own_code: str | None, *, log: bool) -> pd.DataFrame:
    """Return the areas that can be drawn, the own one last, so that nothing covers it."""
    known = frame.dropna(subset=["level", "growth"])
    known = known[known["level"] > 0] if log else known
    return known.sort_values("area_code", key=lambda codes: codes == own_code, kind="stable")


def _rows(
    known: pd.DataFrame, own_code: str | None, decimals: int, *, log: bool, with_names: bool
) -> str:
    """Return the points; l is set where the name is printed beside the point."""
    columns = ("area_code", "area_name", "level", "growth")
    labelled = _labelled(known, own_code, log=log)
    lines = ["c,x,y,l,n"]
    for code, name, level, growth in zip(*(known[c].tolist() for c in columns), strict=True):
        label, own_name = name if code in labelled else "", name if with_names else ""
        lines.append(f"{code},{level:.{decimals}f},{growth:.1f},{label},{own_name}")
    return "\n".join(lines)


def _labelled(known: pd.DataFrame, own_code: str | None, *, log: bool) -> set[str]:
    """Return whose names are printed: the own area first, then those that find room."""
    wanted = known[known["is_labelled"] | (known["area_code"] == own_code)]
    levels = wanted["level"].map(math.log10) if log else wanted["level"]
    across = _part(levels, known["level"].map(math.log10) if log else known["level"])
    up = _part(wanted["growth"], known["growth"])
    places = sorted(
        zip(wanted["area_code"].tolist(), across, up, strict=True),
        key=lambda place: (place[0] != own_code, -place[2]),
    )
    printed: list[tuple[str, float, float]] = []
    for code, x, y in places:
        if all(abs(x - right) > _WIDE or abs(y - top) > _TALL for _, right, top in printed):
            printed.append((code, x, y))
    return {code for code, _, _ in printed}


def _part(values: pd.Series, all_values: pd.Series) -> list[float]:
    """Return where values lie between the least and the greatest, from 0 to 1."""
    low, span = float(all_values.min()), float(all_values.max() - all_values.min())
    return [(float(value) - low) / span if span else 0.5 for value in values.tolist()]


def _named(url: str | None) -> list[dict[str, Any]]:
    """Return the steps that read the numbers, and the names from the polygons."""
    numbers = [{"calculate": f"toNumber(datum.{field})", "as": field} for field in "xy"]
    if url is None:
        return numbers
    data = {"url": url, "format": {"type": "topojson", "feature": "areas"}}
    found = {"data": data, "key": "properties.area_code", "fields": ["properties.area_name"]}
    return [*numbers, {"lookup": "c", "from": found, "as": ["n"]}]


def _axis(field: str, values: pd.Series, title: str, *, log: bool, person: bool) -> dict[str, Any]:
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    scale: dict[str, Any] = {"nice": False, "zero": False}
    log = log and low > 0
    if log:
        scale |= {"type": "log", "domain": [low / 1.3, high * 1.5]}
    else:
        room = _ROOM * (high - low) or 1.0
        scale["domain"] = [min(low, 0.0) - room if field == "y" else low - room, high + room]
    axis: dict[str, Any] = {"title": title, "grid": False, "tickCount": 6, "labelOverlap": True}
    if log:
        axis["values"] = [
            step * 10**power
            for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
            for step in (1, 3)
        ]
    if person:
        many = "format(datum.value / 10000, ',~g') + '万'"
        axis["labelExpr"] = f"datum.value >= 10000 ? {many} : format(datum.value, ',')"
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _cuts(x_cut: float, y_cut: float) -> list[dict[str, Any]]:
    """Return the lines that part the quarters."""
    mark = {"type": "rule", "stroke": MUTED, "strokeDash": [5, 4], "tooltip": None}
    none: dict[str, Any] = {"x": None, "y": None}
    return [
        {"data": {"values": [{channel: value}]}, "mark": mark,
         "encoding": {**none, channel: {"field": channel, "type": "quantitative"}}}
        for channel, value in (("x", x_cut), ("y", y_cut))
    ]  # fmt: skip


def _corner(word: str, place: int) -> dict[str, Any]:
    """Return the words of a quarter in its corner: counted against the clock from upper right."""
    at_right, at_top = place in (0, 3), place in (0, 1)
    mark = {
        "type": "text",
        "text": word,
        "align": "right" if at_right else "left",
        "baseline": "top" if at_top else "bottom",
        "color": MUTED,
        "fontWeight": 600,
        "tooltip": None,
    }
    x = {"value": {"expr": "width - 6"}} if at_right else {"value": 6}
    y = {"value": 6} if at_top else {"value": {"expr": "height - 6"}}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": x, "y": y}}


def _points(
    own_code: str | None, x_title: str, y_title: str, x_unit: str, x_decimals: int
) -> dict[str, Any]:
    own = {"test": f"datum.c === '{own_code}'"}
    return {
        "transform": [
            {"calculate": f"format(datum.x, ',.{x_decimals}f') + '{x_unit}'", "as": "level"},
            {"calculate": "format(datum.y, '+.1f') + '%'", "as": "growth"},
            {"calculate": "datum.c", "as": "area_code"},
        ],
        "params": [
            {"name": "area",
             "select": {"type": "point", "fields": ["area_code"], "toggle": False}}
        ],
        "mark": {"type": "circle", "opacity": 0.85, "cursor": "pointer", "stroke": GRID},
        "encoding": {
            "color": {"condition": {**own, "value": OWN_AREA}, "value": CATEGORICAL[0]},
            "size": {"condition": {**own, "value": 220}, "value": 80},
            "tooltip": [
                {"field": "n", "type": "nominal", "title": "地域"},
                {"field": "level", "type": "nominal", "title": x_title},
                {"field": "growth", "type": "nominal", "title": y_title},
            ],
        },
    }  # fmt: skip


def _labels(own_code: str | None) -> list[dict[str, Any]]:
    own = {"test": f"datum.c === '{own_code}'", "value": OWN_AREA}
    shared = {"type": "text", "align": "left", "dx": 8, "fontSize": 13, "tooltip": None}
    return [
        {
            "transform": [{"filter": "isValid(datum.l) && datum.l !== ''"}],
            "mark": {**shared, **extra},
            "encoding": {"text": {"field": "l", "type": "nominal"}, "color": colour},
        }
        for extra, colour in ((HALO, {"value": "#ffffff"}), ({}, {"condition": own, "value": INK}))
    ]
