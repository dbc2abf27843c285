"""Figures of supply over the years and of areas below the median."""

from __future__ import annotations

import json

import pandas as pd
import pytest
import vl_convert

from charts.supply_lines import supply_lines
from charts.supply_matrix import KINDS, supply_matrix
from charts.theme import DIVERGING
from tests.unit.chart_parts import drawn_texts, layers_with

COURSE = pd.DataFrame(
    {
        "area_name": ["森村"] * 3 + ["全国"] * 3,
        "year": [2025, 2030, 2040] * 2,
        "per_10k": [14.0, 11.667, 10.0, 9.0, 8.5, 8.8],
        "more": [0.0, 2.0, 1_234.0, 0.0, 5.0, 6.0],
    }
)


def course(frame: pd.DataFrame = COURSE, level: float | None = 14.0) -> dict:
    return supply_lines(
        frame,
        series_order=["森村", "全国"],
        level=level,
        level_label="今の水準（2025年）",
        targets=[2030, 2040],
        unit="か所",
        y_title="75歳以上1万人あたり",
    )


def test_numbers_needed_stand_at_the_target_years_of_the_area_itself() -> None:
    texts = drawn_texts(course())
    assert {"+2", "+1,234"} <= texts
    assert not {"+5", "+6"} & texts


def test_today_s_level_is_named_and_drawn_as_a_broken_line() -> None:
    spec = course()
    rule = layers_with(spec, "rule")[0]
    assert rule["data"]["values"][0] == {"b": 14.0}
    assert rule["mark"]["strokeDash"]
    assert any("今の水準（2025年） 14.00" in text for text in drawn_texts(spec))


def test_nothing_needed_is_zero_and_an_unknown_number_is_not_printed() -> None:
    less = COURSE.assign(more=[0.0, 0.0, None, 0.0, 0.0, 0.0])
    texts = drawn_texts(course(less))
    assert "+0" in texts
    assert not any("nan" in text.lower() for text in texts)


def test_without_a_level_no_line_is_drawn() -> None:
    assert layers_with(course(level=None), "rule") == []


def test_an_area_without_values_is_not_named_beside_the_level() -> None:
    unknown = COURSE.assign(per_10k=[14.0, 11.667, 10.0, None, None, None])
    assert "全国" in drawn_texts(course())
    assert "全国" not in drawn_texts(course(unknown))


CELLS = pd.DataFrame(
    [
        ("m2-1", "東圏", "▼2", "診療所", "clear", 1.5, ""),
        ("m2-1", "東圏", "▼2", "薬局", "below", 2.25, ""),
        ("m2-2", "西圏", "▼0", "診療所", "above", 8.0, ""),
        ("m2-2", "西圏", "▼0", "薬局", "missing", None, "未回答"),
        ("m2-3", "南圏", "―", "診療所", "equal", 3.0, ""),
        ("m2-3", "南圏", "―", "薬局", "neutral", 4.0, ""),
    ],
    columns=["area_code", "area_name", "mark", "item_label", "kind", "value", "status_label"],
)


def matrix(**options: str) -> dict:
    return supply_matrix(CELLS, items=["診療所", "薬局"], **options)


def test_cells_carry_sign_and_value_so_that_colour_is_not_alone() -> None:
    texts = drawn_texts(matrix())
    assert {"▼1.50", "▼2.25", "▲8.00", "●3.00", "4.00"} <= texts
    assert {"東圏　▼2", "西圏　▼0", "南圏　―"} <= texts
    assert "未回答" not in texts  # hatched; the words are in the tooltip


def test_a_missing_cell_is_hatched_and_its_words_are_kept() -> None:
    spec = matrix()
    fill = layers_with(spec, "rect")[0]["encoding"]["fill"]["scale"]
    place = fill["domain"].index(KINDS["missing"][3])
    assert "gradient" in json.dumps(fill["range"][place])
    assert "未回答" in json.dumps(spec["data"]["values"], ensure_ascii=False)


def test_the_legend_names_only_what_is_drawn() -> None:
    spec = supply_matrix(CELLS[CELLS["kind"] == "above"], items=["診療所"])
    fill = layers_with(spec, "rect")[0]["encoding"]["fill"]["scale"]
    assert fill == {"domain": ["上回る"], "range": [DIVERGING[2]]}


def test_the_own_area_is_marked() -> None:
    texts = drawn_texts(matrix(own_code="m2-2"))
    assert "▶ 西圏　▼0" in texts
    assert "東圏　▼2" in texts


def test_areas_of_one_name_are_told_apart_by_code() -> None:
    twins = CELLS.assign(area_name="西部")
    texts = drawn_texts(supply_matrix(twins, items=["診療所", "薬局"]))
    assert {"西部（m2-1）　▼2", "西部（m2-2）　▼0"} <= texts


def test_little_is_sent_for_many_areas() -> None:
    many = pd.concat(
        [
            CELLS.iloc[:1].assign(area_code=str(code), area_name=f"町{code}", item_label=f"項目{i}")
            for code in range(60)
            for i in range(10)
        ]
    )
    spec = supply_matrix(many, items=[f"項目{i}" for i in range(10)])
    assert len(json.dumps(spec, ensure_ascii=False).encode()) < 20_000


@pytest.mark.parametrize("spec", [course(), matrix()], ids=["lines", "matrix"])
def test_figures_can_be_drawn_as_pictures(spec: dict) -> None:
    assert vl_convert.vegalite_to_png(spec | {"width": 700}, scale=1)[:4] == b"\x89PNG"
