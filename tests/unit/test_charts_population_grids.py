"""Small multiples, heat table and quadrants, as they are drawn."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import vl_convert

from charts.heat_table import heat_table
from charts.quadrants import quadrants
from charts.small_multiples import small_multiples
from charts.theme import CATEGORICAL, OWN_AREA, sequential
from tests.unit.chart_parts import drawn_texts

ROWS = [
    ("01101", "東町", 2020, 100.0),
    ("01101", "東町", 2035, 300.0),
    ("01101", "東町", 2050, 200.0),
    ("01102", "西町", 2020, 1000.0),
    ("01102", "西町", 2035, 900.0),
    ("01102", "西町", 2050, 800.0),
    ("01103", "無人村", 2020, None),
    ("01103", "無人村", 2035, None),
    ("01103", "無人村", 2050, None),
]
FRAME = pd.DataFrame(ROWS, columns=["area_code", "area_name", "year", "value"])
CODES = ["01101", "01102", "01103"]
TEXT = re.compile(
    r'<text[^>]*transform="translate\(([\d.-]+),([\d.-]+)\)"[^>]*?(?:fill="([^"]*)")?[^>]*>([^<]+)<'
)


def texts(spec: dict[str, Any], *, width: int = 700) -> dict[str, tuple[float, float]]:
    """Return where each text stands."""
    svg = vl_convert.vegalite_to_svg({**spec, "width": width})
    return {said: (float(x), float(y)) for x, y, _, said in TEXT.findall(svg)}


def lines(spec: dict[str, Any]) -> list[tuple[str, list[tuple[float, float]]]]:
    """Return colour and corners of every line."""
    svg = vl_convert.vegalite_to_svg({**spec, "width": 700})
    found = []
    for path in re.findall(r'<path[^>]*aria-roledescription="line mark"[^>]*>', svg):
        corners = re.search(r'd="M([^"]+)"', path)
        colour = re.search(r'stroke="([^"]+)"', path)
        assert corners
        assert colour
        points = [tuple(map(float, p.split(","))) for p in corners.group(1).split("L")]
        found.append((colour.group(1), points))
    return found


def multiples(**options: Any) -> dict[str, Any]:
    settings: dict[str, Any] = {"order": CODES, "unit": "人", "decimals": 0, "own_code": "01102"}
    return small_multiples(FRAME, **{**settings, **options})


def test_each_area_has_a_line_of_its_own_scale_and_the_figures_of_both_ends() -> None:
    spec = multiples(shared_scale=False)
    (blue, east), (own, west) = lines(spec)
    assert (blue, own) == (CATEGORICAL[0], OWN_AREA)
    assert min(y for _, y in east) == min(y for _, y in west)  # each reaches its own top
    assert east[1][1] == min(y for _, y in east)  # the peak of 2035
    assert {"100→200人", "1,000→800人", "データなし"} <= drawn_texts(spec)


def test_a_shared_scale_keeps_lines_comparable() -> None:
    (_, east), (_, west) = lines(multiples(shared_scale=True))
    assert max(y for _, y in west) < min(y for _, y in east)


def test_the_order_of_the_codes_is_the_order_of_the_cells() -> None:
    first = texts(multiples())
    turned = texts(multiples(order=CODES[::-1]))
    assert first["東町"][0] < first["西町"][0] < first["無人村"][0]
    assert turned["無人村"][0] < turned["西町"][0] < turned["東町"][0]


def test_a_narrow_screen_has_fewer_columns() -> None:
    frame = pd.concat(
        [FRAME.head(3).assign(area_code=f"0110{n}", area_name=f"{n}町") for n in range(1, 7)]
    )
    order = [f"0110{n}" for n in range(1, 7)]
    spec = small_multiples(frame, order=order, unit="人", decimals=0)
    wide, narrow = texts(spec, width=800), texts(spec, width=340)
    assert wide["1町"][1] == wide["5町"][1]
    assert narrow["5町"][0] == narrow["1町"][0]
    assert narrow["5町"][1] > narrow["1町"][1]


def heat(**options: Any) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "order": CODES,
        "breaks": [200.0, 500.0, 1000.0],
        "title": "人口",
        "unit": "人",
        "decimals": 0,
    }
    return heat_table(FRAME, **{**settings, **options})


def test_cells_have_the_colour_of_their_class_and_the_figure() -> None:
    svg = vl_convert.vegalite_to_svg({**heat(), "width": 700})
    cells = re.findall(r'<path[^>]*aria-roledescription="rect mark"[^>]*>', svg)
    fills = [m.group(1) for cell in cells if (m := re.search(r'fill="([^"]+)"', cell))]
    low, middle, high = sequential(3)
    assert fills.count(low) == 2
    assert fills.count(middle) == 1
    assert fills.count(high) == 3
    assert sum(fill.startswith("url(") for fill in fills) == 3
    assert {"2020", "2050", "1,000", "200以下", "501以上", "データなし", "―"} <= drawn_texts(heat())


def test_rows_of_the_heat_table_follow_the_order_and_mark_the_own() -> None:
    down = texts(heat(order=CODES[::-1], own_code="01101"))
    assert down["無人村"][1] < down["西町"][1] < down["▶ 東町"][1]


def test_figures_are_white_on_dark_cells_only() -> None:
    svg = vl_convert.vegalite_to_svg({**heat(), "width": 700})
    said = {words: ink for ink, words in re.findall(r'fill="(#\w{6})"[^>]*>([\d,]+)</text>', svg)}
    assert said["1,000"] == "#ffffff"
    assert said["100"] != "#ffffff"


def scatter(**options: Any) -> dict[str, Any]:
    frame = pd.DataFrame(
        [
            ("01101", "東町", 100.0, 50.0, True),
            ("01102", "西町", 1000.0, -20.0, False),
            ("01103", "無人村", None, None, False),
            ("01104", "南町", 400.0, 5.0, False),
        ],
        columns=["area_code", "area_name", "level", "growth", "is_labelled"],
    )
    settings: dict[str, Any] = {
        "x_title": "2020年の人口",
        "y_title": "増減率",
        "x_unit": "人",
        "x_decimals": 0,
        "x_cut": 400.0,
        "y_cut": 0.0,
        "names": ("多い・増える", "少ない・増える", "少ない・減る", "多い・減る"),
        "log_x": True,
        "own_code": "01104",
    }
    return quadrants(frame, **{**settings, **options})


def test_the_quarters_are_named_in_their_corners() -> None:
    places = texts(scatter())
    assert places["少ない・増える"][0] < places["多い・増える"][0]
    assert places["多い・増える"][1] < places["多い・減る"][1]
    assert places["少ない・減る"][0] < places["多い・減る"][0]


def test_own_area_and_outliers_are_labelled_and_the_rest_is_not() -> None:
    said = drawn_texts(scatter())
    assert {"東町", "南町"} <= said
    assert not {"西町", "無人村"} & said


def test_the_own_point_has_its_colour_and_a_missing_one_is_not_drawn() -> None:
    svg = vl_convert.vegalite_to_svg({**scatter(), "width": 700})
    points = re.findall(r'<path[^>]*aria-roledescription="circle"[^>]*>', svg)
    assert len(points) == 3
    assert sum(OWN_AREA in point for point in points) == 1


def test_names_that_would_overlap_are_left_out_the_own_never() -> None:
    close = pd.DataFrame(
        [
            ("01101", "東町", 100.0, 50.0, True),
            ("01102", "隣町", 101.0, 50.5, True),
            ("01103", "遠町", 9000.0, -50.0, True),
        ],
        columns=["area_code", "area_name", "level", "growth", "is_labelled"],
    )
    options = {"x_title": "人口", "y_title": "増減率", "x_unit": "人", "x_decimals": 0,
               "x_cut": 100.0, "y_cut": 0.0, "names": ("あ", "い", "う", "え")}  # fmt: skip
    assert "東町" not in drawn_texts(quadrants(close, log_x=True, **options))
    own = drawn_texts(quadrants(close, log_x=True, own_code="01101", **options))
    assert {"東町", "遠町"} <= own
    assert "隣町" not in own


def test_a_narrow_line_stays_upright_in_its_cell() -> None:
    frame = pd.concat(
        [FRAME.head(3).assign(area_code=f"01{n:03d}", area_name=f"{n}町") for n in range(60)]
    )
    spec = small_multiples(
        frame, order=[f"01{n:03d}" for n in range(60)], unit="人", decimals=0, shared_scale=False
    )
    svg = vl_convert.vegalite_to_svg({**spec, "width": 340})
    first = re.search(r'aria-roledescription="line mark"[^>]*d="M([^"]+)"', svg)
    assert first
    start, peak, _ = (float(point.split(",")[1]) for point in first.group(1).split("L"))
    assert start - peak > 12
