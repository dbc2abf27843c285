from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd
import vl_convert

from charts.choropleth import choropleth, fitted
from charts.classes import class_names, named_classes, printable

SQUARES = {"01101": 0, "01102": 1, "01103": 2}


def topology() -> dict[str, Any]:
    arcs = [[[x, 0], [x, 1], [x + 1, 1], [x + 1, 0], [x, 0]] for x in SQUARES.values()]
    shapes = [
        {"type": "Polygon", "arcs": [[place]], "properties": {"area_code": c, "area_name": f"{c}町"}}
        for place, c in enumerate(SQUARES)
    ]  # fmt: skip
    areas = {"type": "GeometryCollection", "geometries": shapes}
    return {"type": "Topology", "objects": {"areas": areas}, "arcs": arcs}


def drawn(values: pd.DataFrame, **options: Any) -> dict[str, Any]:
    settings: dict[str, Any] = {"breaks": [10.0, 20.0, 30.0], "unit": "%", "title": "割合"}
    return choropleth(
        topology_url="/geo/000001/municipality/01.json",
        values=values,
        legend_title="割合",
        **{**settings, **options},
    )


def fills(spec: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Render the map as SVG and return colour and words of each area."""
    spec = json.loads(json.dumps(spec))
    spec["data"] = {"values": topology(), "format": spec["data"]["format"]}
    spec["layer"][0]["mark"]["aria"] = True
    spec["layer"][0]["encoding"]["description"] = {"field": "said"}
    spec["transform"].append({"calculate": "datum.area_code + '|' + datum.text", "as": "said"})
    spec["width"] = 300
    svg = vl_convert.vegalite_to_svg(spec)
    found = {}
    for part in svg.split("<path")[1:]:
        if 'aria-label="01' in part:
            code, words = part.split('aria-label="')[1].split('"')[0].split("|")
            found[code] = (part.split('fill="')[1].split('"')[0], words)
    return found


def test_each_area_gets_the_colour_of_its_class_and_its_words() -> None:
    values = pd.DataFrame({"area_code": list(SQUARES), "value": [10.0, 20.1, None]})
    spec = drawn(values)
    found = fills(spec)
    colours = spec["layer"][0]["encoding"]["fill"]["scale"]["range"]
    assert found["01101"] == (colours[0], "10.0%")
    assert found["01102"] == (colours[2], "20.1%")
    assert found["01103"][0].startswith("url(#gradient")
    assert found["01103"][1] == "データなし"


def test_zero_is_a_value_and_suppressed_says_so() -> None:
    values = pd.DataFrame(
        {"area_code": list(SQUARES), "value": [0.0, None, 25], "label": ["", "秘匿", ""]}
    )
    found = fills(drawn(values))
    assert found["01101"][1] == "0.0%"
    assert found["01102"][1] == "秘匿"
    assert found["01101"][0] != found["01102"][0]


def test_an_area_that_is_not_in_the_frame_has_no_data() -> None:
    found = fills(drawn(pd.DataFrame({"area_code": ["01101"], "value": [5.0]})))
    assert found["01102"][1] == "データなし"


def test_class_names_print_every_bound_once() -> None:
    assert class_names([10.0, 20.0, 30.0], decimals=0) == ["10以下", "10超～20", "20超"]
    assert class_names([], decimals=1) == []
    assert class_names([10.0], decimals=0) == ["すべて"]
    assert printable([1.04, 1.0, 2.0], decimals=1) == [1.0, 2.0]


def test_a_class_of_zeros_alone_is_called_zero() -> None:
    rates = pd.Series([0.0, 0.0, 1.25, 2.5, None])
    assert named_classes(rates, [0.0, 1.25, 2.5], decimals=2) == ["0", "0超～1.25", "1.25超"]
    growth = pd.Series([-2.0, 0.0, 3.0])
    assert named_classes(growth, [0.0, 1.5, 3.0], decimals=1)[0] == "0以下"
    assert named_classes(pd.Series([0.0, 0.0]), [0.0], decimals=0) == ["0"]


def test_counts_are_named_one_by_one_without_gap_or_overlap() -> None:
    counts = pd.Series([0, 1, 2, 3, 7, 12], dtype=float)
    names = named_classes(counts, [0.0, 1.0, 4.0, 12.0], decimals=0)
    assert names == ["0", "1", "2～4", "5以上"]


def test_a_fitted_map_fills_its_frame_and_cuts_off_the_rest() -> None:
    values = pd.DataFrame({"area_code": list(SQUARES), "value": [1.0, 2.0, 3.0]})
    spec = fitted(drawn(values), extent=(0.0, 0.0, 1.0, 1.0))
    spec["data"] = {"values": topology(), "format": spec["data"]["format"]}
    spec["layer"][0]["encoding"]["fill"]["legend"] = None
    svg = vl_convert.vegalite_to_svg(spec | {"width": 400, "height": 400})
    assert "clip-path" in svg
    first, second, _ = re.findall(r'aria-roledescription="geoshape"[^>]* d="([^"]+)"', svg)
    assert 370 < span(first) < 400
    assert max(xs(first)) < 400 < max(xs(second))
    assert "clip" not in json.dumps(drawn(values))
    assert fitted(drawn(values), extent=None) == drawn(values)


def xs(path: str) -> list[float]:
    return [float(x) for x in re.findall(r"[ML](-?[\d.]+),", path)]


def span(path: str) -> float:
    return max(xs(path)) - min(xs(path))


def test_the_own_area_is_outlined_only_when_named() -> None:
    values = pd.DataFrame({"area_code": ["01101"], "value": [5.0]})
    assert len(drawn(values)["layer"]) == 1
    assert "01102" in json.dumps(drawn(values, selected="01102")["layer"][1:])


def test_a_nationwide_map_sends_less_than_50_kb() -> None:
    codes = [f"{number:05d}" for number in range(1_000, 2_741)]
    values = pd.DataFrame({"area_code": codes, "value": [n * 0.0173 for n in range(1_741)]})
    assert len(json.dumps(drawn(values)).encode()) < 50_000
