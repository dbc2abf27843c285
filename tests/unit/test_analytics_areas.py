from __future__ import annotations

import duckdb
import pytest

from analytics.areas import (
    areas_inside,
    find_area,
    hiragana,
    levels_inside,
    parents_of,
    search_areas,
    successor,
)

Con = duckdb.DuckDBPyConnection


@pytest.mark.parametrize(
    ("code", "prefecture"),
    [("81201", "81"), ("81101", "81"), ("m2-8201", "82"), ("81", "81"), ("00", None)],
)
def test_an_area_knows_its_prefecture(tiny_con: Con, code: str, prefecture: str | None) -> None:
    found = find_area(tiny_con, area_code=code)
    assert len(found) == 1
    assert (found.at[0, "prefecture_code"] if prefecture else None) == prefecture


def test_an_unknown_area_gives_no_row(tiny_con: Con) -> None:
    assert find_area(tiny_con, area_code="99999").empty


def test_levels_come_larger_first(tiny_con: Con) -> None:
    expected = (
        "prefecture",
        "secondary_medical_area",
        "health_center_area",
        "municipality",
        "ward",
    )
    assert levels_inside(tiny_con, area_code="00") == expected
    assert levels_inside(tiny_con, area_code="81100") == ("ward",)
    assert levels_inside(tiny_con, area_code="81201") == ()


def test_areas_inside_leave_out_what_no_longer_exists(tiny_con: Con) -> None:
    inside = areas_inside(tiny_con, area_code="81", level="municipality")
    assert list(inside["area_code"]) == ["81100", "81201", "81202", "81203", "81204"]


def test_parents_are_of_every_kind(tiny_con: Con) -> None:
    assert set(parents_of(tiny_con, area_code="81201")["area_code"]) == {"81", "m2-8101", "hc-8101"}


def test_a_merged_area_has_one_successor(tiny_con: Con) -> None:
    found = successor(tiny_con, area_code="81205")
    assert list(found["area_code"]) == ["81201"]
    assert successor(tiny_con, area_code="81201").empty


def test_an_area_that_was_split_has_no_single_successor(fresh_con: Con) -> None:
    fresh_con.execute(
        "insert into area (area_code, area_type, name) values"
        " ('01001', 'municipality', '甲町'), ('01002', 'municipality', '乙町')"
    )
    fresh_con.execute(
        "insert into area_change values ('01000', '01001', '2020-04-01', '分割'),"
        " ('01000', '01002', '2020-04-01', '分割')"
    )
    assert successor(fresh_con, area_code="01000").empty


@pytest.mark.parametrize("text", ["森村", "もりむら", "モリムラ", "ﾓﾘﾑﾗ", "81203", " 森村 "])
def test_search_by_name_reading_and_code(tiny_con: Con, text: str) -> None:
    assert search_areas(tiny_con, text=text)["area_code"].iloc[0] == "81203"


def test_search_puts_the_exact_name_first_and_is_not_a_pattern(tiny_con: Con) -> None:
    assert list(search_areas(tiny_con, text="中央市")["area_code"]) == ["81100", "81101", "81102"]
    assert search_areas(tiny_con, text="%").empty
    assert search_areas(tiny_con, text="  ").empty


def test_hiragana_folds_katakana_of_any_width() -> None:
    assert hiragana("ｶﾞギ") == "がぎ"
