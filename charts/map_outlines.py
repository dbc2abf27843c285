"""Borders of larger areas as lines over a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outline:
    """One kind of area whose borders are drawn: where they come from and how many there are."""

    key: str
    label: str
    url: str
    areas: int

    @property
    def legend_label(self) -> str:
        """The label with the number of areas."""
        return f"{self.label}（{self.areas:,}）"


# Colour and dashes differ, so that kinds are told apart without colour too
STYLES: dict[str, tuple[str, list[int]]] = {
    "secondary_medical_area": ("#c75300", [1, 0]),
    "health_center_area": ("#00795c", [8, 4]),
    "elderly_welfare_area": ("#a8438a", [2, 3]),
    "planning_area": ("#1a1f24", [10, 3, 2, 3]),
    "home_medical_area": ("#6b4ba3", [5, 2]),
}
_OTHER: tuple[str, list[int]] = ("#1a1f24", [5, 2])
LEGEND_TITLE = "圏域の境"
WIDTH = 2.4
MANY = 60  # of these the lines are thinner


def outline_layers(outlines: Sequence[Outline]) -> list[dict[str, Any]]:
    """Return one layer for each kind; colour and dashes need scales and legends of their own."""
    return [_layer(outline, is_first=at == 0) for at, outline in enumerate(outlines)]


# For the figure that holds the layers: else their legend becomes one with that of the points
RESOLVE = {
    part: {"stroke": "independent", "strokeDash": "independent"} for part in ("scale", "legend")
}


def _layer(outline: Outline, *, is_first: bool) -> dict[str, Any]:
    colour, dash = STYLES.get(outline.key, _OTHER)
    label = outline.legend_label
    kind = {
        "field": "kind",
        "type": "nominal",
        "legend": {
            "title": LEGEND_TITLE if is_first else None,
            "symbolType": "stroke",
            "symbolSize": 500,
            "symbolStrokeWidth": WIDTH,
        },
    }
    return {
        "data": {"url": outline.url, "format": {"type": "topojson", "feature": "areas"}},
        "transform": [{"calculate": f"'{label}'", "as": "kind"}],
        "mark": {
            "type": "geoshape",
            "fill": None,
            "strokeWidth": WIDTH if outline.areas <= MANY else WIDTH / 2,
            "strokeJoin": "round",
            "tooltip": None,
        },
        "encoding": {
            "stroke": {**kind, "scale": {"domain": [label], "range": [colour]}},
            "strokeDash": {**kind, "scale": {"domain": [label], "range": [dash]}},
        },
    }
