from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from analytics.reference_facts import reference_facts
from analytics.support import support_matrix, support_requests, support_shares
from analytics.support_sentence import request_sentence, support_sentence
from analytics.support_table import (
    PUBLISHED_FACTS,
    printed_provision,
    requests_by_kind,
    with_published,
)

# prefecture: wide area, staff training, data, issues named
PROVISION = """
81 1 1 0 evaluation;knowhow
82 1 0 - knowhow
83 0 0 0 -
84 - - - -
"""


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    questions = ("sup_wide_area", "sup_staff_training", "sup_data", "p_issue")
    for line in PROVISION.strip().splitlines():
        code, *values = line.split()
        fresh_con.execute(
            "insert into area (area_code, area_type, name) values (?, 'prefecture', ?)",
            [code, f"県{code}"],
        )
        if code == "84":
            continue
        for question, value in zip(questions, values, strict=True):
            answer(fresh_con, code, question, None if value == "-" else value)
    for code, value in (("81201", "data;wide_area"), ("81202", "data"), ("81203", None)):
        fresh_con.execute(
            "insert into area (area_code, area_type, name) values (?, 'municipality', ?)",
            [code, f"町{code}"],
        )
        fresh_con.execute(
            "insert into area_descendant values ('81', ?, 'municipality', null, null)", [code]
        )
        answer(fresh_con, code, "want_support", value, form="municipal_form")
    return fresh_con


def answer(
    con: duckdb.DuckDBPyConnection,
    code: str,
    question: str,
    value: str | None,
    *,
    form: str = "prefectural_form",
) -> None:
    con.execute(
        "insert into survey_answer values (?, 'h27r2', 2018, ?, ?, ?, ?, null, 'i', 'B1')",
        [form, code, question, value, "unanswered" if value is None else "observed"],
    )


def shares(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return support_shares(con, fiscal_year=2018).set_index("item_key")


def test_matrix_tells_no_from_no_answer_and_from_no_form(con: duckdb.DuckDBPyConnection) -> None:
    matrix = support_matrix(con, fiscal_year=2018)
    data = matrix[matrix["question_id"] == "sup_data"].set_index("area_code")["category"]
    assert dict(data) == {"81": "none", "82": "unanswered", "83": "none", "84": "absent"}
    assert set(matrix["question_id"]) == {"sup_wide_area", "sup_staff_training", "sup_data"}


def test_share_is_given_over_answering(con: duckdb.DuckDBPyConnection) -> None:
    frame = shares(con)
    wide = frame.loc["sup_wide_area"]
    assert (wide["done"], wide["answering"], wide["expected"], wide["absent"]) == (2, 3, 4, 1)
    assert wide["rate"] == pytest.approx(200 / 3)
    data = frame.loc["sup_data"]
    assert (data["done"], data["answering"], data["unanswered"], data["rate"]) == (0, 2, 1, 0)


def test_any_support_needs_one_yes_or_only_noes(con: duckdb.DuckDBPyConnection) -> None:
    any_support = shares(con).loc["any_support"]
    # 81 and 82 give one, 83 answered all with no, 84 has no form
    assert (any_support["done"], any_support["none"], any_support["absent"]) == (2, 1, 1)


def test_issues_are_shares_of_those_that_answered(con: duckdb.DuckDBPyConnection) -> None:
    frame = shares(con)
    evaluation = frame[frame["fact_id"] == "F094"].iloc[0]
    assert evaluation["kind"] == "issue"
    assert (evaluation["done"], evaluation["answering"], evaluation["unanswered"]) == (1, 2, 1)
    assert evaluation["rate"] == 50


def test_nobody_answering_is_no_share(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update survey_answer set value = null, status = 'unanswered'")
    frame = shares(con)
    assert frame["rate"].isna().all()
    text = support_sentence(frame.reset_index(), fiscal_year=2018, place="都道府県")
    assert text.endswith("回答した都道府県がないため、割合を計算できません。")


def test_a_year_without_answers_is_empty(con: duckdb.DuckDBPyConnection) -> None:
    assert support_shares(con, fiscal_year=2001).empty


def test_published_figures_stand_beside_their_own_items(
    tiny_con: duckdb.DuckDBPyConnection,
) -> None:
    facts = reference_facts(tiny_con, fact_ids=PUBLISHED_FACTS)
    frame = with_published(support_shares(tiny_con, fiscal_year=2018), facts)
    published = frame.set_index("item_key")["published"]
    assert published["any_support"] == 100
    assert published["sup_wide_area"] == 89.4
    assert published["sup_staff_training"] == 85.1
    assert pd.isna(published["sup_data"])


def test_unmet_requests_come_first(con: duckdb.DuckDBPyConnection) -> None:
    requests = support_requests(con, prefecture_code="81", fiscal_year=2018)
    first = requests.iloc[0]
    assert (first["request_key"], first["given"], first["municipalities"]) == ("data", "none", 2)
    assert (first["answering"], first["expected"]) == (2, 3)
    assert first["names"] == "町81201、町81202"
    met = requests.set_index("request_key").loc["wide_area"]
    assert (met["given"], met["municipalities"]) == ("done", 1)
    assert requests.set_index("request_key").loc["ishikai_coord", "municipalities"] == 0


def test_equal_requests_stand_in_the_order_of_the_form(con: duckdb.DuckDBPyConnection) -> None:
    requests = support_requests(con, prefecture_code="82", fiscal_year=2018)
    assert set(requests["municipalities"]) == {0}
    assert list(requests["request_key"]) == ["ishikai_coord", "training_info", "data", "wide_area"]


def test_request_sentence_follows_the_frame(con: duckdb.DuckDBPyConnection) -> None:
    requests = support_requests(con, prefecture_code="81", fiscal_year=2018)
    text = request_sentence(requests, area_name="県81", fiscal_year=2018)
    assert "県81が行っていない支援は1件" in text
    assert "「在宅医療・介護のデータ提供」で2市町村が希望しています" in text
    assert "対象3市町村のうち2が回答" in text
    as_many = requests.assign(given="none", municipalities=2)
    told = request_sentence(as_many, area_name="県81", fiscal_year=2018)
    assert all(f"「{label}」" in told for label in as_many["label"])
    met = requests.assign(given="done")
    assert "支援2件は、いずれも県81が行っています" in request_sentence(
        met, area_name="県81", fiscal_year=2018
    )
    unknown = requests.assign(given="unanswered")
    assert "分かりません" in request_sentence(unknown, area_name="県81", fiscal_year=2018)


def test_request_sentence_without_answers(con: duckdb.DuckDBPyConnection) -> None:
    requests = support_requests(con, prefecture_code="82", fiscal_year=2018)
    text = request_sentence(requests, area_name="県82", fiscal_year=2018)
    assert text.endswith("希望する支援への回答がありません。")


def test_support_sentence_follows_the_frame(con: duckdb.DuckDBPyConnection) -> None:
    frame = support_shares(con, fiscal_year=2018)
    text = support_sentence(frame, fiscal_year=2018, place="都道府県")
    assert "最も多い支援は「市町村域をまたぐ医療・介護連携の促進」で66.7％（回答3のうち2）" in text
    assert "最も少ない支援は「データの提供と分析への支援」で0.0％（回答2のうち0）" in text
    changed = frame.copy()
    changed.loc[changed["item_key"] == "sup_data", ["done", "rate"]] = [2, 100.0]
    text = support_sentence(changed, fiscal_year=2018, place="都道府県")
    assert "最も多い支援は「データの提供と分析への支援」で100.0％（回答2のうち2）" in text
    changed.loc[changed["item_key"] == "sup_wide_area", ["done", "rate"]] = [3, 100.0]
    text = support_sentence(changed, fiscal_year=2018, place="都道府県")
    assert "「市町村域をまたぐ医療・介護連携の促進」" in text
    assert "「データの提供と分析への支援」で100.0％、最も少ない" in text


def test_printed_shapes(con: duckdb.DuckDBPyConnection) -> None:
    words = {
        "done": "行っている",
        "none": "行っていない",
        "unanswered": "未回答",
        "absent": "票なし",
    }
    printed = printed_provision(support_matrix(con, fiscal_year=2018), words=words)
    assert list(printed["sup_data"]) == ["行っていない", "未回答", "行っていない", "票なし"]
    bars = requests_by_kind(support_requests(con, prefecture_code="81", fiscal_year=2018))
    assert bars.iloc[0].to_dict() == {
        "item_label": "在宅医療・介護のデータ提供",
        "item_short": "在宅医療・介護のデータ提供",
        "category": "none",
        "respondents": 2,
        "end_text": "希望 2\n回答 2",
    }
