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
}
_OTHER: tuple[str, list[int]] = ("#1a1f24", [5, 2])
LEGEND_TITLE = "圏域の境"


def outline_layers(outlines: Sequence[Outline]) -> list[dict[str, Any]]:
    """Return one layer for each kind, all in one legend of colour and dashes."""
    labels = [outline.legend_label for outline in outlines]
    styles = [STYLES.get(outline.key, _OTHER) for outline in outlines]
    colours = {"domain": labels, "range": [colour for colour, _ in styles]}
    dashes = {"domain": labels, "range": [dash for _, dash in styles]}
    legend = {"title": LEGEND_TITLE, "symbolType": "stroke", "symbolSize": 500,
              "symbolStrokeWidth": 3}  # fmt: skip
    return [
        {
            "data": {"url": outline.url, "format": {"type": "topojson", "feature": "areas"}},
            "transform": [{"calculate": f"'{outline.legend_label}'", "as": "kind"}],
            "mark": {
                "type": "geoshape",
                "fill": None,
                "strokeWidth": 2.5,
                "strokeJoin": "round",
                "tooltip": None,
            },
            "encoding": {
                "stroke": {"field": "kind", "type": "nominal", "scale": colours, "legend": legend},
                "strokeDash": {
                    "field": "kind",
                    "type": "nominal",
                    "scale": dashes,
                    "legend": legend,
                },
            },
        }
        for outline in outlines
    ]
