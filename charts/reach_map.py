"""Areas coloured by a named state: each has its colour, and stripes where nothing is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.choropleth import HEIGHT, MANY_AREAS
from charts.formatting import MISSING
from charts.map_legend import PLACE, hatch, lines
from charts.theme import BORDER, MUTED, OWN_AREA, base_config


@dataclass(frozen=True)
class State:
    """A state of areas: its key in the frame, its label and colour, and what it says of an area.

    `says` may hold {number} and {place}, which differ from area to area.
    """

    key: str
    label: str
    colour: str
    says: str = ""

    @property
    def expression(self) -> str:
        """What the state says, for Vega."""
        parts = re.split(r"(\{number\}|\{place\})", self.says or self.label)
        fields = {"{number}": "datum.n", "{place}": "datum.p"}
        return " + ".join(fields.get(part, f"'{part}'") for part in parts if part)


def state_map(
    frame: pd.DataFrame,
    *,
    topology_url: str,
    states: Sequence[State],
    title: str,
    legend_title: str,
    selected: str | None = None,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Return the map as Vega-Lite.

    The frame has area_code, state (a key of `states`; any other is missing), number and place, as
    printed where one points at the area; words of the states are sent once, not per area. A click
    is reported by the selection parameter `area`.
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
        "transform": _transform(frame, states),
        "layer": [
            _polygons(states, title, legend_title, len(frame)),
            *(_outline(selected) if selected else []),
        ],
    }


def _transform(frame: pd.DataFrame, states: Sequence[State]) -> list[dict[str, Any]]:
    index = {state.key: at for at, state in enumerate(states)}
    rows = ["a,s,n,p"]
    columns = (frame["area_code"], frame["state"], frame["number"], frame["place"])
    for code, state, number, place in zip(*columns, strict=True):
        quoted = f'"{place}"'.replace(",", "") if place else ""
        rows.append(f"{code},{index.get(state, '')},{number},{quoted}")
    values = {
        "values": "\n".join(rows),
        "format": {"type": "csv", "parse": dict.fromkeys("asnp", "string")},
    }
    found = {"data": values, "key": "a", "fields": ["s", "n", "p"]}
    return [
        {"calculate": "datum.properties.area_code", "as": "area_code"},
        {"calculate": "datum.properties.area_name", "as": "area_name"},
        {"lookup": "area_code", "from": found},
        {"calculate": _choice([f"'{state.label}'" for state in states]), "as": "class"},
        {"calculate": _choice([state.expression for state in states]), "as": "text"},
    ]


def _choice(expressions: Sequence[str]) -> str:
    """Return the expression of the state of an area, or the words for a missing one."""
    choice = f"'{MISSING}'"
    for at, expression in reversed(list(enumerate(expressions))):
        choice = f"datum.s === '{at}' ? {expression} : {choice}"
    return choice


def _polygons(states: Sequence[State], title: str, legend_title: str, areas: int) -> dict[str, Any]:
    scale = {
        "domain": [*(state.label for state in states), MISSING],
        "range": [*(state.colour for state in states), hatch()],
    }
    legend = {
        "title": lines(legend_title),
        "symbolType": "square",
        "symbolSize": 220,
        "symbolStrokeColor": MUTED,
    }
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
            "fill": {"field": "class", "type": "nominal", "scale": scale, "legend": legend},
            "tooltip": [
                {"field": "area_name", "title": "地域"},
                {"field": "text", "title": title},
            ],
        },
    }


def _outline(selected: str) -> list[dict[str, Any]]:
    """Return the border of the own area, on white so that it stands out on any colour."""
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
