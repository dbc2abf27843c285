from __future__ import annotations

import duckdb
import pytest

from analytics.form_answers import counts_of_code, form_answers, in_words, wide_answers
from analytics.responses import respondents, response_rates, response_sentence, to_ask, zones_of
from tests.unit.survey_rows import add_answers, add_municipalities, end_municipality

YEAR = 2022
NAMES = {"01201": "甲市", "01202": "乙市", "01301": "丙町", "02201": "丁市"}
# 甲市 answered, 乙市 left everything blank, 丙町 has no row, 丁市 answered not applicable only.
ANSWERS = (
    ("01201", {"council": "1", "council_area": "muni;iryoken2"}),
    ("01202", {"council": None, "council_area": None}),
    ("02201", {"council": "－", "council_area": "－"}),
)


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    add_municipalities(fresh_con, NAMES)
    end_municipality(fresh_con, "01399", "旧戊村", "2022-10-15")
    end_municipality(fresh_con, "01398", "旧己村", "2022-09-30")
    add_answers(fresh_con, YEAR, [*ANSWERS, ("01399", {"council": "0", "council_area": "－"})])
    return fresh_con


def test_states_by_hand(con: duckdb.DuckDBPyConnection) -> None:
    rows = respondents(con, area_code="00", fiscal_year=YEAR)
    assert dict(zip(rows["area_code"], rows["state"], strict=True)) == {
        "01201": "returned",
        "01202": "unanswered",
        "01301": "absent",
        "01399": "returned",  # merged away after the day of the survey
        "02201": "unanswered",
    }
    filled = dict(zip(rows["area_code"], rows["filled_questions"], strict=True))
    assert filled["01201"] == 2
    assert filled["01399"] == 2


def test_merged_municipality_is_not_expected_afterwards(con: duckdb.DuckDBPyConnection) -> None:
    rows = respondents(con, area_code="01", fiscal_year=YEAR + 1)
    assert rows["area_code"].tolist() == ["01201", "01202", "01301"]
    assert set(rows["state"]) == {"absent"}


def test_rate_is_returned_of_expected(con: duckdb.DuckDBPyConnection) -> None:
    rates = response_rates(con, area_code="00", fiscal_year=YEAR, zone_type="prefecture")
    north = rates.set_index("area_code").loc["01"]
    assert (north["returned"], north["unanswered"], north["absent"]) == (2, 1, 1)
    assert north["rate"] == pytest.approx(50.0)
    assert rates.set_index("area_code").loc["02", "rate"] == 0


def test_zone_counts_only_what_lies_in_the_area(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "insert into area values ('hc-1','health_center_area','境保健所',null,null,null,null,"
        "null,null)"
    )
    for code in ("01201", "02201"):
        con.execute(
            "insert into area_descendant values ('hc-1',?,'municipality',null,null)", [code]
        )
    zones = zones_of(con, zone_type="health_center_area", fiscal_year=YEAR)
    assert zones["area_code"].tolist() == ["01201", "02201"]
    rates = response_rates(con, area_code="01", fiscal_year=YEAR, zone_type="health_center_area")
    assert rates[["area_name", "expected", "returned"]].to_numpy().tolist() == [["境保健所", 1, 1]]


def test_sentence_follows_the_rows(con: duckdb.DuckDBPyConnection) -> None:
    rows = respondents(con, area_code="00", fiscal_year=YEAR)
    said = response_sentence(rows, area_name="全国", year_label="R4")
    assert "対象5市町村のうち2が回答（40.0％）" in said
    assert "回答がないのは乙市、丙町、丁市です" in said
    assert to_ask(rows)["area_code"].tolist() == ["01202", "01301", "02201"]
    everyone = response_sentence(rows.assign(state="returned"), area_name="全国", year_label="R4")
    assert "すべての市町村が回答" in everyone
    assert "対象となる市町村がありません" in response_sentence(
        rows.head(0), area_name="全国", year_label="R4"
    )


def test_answers_tell_their_gaps(con: duckdb.DuckDBPyConnection) -> None:
    answers = form_answers(
        con, area_code="01", fiscal_year=YEAR, question_ids=("council", "council_area", "coord_fte")
    )
    wide = wide_answers(answers).set_index("area_code")
    assert wide["council_status"].to_dict() == {
        "01201": "observed",
        "01202": "unanswered",
        "01301": "absent",
        "01399": "observed",
    }
    assert set(wide["coord_fte_status"]) == {"not_asked"}
    assert in_words("council_area", "muni;iryoken2", "observed") == "市町村、二次医療圏"
    assert in_words("council", None, "absent") == "回答票なし"
    assert in_words("coord_fte", "0.50", "observed") == "0.5"


def test_codes_are_shares_of_those_that_answered(con: duckdb.DuckDBPyConnection) -> None:
    answers = form_answers(
        con, area_code="00", fiscal_year=YEAR, question_ids=("council", "council_area")
    )
    counts = counts_of_code(answers, question_id="council_area").set_index("code")
    assert counts.loc["muni", ["municipalities", "answering", "expected"]].tolist() == [1, 1, 5]
    assert counts.loc["hokenjo", "rate"] == 0
    nobody = counts_of_code(answers.assign(status="unanswered"), question_id="council_area")
    assert nobody["rate"].isna().all()
