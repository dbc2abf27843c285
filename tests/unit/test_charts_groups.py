from __future__ import annotations

import re

import pandas as pd
import pytest
import vl_convert

from charts.code_bars import code_bars
from charts.count_grid import count_grid
from charts.paired_dots import paired_dots
from charts.theme import OWN_AREA
from tests.unit.chart_parts import drawn_texts, layers_with

GRID = pd.DataFrame({
    "row": ["日常の療養支援", "日常の療養支援", "看取り", "看取り"],
    "column": ["目指す姿", "取組", "目指す姿", "取組"],
    "shade": [60.0, 100.0, None, 0.0],
    "text": ["60％\n3／5", "100％\n5／5", "設問なし", "0％\n0／5"],
    "own": [True, False, False, False],
})  # fmt: skip
ISSUES = pd.DataFrame({
    "label": ["事業・支援のノウハウの不足", "職員の不足", "人材の育成・確保"],
    "left_rate": [50.0, None, 20.0],
    "right_rate": [25.0, 40.0, 20.0],
    "difference": [25.0, None, 0.0],
    "lower_ci": [5.0, None, -9.0],
    "upper_ci": [40.0, None, 9.0],
    "beyond_chance": [True, False, False],
})  # fmt: skip
CODES = pd.DataFrame({
    "code": ["1y", "unknown"],
    "label": ["1年", "決めていない・不明"],
    "municipalities": [3, 0],
    "answering": [3, 3],
    "rate": [100.0, 0.0],
})  # fmt: skip


def test_grid_prints_every_cell_and_hatches_what_was_not_asked() -> None:
    spec = count_grid(GRID, columns=["目指す姿", "取組"], shade_title="割合", shade_most=100)
    texts = drawn_texts(spec)
    assert {"60％", "3／5", "設問なし", "0％", "日常の療養支援", "看取り"} <= texts
    blank, cells = layers_with(spec, "rect")
    assert blank["transform"] == [{"filter": "!isValid(datum.shade)"}]
    assert cells["encoding"]["stroke"]["condition"]["value"] == OWN_AREA
    assert spec["encoding"]["y"]["scale"]["domain"] == ["日常の療養支援", "看取り"]


def test_long_names_of_a_grid_are_broken_not_cut() -> None:
    long = GRID.assign(column=["在宅医療・介護連携推進事業", "取組"] * 2)
    columns = ["在宅医療・介護連携推進事業", "取組"]
    spec = count_grid(long, columns=columns, shade_title="割合", shade_most=100)
    for width in (260, 700):
        joined = "".join(drawn_texts(spec, width=width))
        assert "…" not in joined
        assert set("在宅医療・介護連携推進事業") <= set(joined)


@pytest.mark.parametrize("width", [300, 420, 700])
def test_headings_of_a_grid_end_above_its_cells(width: int) -> None:
    columns = ["在宅医療・介護連携推進事業", "総合事業・生活支援体制整備事業", "取組"]
    long = pd.concat([GRID.assign(column=column) for column in columns], ignore_index=True)
    spec = count_grid(long, columns=columns, shade_title="割合", shade_most=100)
    svg = vl_convert.vegalite_to_svg(spec | {"width": width})
    labels = svg.split("X-axis for")[1].split("role-axis-label")[1].split("</g>")[0]
    down = [float(y) for y in re.findall(r"translate\([\d.]+,(-?[\d.]+)\)", labels)]
    lines = [text.count("<tspan") for text in labels.split("<text")[1:]]
    assert max(lines) > 1 or width == 700
    for at, count in zip(down, lines, strict=True):
        assert at + 15 * max(count - 1, 0) <= -7


def test_pair_prints_both_values_and_marks_what_chance_does_not_explain() -> None:
    spec = paired_dots(ISSUES, left_name="北'県", right_name="南県", axis_title="割合（％）")
    rows = {row["item_label"]: row for row in spec["data"]["values"]}
    assert rows["事業・支援のノウハウの不足"]["end_text"] == "●50.0　◆25.0\n差 +25.0＊"
    assert rows["職員の不足"]["end_text"] == "●回答なし　◆40.0"
    assert rows["人材の育成・確保"]["end_text"].endswith("差 0.0")
    assert {"北'県", "南県", "差 +25.0＊"} <= drawn_texts(spec)


def test_bars_mark_the_own_answer() -> None:
    spec = code_bars(CODES, axis_title="割合（％）", own_codes=("1y",))
    assert {"▶ 1年", "100.0％", "3／3", "0／3"} <= drawn_texts(spec)
    nobody = code_bars(CODES.assign(answering=0, rate=None), axis_title="割合（％）")
    assert "回答なし" in drawn_texts(nobody)
