"""The answers to a survey that the product learned of from a file alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.survey_results import (
    answer_table,
    choice_table,
    other_surveys,
    question_table,
    returned_counts,
    survey_results,
)
from analytics.survey_results_sentence import question_sentence, results_sentence
from data.catalogue import load_catalogue
from data.catalogue.indicator import SurveyShare
from data.generations import Store, open_generation
from tests.unit.intake_stand import store_of
from tests.unit.survey_of_one_county import KEY, YEAR, drop_in, publish_answers


@pytest.fixture
def published(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    assert other_surveys("municipality") == {}
    drop_in(tmp_path, monkeypatch)
    store = store_of(tiny, tmp_path / "store")
    publish_answers(store)
    return store


def test_every_kind_of_answer_is_told_apart(published: Store) -> None:
    with open_generation(published.current()) as con:
        results = survey_results(con, survey_id=KEY, area_code="81", fiscal_year=YEAR)
    table = question_table(results).set_index("question_id")
    transfer, staff = table.loc["dc_transfer"], table.loc["dc_staff"]
    assert (transfer["done"], transfer["none"], transfer["unanswered"]) == (2, 1, 1)
    assert (transfer["absent"], transfer["answering"], transfer["expected"]) == (1, 3, 5)
    assert transfer["rate"] == pytest.approx(200 / 3)
    assert (staff["answered"], staff["suppressed"], staff["unanswered"]) == (3, 1, 0)
    assert staff["rate"] != staff["rate"]
    assert table.loc["dc_days", "not_applicable"] == 1
    assert returned_counts(results) == {
        "expected": 5,
        "returned": 4,
        "unanswered": 0,
        "absent": 1,
    }
    days = choice_table(results, question_id="dc_days", survey_id=KEY)
    assert days["municipalities"].tolist() == [3, 1]
    assert days["answering"].tolist() == [3, 3]
    wide = answer_table(results).set_index("area_code")
    assert wide.loc["81203", ["dc_transfer", "dc_days", "dc_staff"]].tolist() == [
        "未回答",
        "該当なし",
        "秘匿",
    ]
    assert wide.loc["81204", "dc_staff"] == "回答票なし"
    assert wide.loc["81202", "dc_staff"] == "0"
    said = results_sentence(
        returned_counts(results),
        question_table(results),
        place="東見本県",
        unit="市町村",
        title="体制調査",
    )
    assert "対象5市町村のうち4が回答（80.0％）" in said
    assert "「引き継ぎの取り決め」で66.7％" in said
    form = load_catalogue().surveys[KEY]
    told = question_sentence(
        form.question("dc_days"), days, results, place="東見本県", unit="市町村"
    )
    assert "「平日のみ」が最も多く、回答3のうち3（100.0％）" in told
    assert "該当なし1、回答票なし1は、回答に入れていません" in told


def test_an_indicator_may_be_made_of_a_new_question(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_in(tmp_path, monkeypatch)
    recipe = SurveyShare(kind="survey_share", question="dc_transfer", values=["1"])
    listed = load_catalogue().indicators
    own = listed["council_exists"].model_copy(update={"recipe": recipe})
    monkeypatch.setitem(listed, "council_exists", own)
    store = store_of(tiny, tmp_path / "store")
    publish_answers(store)
    with open_generation(store.current()) as con:
        row = con.execute(
            "select period, numerator, denominator from observation"
            " where indicator_id = 'council_exists' and area_code = '81'"
        ).fetchall()
    assert row == [(f"FY{YEAR}", 2.0, 3.0)]
