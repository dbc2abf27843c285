"""The map of states and the curve of reach, rendered and read back."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import vl_convert

from charts.reach_curve import reach_curve_chart
from charts.reach_map import State, state_map
from charts.theme import OWN_AREA
from tests.unit.chart_parts import drawn_texts

SQUARES = {"01101": 0, "01102": 1, "01103": 2}
STATES = (
    State("here", "区域内にある", "#c7dcec", "区域内に{number}か所"),
    State("away", "なし", "#e39042", "最寄りは{place}{number}km"),
)
ROWS = [("01101", "here", "3", ""), ("01102", "away", "12.5", "山,町へ"), ("01103", "", "", "")]


def topology() -> dict[str, Any]:
    arcs = [[[x, 0], [x, 1], [x + 1, 1], [x + 1, 0], [x, 0]] for x in SQUARES.values()]
    shapes = [
        {"type": "Polygon", "arcs": [[place]], "properties": {"area_code": c, "area_name": f"{c}町"}}
        for place, c in enumerate(SQUARES)
    ]  # fmt: skip
    areas = {"type": "GeometryCollection", "geometries": shapes}
    return {"type": "Topology", "objects": {"areas": areas}, "arcs": arcs}


def drawn(rows: list[tuple[str, ...]] = ROWS, selected: str | None = None) -> dict[str, Any]:
    frame = pd.DataFrame(rows, columns=["area_code", "state", "number", "place"])
    return state_map(
        frame,
        topology_url="/geo/000001/municipality/01.json",
        states=STATES,
        title="病院",
        legend_title="病院",
        selected=selected,
    )


def fills(spec: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Render the map as SVG and return colour and words of each area."""
    spec = json.loads(json.dumps(spec))
    spec["data"] = {"values": topology(), "format": spec["data"]["format"]}
    spec["layer"][0]["mark"]["aria"] = True
    spec["layer"][0]["encoding"]["description"] = {"field": "said"}
    spec["transform"].append({"calculate": "datum.area_code + '|' + datum.text", "as": "said"})
    spec["width"] = 300
    found = {}
    for part in vl_convert.vegalite_to_svg(spec).split("<path")[1:]:
        if 'aria-label="01' in part:
            code, words = part.split('aria-label="')[1].split('"')[0].split("|")
            found[code] = (part.split('fill="')[1].split('"')[0], words)
    return found


def test_each_area_has_the_colour_and_the_words_of_its_state() -> None:
    found = fills(drawn())
    assert found["01101"] == ("#c7dcec", "区域内に3か所")
    assert found["01102"] == ("#e39042", "最寄りは山町へ12.5km")
    assert found["01103"][0].startswith("url(#gradient")
    assert found["01103"][1] == "データなし"


def test_an_area_that_is_not_in_the_frame_has_no_data() -> None:
    assert fills(drawn(ROWS[:1]))["01102"][1] == "データなし"


def test_the_own_area_is_outlined() -> None:
    spec = drawn(selected="01102")
    strokes = [layer["mark"]["stroke"] for layer in spec["layer"][1:]]
    assert strokes == ["#ffffff", OWN_AREA]
    assert len(drawn()["layer"]) == 1


def test_words_are_sent_once_and_not_per_area() -> None:
    many = [(f"{code:05d}", "away", "12.5", "") for code in range(1, 1742)]
    assert len(json.dumps(drawn(many))) < 40_000


CURVE = pd.DataFrame(
    [("01", "北県", km, min(100.0, 10.0 * km)) for km in range(21)]
    + [("00", "全国", km, min(100.0, 5.0 * km)) for km in range(21)],
    columns=["area_code", "area_name", "km", "share"],
)


def curve() -> dict[str, Any]:
    return reach_curve_chart(
        CURVE, own="北県", marks=(5, 10), x_title="km以内", y_title="割合（%）"
    )


def test_the_curve_names_its_areas_and_axes() -> None:
    assert {"北県", "全国", "km以内", "割合（%）"} <= drawn_texts(curve())


def test_the_own_area_differs_by_colour_and_dash() -> None:
    encoding = curve()["layer"][1]["encoding"]
    colours = dict(zip(encoding["color"]["scale"]["domain"],
                       encoding["color"]["scale"]["range"], strict=True))  # fmt: skip
    dashes = encoding["strokeDash"]["scale"]["range"]
    assert colours["北県"] == OWN_AREA != colours["全国"]
    assert dashes[0] == [1, 0] != dashes[1]
