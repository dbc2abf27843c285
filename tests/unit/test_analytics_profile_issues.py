"""The issues of one municipality; no answer is not "no issue"."""

import pytest

from analytics.profile_issues import named_issues

ANSWERS = [
    # area, year, value, status
    ("81201", 2024, "knowhow;evaluation", "observed"),
    ("81201", 2023, "resources", "observed"),
    ("81202", 2024, "", "observed"),
    ("81203", 2024, None, "unanswered"),
]


@pytest.fixture
def con(fresh_con):
    for area_code, year, value, status in ANSWERS:
        fresh_con.execute(
            "insert into survey_answer (survey_id, framework, fiscal_year, area_code, question_id,"
            " value, status, import_id, source_ref)"
            " values ('municipal_form', 'r3', ?, ?, 'issue', ?, ?, 'i', 'a')",
            [year, area_code, value, status],
        )
    return fresh_con


def test_issues_of_the_year_are_named_in_the_order_of_the_catalogue(con):
    found = named_issues(con, area_code="81201", fiscal_year=2024)
    assert len(found) == 2
    assert found != named_issues(con, area_code="81201", fiscal_year=2023)


def test_nothing_ticked_is_an_empty_list_and_no_answer_is_nothing(con):
    assert named_issues(con, area_code="81202", fiscal_year=2024) == []
    assert named_issues(con, area_code="81203", fiscal_year=2024) is None
    assert named_issues(con, area_code="81204", fiscal_year=2024) is None
