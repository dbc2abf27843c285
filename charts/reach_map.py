"""Areas coloured by a named state: each has its colour, and stripes where nothing is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.area_map import HEIGHT, area_map
from charts.formatting import MISSING


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
    return area_map(
        topology_url=topology_url,
        transform=_transform(frame, states),
        colours={state.label: state.colour for state in states},
        missing=MISSING,
        title=title,
        legend_title=legend_title,
        areas=len(frame),
        selected=selected,
        height=height,
    )


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
