import json

import pandas as pd
import vl_convert

from charts.ranking import ranking


def frame():
    return pd.DataFrame(
        {
            "area_code": ["81201", "81202", "81203", "82201"],
            "area_name": ["山手市", "川辺町", "森村", "川辺町"],
            "value": [5.0, 3.123456, None, 0.0],
            "lower_ci": [4.5, None, None, 0.0],
            "upper_ci": [5.5, None, None, 1.5],
            "status_label": ["", "", "秘匿", ""],
        }
    )


def draw(**changes):
    options = {"title": "見本率", "unit": "%", "decimals": 1, "own_code": "81201"} | changes
    return ranking(frame(), **options)


def rows(spec):
    return spec["data"]["values"]


def test_rows_keep_their_order_and_the_own_area_is_marked_beside_colour():
    spec = draw()
    labels = [row["label"] for row in rows(spec)]
    assert labels == ["▶ 山手市", "川辺町（81202）", "森村", "川辺町（82201）"]
    assert spec["layer"][0]["encoding"]["y"]["sort"] == labels


def test_zero_is_a_bar_and_a_gap_says_what_it_is():
    found = {row["area_code"]: row for row in rows(draw())}
    assert (found["82201"]["value"], found["82201"]["printed"]) == (0.0, "0.0")
    assert (found["81203"]["value"], found["81203"]["printed"]) == (None, "秘匿")


def test_bars_start_at_zero_and_the_axis_names_the_unit():
    x = draw()["layer"][0]["encoding"]["x"]
    assert x["scale"]["zero"] is True
    assert x["axis"]["title"] == "見本率（%）"


def test_intervals_are_drawn_only_when_asked_for():
    assert "lower" not in rows(draw())[0]
    shown = draw(show_interval=True)
    assert (rows(shown)[0]["lower"], rows(shown)[0]["end"]) == (4.5, 5.5)
    assert "lower" not in rows(shown)[1]
    assert len(shown["layer"]) == len(draw()["layer"]) + 1


def test_benchmarks_are_lines_with_name_and_value():
    lines = draw(benchmarks=[("全国", 4.0), ("東見本県", 4.26)])["layer"][1]
    assert [row["name"] for row in lines["data"]["values"]] == ["全国 4.0", "東見本県 4.3"]
    assert [row["at"] for row in lines["data"]["values"]] == [4.0, 4.26]


def test_the_figure_compiles_and_prints_the_names():
    spec = draw(benchmarks=[("全国", 4.0)], show_interval=True) | {"width": 600}
    svg = vl_convert.vegalite_to_svg(json.dumps(spec))
    assert "山手市" in svg
    assert "秘匿" in svg


def test_values_stand_on_a_halo_above_the_lines():
    layers = draw(benchmarks=[("全国", 4.0)])["layer"]
    assert [layer["mark"]["type"] for layer in layers] == ["bar", "rule", "text", "text"]
    assert layers[2]["mark"]["stroke"] == "#ffffff"
