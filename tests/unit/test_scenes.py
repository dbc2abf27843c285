from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from analytics.coordinators import (
    affiliation_grid,
    coordinator_sentence,
    coordinators,
    totals,
)
from analytics.coordinators import contradictions as odd_coordinators
from analytics.councils import contradictions as odd_councils
from analytics.councils import (
    council_answers,
    council_areas,
    council_sentence,
    council_shares,
    council_table,
)
from analytics.form_answers import counts_of_code, named_most
from analytics.scenes import (
    PERIOD,
    contradictions,
    cycle_sentence,
    own_words,
    scene_answers,
    scene_rates,
    scene_sentence,
    scene_table,
)
from tests.unit.survey_rows import add_answers, add_municipalities

YEAR = 2023
NAMES = {"01201": "甲市", "01202": "乙市", "01203": "丙町", "02201": "丁市"}
ANSWERS = (
    (
        "01201",
        {"scene_daily_goal": "1", "scene_eol_goal": "0", "aspect_disaster_action": "1",
         "goal_setting": "1", "pdca_period": "1y", "council": "1", "council_area": "muni;hokenjo",
         "coord_count": "2", "coord_fte": "1.5", "coord_affil": "1", "coord_cover": "2",
         "coord_level": "kikan"},
    ),
    (
        "01202",
        {"scene_daily_goal": "0", "scene_eol_goal": "0", "aspect_disaster_action": "0",
         "goal_setting": "2", "pdca_period": "unknown", "council": "0", "council_area": "muni",
         "coord_count": "0", "coord_fte": "0", "coord_affil": "1", "coord_cover": "－",
         "coord_level": "－"},
    ),
    (
        "01203",
        {"scene_daily_goal": None, "scene_eol_goal": "－", "aspect_disaster_action": None,
         "goal_setting": None, "pdca_period": None, "council": None, "council_area": None,
         "coord_count": "1", "coord_fte": "…", "coord_affil": "1", "coord_cover": "2",
         "coord_level": None},
    ),
)  # fmt: skip


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    add_municipalities(fresh_con, NAMES)
    add_answers(fresh_con, YEAR, ANSWERS)
    return fresh_con


def test_scene_rates_by_hand(con: duckdb.DuckDBPyConnection) -> None:
    rates = scene_rates(scene_answers(con, area_code="00", fiscal_year=YEAR))
    rows = rates.set_index("question_id")
    daily = rows.loc["scene_daily_goal"]
    assert daily[["done", "answering", "expected"]].tolist() == [1, 2, 4]
    assert (daily["unanswered"], daily["absent"], daily["rate"]) == (1, 1, 50)
    assert rows.loc["scene_eol_goal", ["done", "not_applicable"]].tolist() == [0, 1]
    assert rows.loc["scene_eol_goal", "rate"] == 0
    # asked nowhere that year, and never asked of an aspect
    assert not rows.loc["scene_acute_action", "asked"]
    assert not rows.loc["aspect_disaster_goal", "asked"]
    assert rows.loc["aspect_disaster_goal"].isna()["rate"]


def test_scene_words_follow_the_rates(con: duckdb.DuckDBPyConnection) -> None:
    answers = scene_answers(con, area_code="00", fiscal_year=YEAR)
    said = scene_sentence(scene_rates(answers), area_name="全国", year_label="R5")
    assert "「日常の療養支援の目指す姿」「災害の局面の取組」で50.0％（回答2市町村のうち1）" in said
    assert "最も少ないのは「看取りの目指す姿」で0.0％" in said
    other = answers.assign(value=answers["value"].where(answers["question_id"] != PERIOD, "3y"))
    changed = other.replace({"value": {"0": "1"}})
    said = scene_sentence(scene_rates(changed), area_name="全国", year_label="R5")
    assert "どの場面のどの段階も100.0％で同じ" in said
    assert own_words(answers, area_code="01201")["scene_daily_goal"] == "あり"
    assert own_words(answers, area_code="02201")["scene_daily_goal"] == "回答票なし"
    assert contradictions(answers) == ["乙市"]
    table = scene_table(answers).set_index("area_code")
    assert table["goal_count"].tolist()[:2] == [1, 0]
    assert table["goal_count"].isna().tolist() == [False, False, True, True]
    assert table.loc["01203", "scene_eol_goal"] == "該当なし"


def test_cycle(con: duckdb.DuckDBPyConnection) -> None:
    answers = scene_answers(con, area_code="01", fiscal_year=YEAR)
    periods = counts_of_code(answers, question_id=PERIOD)
    said = cycle_sentence(periods, area_name="北県", year_label="R5")
    assert "回答2のうち1（50.0％）" in said
    assert "最も多い期間は「1年」（1市町村）" in said
    nobody = cycle_sentence(periods.assign(answering=0), area_name="北県", year_label="R5")
    assert "答えた市町村がありません" in nobody


def test_councils_by_hand(con: duckdb.DuckDBPyConnection) -> None:
    answers = council_answers(con, area_code="00", fiscal_year=YEAR)
    shares = council_shares(answers).set_index("area_code")
    assert shares.loc["01", ["with_council", "answering", "expected"]].tolist() == [1, 2, 3]
    assert shares.loc["01", "rate"] == 50
    assert shares["rate"].isna()["02"]
    areas = council_areas(answers).set_index("code")
    assert areas.loc[["muni", "hokenjo"], "municipalities"].tolist() == [1, 1]
    assert areas.loc["muni", "answering"] == 1  # 乙市 has none, and is told apart
    assert odd_councils(answers) == ["乙市"]
    said = council_sentence(
        council_shares(answers), council_areas(answers), area_name="全国", year_label="R5"
    )
    assert "回答2市町村のうち1（50.0％）に協議体があります" in said
    assert "「市町村」「保健所管轄区域」が最も多く" in said
    table = council_table(answers).set_index("area_code")
    assert table["council"].tolist() == ["あり", "なし", "未回答", "回答票なし"]


def test_coordinators_by_hand(con: duckdb.DuckDBPyConnection) -> None:
    rows = coordinators(con, area_code="00", fiscal_year=YEAR)
    grid = affiliation_grid(rows).set_index(["affil", "cover"])
    cell = grid.loc["1", "2"]
    assert cell[["municipalities", "coordinators", "full_time"]].tolist() == [2, 3, 1.5]
    assert cell[["full_time_known", "kikan"]].tolist() == [1, 1]
    assert grid["municipalities"].sum() == 2
    assert grid["full_time"].isna()["3", "1"]
    assert totals(rows) == {
        "expected": 4, "answering": 3, "having": 2, "coordinators": 3, "full_time": 1.5,
        "outside": 0, "asked": True,
    }  # fmt: skip
    assert odd_coordinators(rows) == ["乙市"]
    said = coordinator_sentence(rows, affiliation_grid(rows), area_name="全国", year_label="R5")
    assert "人数を答えた3市町村のうち2（66.7％）" in said
    assert "合わせて3人（常勤換算1.5人）" in said
    assert "「① 関係団体 × ② 複数の市町村」の2市町村" in said


def test_another_year_has_nobody(con: duckdb.DuckDBPyConnection) -> None:
    rows = coordinators(con, area_code="00", fiscal_year=YEAR + 1)
    assert totals(rows)["asked"] is False
    said = coordinator_sentence(rows, affiliation_grid(rows), area_name="全国", year_label="R6")
    assert "答えた市町村がありません" in said
    answers = council_answers(con, area_code="00", fiscal_year=YEAR + 1)
    assert "答えた市町村がありません" in council_sentence(
        council_shares(answers), council_areas(answers), area_name="全国", year_label="R6"
    )


def test_of_many_that_tie_eight_are_named_and_all_counted() -> None:
    rows = pd.DataFrame({"label": list("abcdefghij"), "municipalities": 3})
    assert named_most(rows) == "「a」「b」「c」「d」「e」「f」「g」「h」など10件"
    assert named_most(rows.head(8)).endswith("「h」")
