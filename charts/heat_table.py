"""Area × year as a table of coloured cells, with the value printed in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.classes import named_classes, printable
from charts.formatting import MISSING
from charts.map_legend import hatch
from charts.theme import GRID, INK, MUTED, OWN_AREA, base_config
from charts.theme import diverging as two_hues
from charts.theme import sequential as one_hue
from charts.year_columns import layers_on, printed, values_by_area

ROW_HEIGHT = 24
OWN_MARK = "▶ "
# Luminance below which white figures keep 4.5:1
_DARK = 0.18


def heat_table(
    frame: pd.DataFrame,
    *,
    order: Sequence[str],
    breaks: list[float],
    title: str,
    unit: str,
    decimals: int,
    palette: str = "sequential",
    own_code: str | None = None,
) -> dict[str, Any]:
    """Return the table as Vega-Lite, areas in the order of the codes given, years across.

    `frame` has area_code, area_name, year and value. The classes are those of the map.
    """
    shown = frame.assign(value=frame["value"].astype(float).round(decimals) + 0.0)
    bounds = printable(breaks, decimals=decimals)
    classes = named_classes(shown["value"], bounds, decimals=decimals)
    years = sorted({int(year) for year in frame["year"]})
    colours = (two_hues if palette == "diverging" else one_hue)(len(classes)) if classes else []
    names = _names(frame, order, own_code)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": base_config(),
        "width": "container",
        "height": {"step": ROW_HEIGHT},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            layers_on(
                _rows(shown, order, names, years),
                [_cells(classes, colours, title, unit), _figures(len(years))],
                transform=_transform(years, bounds, classes, colours, decimals),
                encoding=_places(names, years),
            )
        ],
    }


def _names(frame: pd.DataFrame, order: Sequence[str], own_code: str | None) -> list[str]:
    """Return the printed name of each area, with its code where two share one."""
    known = frame.drop_duplicates("area_code").set_index("area_code")["area_name"]
    shared = known.duplicated(keep=False)
    return [
        (OWN_MARK if code == own_code else "")
        + (f"{known[code]}（{code}）" if shared[code] else str(known[code]))
        for code in order
    ]


def _rows(frame: pd.DataFrame, order: Sequence[str], names: list[str], years: Sequence[int]) -> str:
    values = values_by_area(frame, years)
    lines = [",".join(["n", *(f"y{year}" for year in years)])]
    for code, name in zip(order, names, strict=True):
        lines.append(",".join([f'"{name}"', *printed(values[code])]))
    return "\n".join(lines)


def _transform(
    years: Sequence[int],
    bounds: list[float],
    classes: list[str],
    colours: Sequence[str],
    decimals: int,
) -> list[dict[str, Any]]:
    """Return the steps from a row an area to a cell a year, with class, words and ink."""
    known = "isValid(datum.value)"
    place = "datum.value == null ? -1 : " + "".join(
        f"datum.value <= {bound!r} ? {rank} : " for rank, bound in enumerate(bounds[:-1])
    )
    dark = [_is_dark(colour) for colour in colours] or [False]
    ink = f"datum.rank >= 0 && {str(dark).lower()}[datum.rank] ? '#ffffff' : '{INK}'"
    return [
        {"fold": [f"y{year}" for year in years], "as": ["year", "v"]},
        {"calculate": "slice(datum.year, 1)", "as": "year"},
        {"calculate": "datum.v == null || datum.v === '' ? null : toNumber(datum.v)",
         "as": "value"},
        {"calculate": f"{place}{max(len(classes) - 1, 0)}", "as": "rank"},
        {"calculate": f"{known} ? {classes}[datum.rank] : '{MISSING}'", "as": "class"},
        {"calculate": f"{known} ? format(datum.value, ',.{decimals}f') : '―'", "as": "figure"},
        {"calculate": ink, "as": "ink"},
    ]  # fmt: skip


def _is_dark(colour: str) -> bool:
    """Tell whether white is read better on a colour than black, by its relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < _DARK


def _places(names: list[str], years: Sequence[int]) -> dict[str, Any]:
    plain = {"domain": False, "ticks": False, "labelOverlap": False, "title": None}
    size = {"expr": f"max(9, min(14, width / {3 * max(len(years), 1)}))"}
    is_own = f"substring(datum.label, 0, {len(OWN_MARK)}) == '{OWN_MARK}'"
    return {
        "x": {
            "field": "year",
            "type": "ordinal",
            "scale": {"domain": [str(year) for year in years], "paddingInner": 0},
            "axis": {**plain, "orient": "top", "labelAngle": 0, "labelFontSize": size},
        },
        "y": {
            "field": "n",
            "type": "nominal",
            "scale": {"domain": names},
            "axis": {**plain, "labelLimit": 150, "labelFontSize": 13,
                     "labelColor": {"expr": f"{is_own} ? '{OWN_AREA}' : '{INK}'"}},
        },
    }  # fmt: skip


def _cells(classes: list[str], colours: Sequence[str], title: str, unit: str) -> dict[str, Any]:
    legend = {
        "title": f"{title}（{unit}）",
        "orient": "bottom",
        "columns": {"expr": "width < 420 ? 2 : 4"},
        "symbolType": "square",
        "symbolStrokeColor": MUTED,
        "titleLimit": 500,
    }
    return {
        "mark": {"type": "rect", "stroke": GRID, "strokeWidth": 1},
        "encoding": {
            "fill": {
                "field": "class",
                "type": "nominal",
                "scale": {"domain": [*classes, MISSING], "range": [*colours, hatch()]},
                "legend": legend,
            },
            "tooltip": [
                {"field": "n", "type": "nominal", "title": "地域"},
                {"field": "year", "type": "nominal", "title": "年"},
                {"field": "figure", "type": "nominal", "title": f"{title}（{unit}）"},
            ],
        },
    }


def _figures(columns: int) -> dict[str, Any]:
    size = {"expr": f"max(8, min(13, width / {5 * max(columns, 1)}))"}
    return {
        "mark": {"type": "text", "fontSize": size, "tooltip": None},
        "encoding": {
            "text": {"field": "figure", "type": "nominal"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
