from __future__ import annotations

import json

import pandas as pd

from charts.line import line
from charts.theme import MUTED, OWN_AREA

FRAME = pd.DataFrame(
    {
        "year": [2020, 2025, 2030, 2020, 2025, 2030],
        "series": ["森村"] * 3 + ["全国"] * 3,
        "value": [100.0, None, 93.26, 100.0, 105.0, 110.0],
    }
)


def spec(**options: object) -> dict:
    settings = {"x_title": "年", "y_title": "指数", "unit": "2020年=100", "decimals": 1}
    return line(FRAME, series_order=["森村", "全国"], **{**settings, **options})


def test_a_missing_value_stays_missing() -> None:
    rows = spec()["data"]["values"]
    assert [row["v"] for row in rows if row["s"] == "森村"] == [100.0, None, 93.26]


def test_the_axis_starts_at_zero_and_names_its_unit() -> None:
    encoding = spec()["layer"][-1]["encoding"]
    assert encoding["y"]["scale"]["zero"] is True
    assert encoding["y"]["title"] == "指数（2020年=100）"
    assert encoding["x"]["axis"]["values"] == [2020, 2025, 2030]


def test_series_differ_by_dash_as_well_as_by_colour() -> None:
    encoding = spec()["layer"][-1]["encoding"]
    for channel in ("color", "strokeDash"):
        marks = [json.dumps(mark) for mark in encoding[channel]["scale"]["range"]]
        assert encoding[channel]["scale"]["domain"] == ["森村", "全国"]
        assert len(set(marks)) == 2


def test_base_line_and_start_of_projection_are_drawn_when_given() -> None:
    assert len(spec()["layer"]) == 1
    layers = spec(base_line=100, projected_from=2025)["layer"]
    assert layers[0]["data"]["values"] == [{"y": 2025}]
    assert layers[1]["data"]["values"] == [{"b": 100}]


def test_one_line_needs_no_legend_and_persons_are_labelled_in_ten_thousands() -> None:
    alone = line(FRAME, series_order=["森村"], x_title="年", y_title="総人口", unit="人")
    encoding = alone["layer"][-1]["encoding"]
    assert encoding["color"]["legend"] is None
    assert "万" in encoding["y"]["axis"]["labelExpr"]
    assert "labelExpr" not in spec()["layer"][-1]["encoding"]["y"]["axis"]
    assert spec()["layer"][-1]["encoding"]["color"]["legend"]["orient"] == "top"


def test_the_own_line_stands_out_and_lies_above_the_grey_references() -> None:
    shown = spec(own="森村", references=["全国"])
    encoding = shown["layer"][-1]["encoding"]
    assert encoding["color"]["scale"]["range"] == [OWN_AREA, MUTED]
    assert "森村" in encoding["strokeWidth"]["condition"]["test"]
    assert [row["s"] for row in shown["data"]["values"]][-1] == "森村"


def test_six_areas_and_two_references_can_be_told_apart() -> None:
    order = ["森村", "甲", "乙", "丙", "丁", "戊", "県", "全国"]
    drawn = line(FRAME, series_order=order, x_title="年", y_title="指数", unit="%", own="森村",
                 references=["県", "全国"])  # fmt: skip
    encoding = drawn["layer"][-1]["encoding"]
    colours, dashes = (encoding[c]["scale"]["range"] for c in ("color", "strokeDash"))
    assert len(set(colours[:6])) == 6
    assert len({json.dumps([c, d]) for c, d in zip(colours, dashes, strict=True)}) == 8


def test_a_name_with_quotes_does_not_break_the_expression() -> None:
    name = "甲'\"町"
    frame = FRAME.assign(series=name)
    drawn = line(frame, series_order=[name], x_title="年", y_title="指数", unit="%", own=name)
    test = drawn["layer"][-1]["encoding"]["strokeWidth"]["condition"]["test"]
    assert json.loads(test.removeprefix("datum.s === ")) == name
