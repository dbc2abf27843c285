from __future__ import annotations

import math

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.map_labels import SIZE, WIDTHS, label_layers, mercator, placed_labels, text_width

BOX = (135.0, 34.0, 137.0, 36.0)


def places(*rows: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "lon", "lat"])


def drawn_boxes(labels: pd.DataFrame, scale: float) -> np.ndarray:
    """Left, bottom, right, top in pixels of the names that a map of the scale shows."""
    shown = labels[labels["scale"] <= scale * 1.001]
    x = np.radians(shown["lon"]) * scale
    y = np.array([mercator(value) for value in shown["lat"]]) * scale
    half = np.array([text_width(name) for name in shown["name"]]) / 2
    return np.array([x - half, y - SIZE / 2, x + half, y + SIZE / 2]).T


def overlapping(boxes: np.ndarray) -> int:
    return sum(
        bool(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])
        for at, a in enumerate(boxes)
        for b in boxes[at + 1 :]
    )


NAMES = st.text(alphabet="見本市町村大小中AB", min_size=1, max_size=7)
SPOTS = st.lists(
    st.tuples(NAMES, st.floats(134.9, 137.1), st.floats(33.9, 36.1)), min_size=1, max_size=40
)


@settings(max_examples=60, deadline=None)
@given(SPOTS, st.floats(1.0, 3.0))
def test_no_two_names_overlap_at_any_size(spots, growth: float) -> None:
    labels = placed_labels(places(*spots), box=BOX)
    smallest = WIDTHS[0] / math.radians(2)
    for scale in (smallest, smallest * growth, smallest * growth**2, smallest * growth**3):
        assert overlapping(drawn_boxes(labels, scale)) == 0


def test_the_first_place_is_named_before_its_neighbours() -> None:
    near = places(("大きな市", 136.0, 35.0), ("小さな町", 136.001, 35.001))
    assert placed_labels(near, box=BOX)["name"].tolist() == ["大きな市"]
    turned = near.iloc[::-1]
    assert placed_labels(turned, box=BOX)["name"].tolist() == ["小さな町"]


def test_a_larger_map_names_more() -> None:
    grid = places(
        *[(f"見本{i}市", 135.1 + 0.2 * (i % 9), 34.1 + 0.15 * (i // 9)) for i in range(99)]
    )
    labels = placed_labels(grid, box=BOX)
    counts = [(labels["scale"] <= scale).sum() for scale in sorted(labels["scale"].unique())]
    assert len(counts) > 2
    assert counts[0] < counts[-1]


def test_places_outside_the_frame_have_no_name_on_it() -> None:
    assert placed_labels(places(("島村", 140.0, 30.0)), box=BOX).empty


def test_wide_characters_are_as_wide_as_high() -> None:
    assert text_width("見本市") == 3 * SIZE
    assert text_width("ab") < text_width("見本")


def test_names_lie_over_a_rim_and_appear_by_scale() -> None:
    rim, ink = label_layers(placed_labels(places(("港市", 136, 35)), box=BOX), scale="min(1, 2)")
    assert rim["mark"]["stroke"] == "#ffffff"
    assert "stroke" not in ink["mark"]
    assert "min(1, 2)" in ink["transform"][0]["filter"]
    assert ink["data"]["values"][0]["n"] == "港市"
