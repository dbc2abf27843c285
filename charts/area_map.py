"""A map of areas by class: polygons by address, colours, legend, and the own area's border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from charts.map_legend import PLACE, hatch, lines
from charts.theme import BORDER, MUTED, OWN_AREA, base_config

HEIGHT = 540
MANY_AREAS = 300


def area_map(
    *,
    topology_url: str,
    transform: Sequence[Mapping[str, Any]],
    colours: Mapping[str, str],
    missing: str,
    title: str,
    legend_title: str,
    areas: int,
    selected: str | None,
    height: int,
) -> dict[str, Any]:
    """Return the map as Vega-Lite.

    `transform` gives each polygon area_code, area_name, class (a key of `colours`, or `missing`,
    which is striped) and text, what is printed where one points at it. With many areas the borders
    are thinner. A click is reported by the selection parameter `area`.
    """
    config = base_config()
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": {**config, "legend": {**config["legend"], **PLACE}},
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"url": topology_url, "format": {"type": "topojson", "feature": "areas"}},
        "projection": {"type": "mercator"},
        "transform": list(transform),
        "layer": [
            _polygons(_fill(colours, missing, legend_title), title, areas),
            *(_outline(selected) if selected else []),
        ],
    }


def _fill(colours: Mapping[str, str], missing: str, legend_title: str) -> dict[str, Any]:
    return {
        "field": "class",
        "type": "nominal",
        "scale": {"domain": [*colours, missing], "range": [*colours.values(), hatch()]},
        "legend": {
            "title": lines(legend_title),
            "symbolType": "square",
            "symbolSize": 220,
            "symbolStrokeColor": MUTED,
        },
    }


def _polygons(fill: dict[str, Any], title: str, areas: int) -> dict[str, Any]:
    select = {"type": "point", "fields": ["area_code"], "toggle": False}
    return {
        "params": [{"name": "area", "select": select}],
        "mark": {
            "type": "geoshape",
            "stroke": BORDER,
            "strokeWidth": 0.5 if areas <= MANY_AREAS else 0.15,
            "cursor": "pointer",
        },
        "encoding": {
            "fill": fill,
            "tooltip": [
                {"field": "area_name", "title": "地域"},
                {"field": "text", "title": title},
            ],
        },
    }


def _outline(selected: str) -> list[dict[str, Any]]:
    """Return the border of the own area, on white so that it stands out on any class."""
    return [
        {
            "transform": [{"filter": f"datum.area_code === '{selected}'"}],
            "mark": {
                "type": "geoshape",
                "fill": None,
                "stroke": colour,
                "strokeWidth": width,
                "strokeJoin": "round",
                "tooltip": None,
            },
        }
        for colour, width in (("#ffffff", 6), (OWN_AREA, 3))
    ]
