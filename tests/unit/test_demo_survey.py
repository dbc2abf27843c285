"""The demo's survey answers: plausible patterns, only codes that the forms allow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from data.catalogue import load_catalogue
from data.catalogue.survey import Question
from data.demo.survey import FISCAL_YEARS, framework_of
from data.demo.survey_items import ITEMS
from data.demo.survey_prefecture import make_prefecture_answers
from data.demo.write_survey import question_columns, write_survey
from data.harmonise.codes import official_code6
from tests.demo_small import SEED, small_region, small_survey

SMALL = ["town", "village", "island"]
WIDE_AREA_REASONS = {"a2", "u2", "e2", "e3", "o3", "ku3"}
KNOW_HOW_REASONS = {"i1", "u1", "ka1"}
SIGNS = {"", "－", "***", "…"}


def prefectures() -> dict[int, pd.DataFrame]:
    """Return the prefectures' answers as the municipal ones saw them."""
    return make_prefecture_answers(small_region(), FISCAL_YEARS, np.random.default_rng(SEED))


def is_small(year: int) -> np.ndarray:
    """Return which respondents of a year are small places."""
    return small_survey().respondents[year]["kind"].isin(SMALL).to_numpy()


def items_done(year: int) -> np.ndarray:
    """Return how many of the eight items each respondent does."""
    answers = small_survey().answers[year]
    return answers[[f"item_{item}_status" for item in ITEMS]].eq("done").sum(axis=1).to_numpy()


def reason_share(codes: set[str], small: bool) -> float:
    """Return the share of named reasons that are among the codes, FY2015–FY2017."""
    named: list[str] = []
    for year in (2015, 2016, 2017):
        answers = small_survey().answers[year][is_small(year) == small]
        for item in ITEMS:
            for text in answers[f"item_{item}_reason"]:
                named += [code for code in text.split(";") if code not in SIGNS]
    return float(np.mean([code in codes for code in named]))


@pytest.mark.parametrize("year", [2015, 2016, 2017, 2018, 2019, 2020])
def test_small_places_do_fewer_items(year: int) -> None:
    done, small = items_done(year), is_small(year)
    assert done[small].mean() < done[~small].mean() - 0.3


def test_implementation_rises_and_is_nearly_whole_from_2018() -> None:
    means = [items_done(year).mean() for year in range(2015, 2021)]
    assert means[0] < means[1] < means[2] < means[3]
    assert means[0] < 4.5
    assert means[3] > 6.5
    answers = small_survey().answers[2018][[f"item_{item}_status" for item in ITEMS]]
    assert answers.eq("none").to_numpy().mean() < 0.05
    assert answers.eq("partial").to_numpy().mean() > 0.01


def test_consultation_and_neighbours_come_last() -> None:
    answers = small_survey().answers[2016]
    shares = {item: answers[f"item_{item}_status"].eq("done").mean() for item in ITEMS}
    assert set(sorted(shares, key=lambda item: shares[item])[:3]) >= {"o"}
    assert shares["o"] < shares["i"] < shares["a"]
    assert shares["ku"] < shares["ka"]


def test_small_places_name_wide_area_and_know_how() -> None:
    assert reason_share(WIDE_AREA_REASONS, small=True) > 1.3 * reason_share(
        WIDE_AREA_REASONS, small=False
    )
    both = WIDE_AREA_REASONS | KNOW_HOW_REASONS
    assert reason_share(both, small=True) > 0.4


def test_reasons_are_given_only_where_not_done_but_for_a_few_contradictory_forms() -> None:
    answers = small_survey().answers[2015]
    contradictory = 0
    for item in ITEMS:
        status, reason = answers[f"item_{item}_status"], answers[f"item_{item}_reason"]
        contradictory += int((reason[status == "done"] != "－").sum())
        assert (reason[status == "none"] != "－").all()
    assert contradictory <= 0.02 * len(answers)


def test_some_forms_contradict_themselves() -> None:
    found = set()
    for year, answers in small_survey().answers.items():
        if (pd.to_numeric(answers["start_fy"], errors="coerce") > year).any():
            found.add("start")
        if "item_a_status" in answers:
            done = answers["item_a_status"] == "done"
            if (answers.loc[done, "item_a_reason"] != "－").any():
                found.add("reason")
    assert found == {"start", "reason"}


def test_about_six_in_a_hundred_do_not_respond() -> None:
    rates = [frame["responded"].mean() for frame in small_survey().respondents.values()]
    assert 0.90 < np.mean(rates) < 0.98


def test_merged_places_answer_under_old_codes_until_2018() -> None:
    respondents = small_survey().respondents
    before, after = (set(respondents[year]["area_code"]) for year in (2018, 2019))
    merged = {change[0] for change in small_region().changes}
    assert before - after
    assert before - after <= merged
    assert after < before


def test_scene_goals_rise_and_follow_goal_setting() -> None:
    goals = {}
    for year in (2021, 2024):
        answers = small_survey().answers[year]
        flags = answers[[c for c in answers if c.startswith("scene_") and c.endswith("_goal")]]
        goals[year] = flags.eq("1").sum(axis=1)
        by_scene = answers["goal_setting"].isin(["1", "2", "3"])
        assert (goals[year][by_scene] >= 1).all()
        assert (goals[year][~by_scene] == 0).all()
    assert goals[2024].mean() > goals[2021].mean() + 0.5


def test_details_are_not_applicable_without_their_subject() -> None:
    answers = small_survey().answers[2023]
    alone = answers["coord_count"] == "0"
    assert (answers.loc[alone, "coord_level"] == "－").all()
    assert (answers.loc[~alone, "coord_level"] != "－").all()
    no_council = answers["council"] == "0"
    assert (answers.loc[no_council, "council_area"] == "－").all()


def test_requests_follow_gaps() -> None:
    answers = small_survey().answers[2016]
    lacking = ~answers["item_a_status"].eq("done") & ~answers["item_i_status"].eq("done")
    asks = answers["want_support"].str.contains("data")
    assert asks[lacking].mean() > asks[~lacking].mean()


def test_every_status_of_a_cell_occurs() -> None:
    cells = np.concatenate([frame.to_numpy().ravel() for frame in small_survey().answers.values()])
    assert set(cells.tolist()) >= SIGNS


def faults(answers: pd.DataFrame, questions: list[Question]) -> list[str]:
    """Return the answers that their question does not allow."""
    wrong = []
    for question in questions:
        for text in set(answers[question.id]) - SIGNS:
            parts = text.split(";") if question.type == "multi" else [text]
            numeric = question.type in ("count", "year", "number")
            if question.allowed and not set(parts) <= set(question.allowed):
                wrong.append(f"{question.id}={text}")
            if numeric and not text.replace(".", "", 1).isdigit():
                wrong.append(f"{question.id}={text}")
    return wrong


@pytest.mark.parametrize("year", FISCAL_YEARS)
def test_only_allowed_codes_are_printed(year: int) -> None:
    surveys = load_catalogue().surveys
    for survey_id, answers in (
        ("municipal_form", small_survey().answers[year]),
        ("prefectural_form", prefectures()[year]),
    ):
        ids = [question_id for question_id, _ in question_columns(survey_id, framework_of(year))]
        questions = [q for q in surveys[survey_id].questions if q.id in ids]
        assert len(questions) == len(ids)
        assert faults(answers, questions) == []


def test_prefectures_differ_and_give_more_support_over_time() -> None:
    given = {
        year: frame.filter(like="sup_").eq("1").mean(axis=1)
        for year, frame in prefectures().items()
    }
    assert given[2016].std() > 0.05
    assert given[2020].mean() > given[2015].mean()


def test_workbook_has_the_collected_layout(tmp_path: Path) -> None:
    write_survey(small_survey(), prefectures(), tmp_path)
    path = tmp_path / "jisshi_jokyo_chosa" / "市町村票_2016年度.xlsx"
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("回答")
    rows = sheet.to_python(skip_empty_area=False)
    assert [row[:2] for row in rows[:3]] == [
        ["様式", "municipal_form"],
        ["枠組", "h27r2"],
        ["年度", 2016.0],
    ]
    assert rows[5][:3] == ["area_code", "area_name", "response"]
    respondents = small_survey().respondents[2016]
    assert [row[0] for row in rows[6:]] == [official_code6(c) for c in respondents["area_code"]]
    silent = [row for row in rows[6:] if row[2] == "未回収"]
    assert len(silent) == (~respondents["responded"]).sum()
    assert all(cell == "" for row in silent for cell in row[3:])
    column = rows[5].index("item_o_status")
    assert (
        rows[4][column]
        == load_catalogue().surveys["municipal_form"].question("item_o_status").label
    )
