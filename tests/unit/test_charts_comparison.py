"""Funnel, rug, scatter, box and mirrored bars, from frames written here."""

import json

import pandas as pd
import pytest
import vl_convert

from charts.box import box
from charts.funnel import funnel
from charts.mirror import mirror
from charts.scatter import Measure, scatter
from charts.tartan import CELLS, tartan
from tests.unit.chart_parts import drawn_texts


def values(spec):
    return spec["data"]["values"]


def column(spec, field):
    return values(spec)[0][field].split("|")


def svg(spec):
    return vl_convert.vegalite_to_svg(json.dumps(spec | {"width": 700}))


FUNNEL = pd.DataFrame(
    {
        "area_code": ["81201", "81202", "81203", "81204"],
        "area_name": ["山手市", "川辺町", "森村", "浜町"],
        "size": [1000.0, 100.0, 0.0, 50.0],
        "value": [12.0, 3.0, 4.0, None],
        "outcome": ["high_998", "inside", "inside", "not_compared"],
    }
)
LIMITS = pd.DataFrame(
    {
        "size": [100.0, 1000.0] * 2,
        "value": [1.0, 4.0, 11.0, 8.0],
        "level": ["95％"] * 4,
        "side": ["low", "low", "high", "high"],
    }
)


def draw_funnel(**changes):
    options = {"title": "見本率", "unit": "%", "decimals": 1, "size_title": "回答数",
               "average": ("全体", 6.0), "own_code": "81201"} | changes  # fmt: skip
    return funnel(FUNNEL, LIMITS, **options)


def test_the_funnel_draws_only_areas_with_size_and_value():
    assert column(draw_funnel(), "area_name") == ["山手市", "川辺町"]
    assert column(draw_funnel(), "size") == ["1000", "100"]
    assert column(draw_funnel(), "outcome") == ["A", "c"]
    assert column(draw_funnel(own_code=None), "outcome") == ["a", "c"]


def test_the_funnel_names_the_own_area_the_average_and_the_levels():
    texts = drawn_texts(draw_funnel())
    assert {"山手市", "全体 6.0%", "95％の限界", "99.8％限界より高い"} <= texts
    assert "山手市" not in drawn_texts(draw_funnel(own_code=None))


def test_an_empty_funnel_still_compiles():
    spec = funnel(FUNNEL.iloc[:0], LIMITS, title="見本率", unit="%", decimals=1,
                  size_title="人", average=("全体", 6.0))  # fmt: skip
    assert "全体 6.0%" in svg(spec)


RUG = pd.DataFrame(
    [
        ("81201", "山手市", "指標A", "higher", "5.0"),
        ("81201", "山手市", "指標B", "lower", "1.0"),
        ("81202", "川辺町", "指標A", "missing", "秘匿"),
        ("82202", "川辺町", "指標A", "similar", "3.0"),
    ],
    columns=["area_code", "area_name", "indicator", "outcome", "printed"],
)


def test_a_row_of_the_rug_is_a_letter_per_indicator():
    rows = values(tartan(RUG, indicators=["指標A", "指標B"], own_code="81201"))
    assert [row["cells"] for row in rows] == ["hl", "mm", "sm"]
    assert rows[1]["printed"] == "秘匿|データなし"
    assert rows[0]["area"] == "▶ 山手市"
    assert rows[1]["area"] == "川辺町（81202）"


def test_the_rug_tells_outcomes_by_sign_beside_colour():
    texts = drawn_texts(tartan(RUG, indicators=["指標A", "指標B"]))
    assert {"▲", "▼", "●", "／", "指標A", "指標B"} <= texts
    signs = [symbol for _, symbol, _, _ in CELLS.values()]
    assert len(set(signs)) == len(signs)


def test_a_rug_of_60_by_40_stays_small():
    names = [f"とても長い指標の名前その{n}" for n in range(40)]
    frame = pd.DataFrame(
        [(f"{a:05d}", f"地域{a}", i, "higher", "1,234.5") for a in range(60) for i in names],
        columns=RUG.columns,
    )
    assert len(json.dumps(tartan(frame, indicators=names), ensure_ascii=False).encode()) < 45_000


POINTS = pd.DataFrame(
    {
        "area_code": ["81201", "81202", "81203"],
        "area_name": ["山手市", "川辺町", "森村"],
        "x_value": [1.0, 2.0, None],
        "y_value": [3.0, 9.0, 4.0],
        "is_outlier": [False, True, False],
    }
)
X, Y = Measure("横の指標", "%", 1), Measure("縦の指標", "", 0)


def test_a_point_needs_both_values():
    spec = scatter(POINTS, x=X, y=Y, own_code="81201")
    assert column(spec, "area_name") == ["山手市", "川辺町"]
    assert column(spec, "mark") == ["o", "f"]


def test_the_scatter_names_axes_outliers_and_the_own_area():
    texts = drawn_texts(scatter(POINTS, x=X, y=Y, line=(2.0, 1.0), own_code="81201"))
    assert {"横の指標（%）", "縦の指標", "川辺町", "山手市"} <= texts


def test_the_line_runs_over_the_range_of_the_points():
    spec = scatter(POINTS, x=X, y=Y, line=(2.0, 1.0))
    line = next(layer for layer in spec["layer"] if layer.get("mark", {}).get("type") == "line")
    assert line["data"]["values"] == [{"x": 1.0, "y": 3.0}, {"x": 2.0, "y": 5.0}]
    assert "line" not in [layer.get("mark", {}).get("type") for layer in
                          scatter(POINTS, x=X, y=Y)["layer"]]  # fmt: skip


def test_the_line_ends_where_the_axes_end():
    drawn = svg(scatter(POINTS, x=X, y=Y, line=(-20.0, 1.0)))
    assert "clip-path" in drawn.split("mark-line")[1].split(">")[0]


def test_a_nation_of_points_stays_small():
    frame = pd.DataFrame(
        {
            "area_code": [f"{n:05d}" for n in range(1_740)],
            "area_name": ["富士河口湖町"[: 2 + n % 4] for n in range(1_740)],
            "x_value": [10 + n / 97 for n in range(1_740)],
            "y_value": [n / 13 for n in range(1_740)],
            "is_outlier": False,
        }
    )
    assert len(json.dumps(scatter(frame, x=X, y=Y), ensure_ascii=False).encode()) < 50_000
    points = frame.assign(size=frame["x_value"] * 1000, value=frame["y_value"], outcome="inside")
    spec = funnel(points, LIMITS, title="見本率", unit="%", decimals=1, size_title="人",
                  average=("全体", 6.0))  # fmt: skip
    assert len(json.dumps(spec, ensure_ascii=False).encode()) < 50_000


def test_a_bar_in_a_name_does_not_shift_the_columns():
    named = POINTS.assign(area_name=["山|手", "川辺町", "森村"])
    assert column(scatter(named, x=X, y=Y), "area_name") == ["山／手", "川辺町"]


BOXES = pd.DataFrame(
    {
        "label": ["R4", "R5"],
        "lowest": [1.0, 2.0],
        "lower_quartile": [2.0, 3.0],
        "middle": [3.0, 4.0],
        "upper_quartile": [4.0, 5.0],
        "highest": [9.0, 9.5],
        "areas": [12, 13],
        "own_value": [3.5, None],
        "benchmark_value": [3.2, 4.1],
    }
)


def test_a_box_holds_the_five_numbers_and_marks_the_own_area_where_it_has_a_value():
    spec = box(BOXES, title="見本率", unit="%", decimals=1, own_name="山手'市\"",
               benchmark_name="全国")  # fmt: skip
    first, second = values(spec)
    assert (first["lowest"], first["highest"], first["own_printed"]) == (1.0, 9.0, "3.5%")
    assert "own_value" not in second
    assert second["own_printed"] == "データなし"
    assert {"R4", "R5", "見本率（%）", "全国"} <= drawn_texts(spec)
    alone = box(BOXES, title="見本率", unit="%", decimals=1)
    assert "全国" not in drawn_texts(alone)


PAIRS = pd.DataFrame(
    {
        "title": ["指標A", "指標B", "指標C"],
        "unit": ["%", "対1万75+", "人"],
        "decimals": [1, 2, 0],
        "left_value": [10.0, 1.0, None],
        "right_value": [20.0, 0.0, 5.0],
        "benchmark_value": [15.0, None, 4.0],
        "highest": [40.0, 2.0, 10.0],
    }
)


def test_bars_are_shares_of_the_highest_value_to_either_side():
    rows = values(mirror(PAIRS, left_name="山手市", right_name="森村"))
    assert [(row["left"], row["right"]) for row in rows] == [(-0.25, 0.5), (-0.5, 0.0), (0, 0.5)]
    assert rows[0]["left_mark"] == -0.375
    assert rows[1]["right_mark"] is None


def test_a_gap_is_printed_as_such_and_not_as_zero():
    texts = drawn_texts(mirror(PAIRS, left_name="山手市", right_name="森村"))
    assert {"データなし", "10.0%", "0.00", "◀ 山手市", "▶ 森村"} <= texts


def test_a_long_name_stands_whole_on_two_lines():
    long = PAIRS.assign(title=["在宅療養支援診療所数", "短い名", "指標C"], unit="75歳以上1万人対")
    texts = drawn_texts(mirror(long, left_name="甲", right_name="乙"))
    assert {"在宅療養支援診療所数", "（75歳以上1万人対）"} <= texts
    assert "短い名（75歳以上1万人対）" in texts


@pytest.mark.parametrize("highest", [0.0, None])
def test_all_zero_or_unknown_rows_have_no_bar(highest):
    frame = PAIRS.iloc[[0]].assign(highest=highest)
    rows = values(mirror(frame, left_name="甲", right_name="乙"))
    assert (rows[0]["left"], rows[0]["right"]) == (0, 0)
