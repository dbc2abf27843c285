"""What a projector shows of a figure: no small letters, more contrast, the own area by name."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from charts.choropleth import choropleth
from charts.line import line
from charts.projected import ENLARGED, MAP_HEIGHT, MOST_HEIGHT, projected
from charts.spine import STEP
from charts.theme import INK, MUTED, OWN_AREA, base_config

BARE: dict[str, Any] = {"mark": "bar", "config": base_config()}


def sizes(part: object) -> list[float]:
    """Every size of letters that is a number."""
    if isinstance(part, dict):
        own = [v for k, v in part.items() if k.lower().endswith("fontsize")
               and isinstance(v, (int, float))]  # fmt: skip
        return own + [size for value in part.values() for size in sizes(value)]
    return [size for value in part for size in sizes(value)] if isinstance(part, list) else []


def test_every_letter_is_24_pixels_when_the_screen_has_enlarged_it() -> None:
    spec = {**BARE, "encoding": {"y": {"axis": {"labelFontSize": 11}}}}
    found = sizes(projected(spec))
    assert len(found) > 5
    assert min(found) * ENLARGED >= 24


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("width < 420 ? 11 : 14", "(width < 420 ? 11 : 14) == 0 ? 0 : max(14, (width < 420 ? 11 : 14))"),
        ("max(8, min(14, width / 9))",
         "(max(8, min(14, width / 9))) < 12 ? 0 : max(14, (max(8, min(14, width / 9))))"),
    ],
)  # fmt: skip
def test_letters_that_shrink_are_whole_or_gone(asked: str, shown: str) -> None:
    spec = {**BARE, "mark": {"type": "text", "fontSize": {"expr": asked}}}
    assert projected(spec)["mark"]["fontSize"] == {"expr": shown}


def test_two_lines_of_a_label_keep_their_room() -> None:
    axis = {"labelFontSize": 11, "labelLineHeight": 12.5}
    spec = {**BARE, "height": {"step": STEP}, "encoding": {"y": {"axis": axis}}}
    shown = projected(spec)
    assert shown["encoding"]["y"]["axis"]["labelLineHeight"] == pytest.approx(12.5 * 14 / 11)
    assert shown["height"]["step"] == pytest.approx(STEP * 14 / 11, abs=0.1)


def test_what_was_pale_is_dark_and_the_data_are_left_alone() -> None:
    rows = [{"colour": MUTED, "fontSize": 3}]
    shown = projected({**BARE, "mark": {"type": "rule", "color": MUTED}, "data": {"values": rows}})
    assert shown["mark"]["color"] == INK
    assert shown["data"]["values"] is rows
    assert shown["usermeta"]["embedOptions"]["renderer"] == "svg"


def test_a_map_fits_an_old_projector_and_names_the_own_area() -> None:
    values = pd.DataFrame({"area_code": ["81201", "81202"], "value": [1.0, 2.0]})
    spec = choropleth(topology_url="/geo/1.json", values=values, breaks=[1.5, 2.0], title="割合",
                      unit="%", legend_title="割合", selected="81202")  # fmt: skip
    shown = projected(spec)
    assert shown["height"] == MAP_HEIGHT
    assert shown["config"]["legend"]["orient"] == "right"
    name = shown["layer"][-1]
    assert name["mark"]["color"] == OWN_AREA
    assert name["transform"][0] == {"filter": "datum.area_code === '81202'"}
    assert len(projected({**spec, "layer": spec["layer"][:1]})["layer"]) == 1, "none is own"


def test_rows_placed_by_pixels_keep_their_height() -> None:
    raw = {"field": "y", "type": "quantitative", "scale": None}
    spec = {**BARE, "height": 900, "layer": [{"mark": "bar", "encoding": {"y": raw}}]}
    assert projected(spec)["height"] == 900
    assert projected({**BARE, "height": 900, "layer": [spec]})["height"] == 900
    assert projected({**BARE, "height": 900})["height"] == MOST_HEIGHT


def test_the_same_figure_comes_out_twice_and_the_first_is_unchanged() -> None:
    frame = pd.DataFrame({"year": [2020, 2025], "series": "甲", "value": [1.0, 2.0],
                          "area_code": "81201", "is_projection": False})  # fmt: skip
    spec = line(frame, series_order=["甲"], x_title="年", y_title="人", unit="人", decimals=0)
    before = repr(spec)
    assert projected(spec) == projected(spec)
    assert repr(spec) == before
