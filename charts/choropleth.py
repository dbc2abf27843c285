"""Areas coloured by class: polygons by address, values as a few kilobytes beside them."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from charts.area_map import HEIGHT, area_map
from charts.classes import named_classes, printable
from charts.formatting import MISSING
from charts.theme import diverging, sequential

FRAME_MARGIN = 1.04


def choropleth(
    *,
    topology_url: str,
    values: pd.DataFrame,
    breaks: list[float],
    title: str,
    unit: str,
    legend_title: str,
    no_data_label: str = MISSING,
    selected: str | None = None,
    decimals: int = 1,
    palette: str = "sequential",
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Return the map as Vega-Lite.

    `values` has area_code and value, and optionally label for what is printed instead of a
    missing value. `breaks` are the upper bounds of the classes. A click is reported by the
    selection parameter `area`.
    """
    bounds = printable(breaks, decimals=decimals)
    classes = named_classes(values["value"], bounds, decimals=decimals)
    spread = diverging if palette == "diverging" else sequential
    colours = spread(len(classes)) if classes else []
    return area_map(
        topology_url=topology_url,
        transform=_transform(values, bounds, classes, unit, decimals, no_data_label),
        colours=dict(zip(classes, colours, strict=True)),
        missing=no_data_label,
        title=title,
        legend_title=f"{legend_title}（{unit}）" if unit else legend_title,
        areas=len(values),
        selected=selected,
        height=height,
    )


def fitted(
    spec: dict[str, Any], *, extent: tuple[float, float, float, float] | None
) -> dict[str, Any]:
    """Return the map framed on a box (west, south, east, north) in degrees, the rest cut off."""
    if extent is None:
        return spec
    west, south, east, north = extent
    low, high = _mercator(south), _mercator(north)
    wide, tall = FRAME_MARGIN * math.radians(east - west), FRAME_MARGIN * (high - low)
    middle = math.degrees(2 * math.atan(math.exp((low + high) / 2)) - math.pi / 2)
    projection = {
        "type": "mercator",
        "center": [(west + east) / 2, middle],
        "scale": {"expr": f"min(width / {wide!r}, height / {tall!r})"},
        "translate": {"expr": "[width / 2, height / 2]"},
    }
    layers = [{**layer, "mark": {**layer["mark"], "clip": True}} for layer in spec["layer"]]
    return {**spec, "projection": projection, "layer": layers}


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _lookup_rows(values: pd.DataFrame, decimals: int, no_data_label: str) -> str:
    """Return code, value and, where one is missing, words other than no_data_label, as CSV."""
    labels = values["label"] if "label" in values else pd.Series("", index=values.index)
    lines = ["a,v,l"]
    for code, value, label in zip(values["area_code"], values["value"], labels, strict=True):
        if pd.isna(value):
            words = label if isinstance(label, str) and label != no_data_label else ""
            quoted = '"' + words.replace('"', "") + '"' if words else ""
            lines.append(f"{code},,{quoted}")
        else:
            lines.append(f"{code},{round(float(value), decimals + 1):g}" if abs(value) < 1e5
                         else f"{code},{round(float(value))}")  # fmt: skip
            lines[-1] += ","
    return "\n".join(lines)


def _transform(
    values: pd.DataFrame,
    bounds: list[float],
    classes: list[str],
    unit: str,
    decimals: int,
    no_data_label: str,
) -> list[dict[str, Any]]:
    rows = {
        "values": _lookup_rows(values, decimals, no_data_label),
        "format": {"type": "csv"},
    }
    missing = f"'{no_data_label}'"
    choice = missing if not classes else f"'{classes[-1]}'"
    for bound, name in zip(reversed(bounds[:-1]), reversed(classes[:-1]), strict=True):
        choice = f"datum.value <= {bound!r} ? '{name}' : {choice}"
    known = "isValid(datum.value)"
    number_or_null = "datum.v == null || datum.v === '' ? null : toNumber(datum.v)"
    words = f"format(datum.value, ',.{decimals}f') + '{unit}'"
    return [
        {"calculate": "datum.properties.area_code", "as": "area_code"},
        {"calculate": "datum.properties.area_name", "as": "area_name"},
        {"lookup": "area_code", "from": {"data": rows, "key": "a", "fields": ["v", "l"]}},
        {"calculate": number_or_null, "as": "value"},
        {"calculate": f"{known} ? ({choice}) : {missing}", "as": "class"},
        {"calculate": f"{known} ? {words} : (datum.l || {missing})", "as": "text"},
    ]
