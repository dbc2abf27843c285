from __future__ import annotations

import duckdb

from analytics.modes import mode_labels
from analytics.survey_status import (
    CATEGORY_KEYS,
    category_labels,
    response_counts,
    survey_sources,
    survey_years,
)
from charts.answer_style import ANSWER_STYLES


def test_years_come_with_their_framework(tiny_con: duckdb.DuckDBPyConnection) -> None:
    years = survey_years(tiny_con, survey_id="municipal_form")
    assert list(zip(years["fiscal_year"], years["framework"], strict=True)) == [
        (2017, "h27r2"),
        (2018, "h27r2"),
        (2021, "r3"),
    ]


def test_no_answers_no_years(fresh_con: duckdb.DuckDBPyConnection) -> None:
    assert survey_years(fresh_con, survey_id="municipal_form").empty


def test_response_tells_an_empty_form_from_none(fresh_con: duckdb.DuckDBPyConnection) -> None:
    for code in ("81201", "81202", "81203"):
        fresh_con.execute("insert into area (area_code, area_type, name) values (?, 'municipality', ?)",
                          [code, code])  # fmt: skip
        fresh_con.execute(
            "insert into area_descendant values ('81', ?, 'municipality', null, null)", [code]
        )
    for code, status in (("81201", "observed"), ("81202", "unanswered")):
        for question in ("item_a_status", "item_i_status"):
            fresh_con.execute(
                "insert into survey_answer values "
                "('municipal_form', 'h27r2', 2017, ?, ?, null, ?, null, 'i', 'A1')",
                [code, question, status],
            )
    fresh_con.execute(
        "insert into survey_answer values "
        "('municipal_form', 'h27r2', 2017, '81202', 'item_u_status', null, 'not_applicable',"
        " null, 'i', 'A1')"
    )
    counts = response_counts(fresh_con, area_code="81", fiscal_year=2017)
    assert counts == {"expected": 3, "returned": 1, "unanswered": 1, "absent": 1}


def test_response_follows_the_municipalities_of_the_year(
    tiny_con: duckdb.DuckDBPyConnection,
) -> None:
    assert response_counts(tiny_con, area_code="00", fiscal_year=2018) == {
        "expected": 9,
        "returned": 8,
        "unanswered": 1,
        "absent": 0,
    }


def test_sources_are_those_of_the_form_and_year(fresh_con: duckdb.DuckDBPyConnection) -> None:
    for year in (2017, 2018):
        fresh_con.execute(
            "insert into source (source_id, title, publisher, licence, vintage) values (?, ?, ?, ?, ?)",
            [f"s{year}", "実施状況調査", "見本県", "演習", f"{year}年度調査"],
        )
        fresh_con.execute(
            "insert into source_coverage values (?, ?, '81')",
            [f"s{year}", f"survey:municipal_form:{year}"],
        )
    one = survey_sources(fresh_con, survey_id="municipal_form", fiscal_year=2018)
    assert one == ("見本県「実施状況調査」2018年度調査",)
    assert len(survey_sources(fresh_con, survey_id="municipal_form")) == 2
    assert survey_sources(fresh_con, survey_id="prefectural_form") == ()


def test_every_kind_of_answer_has_its_own_words_and_symbol() -> None:
    assert set(ANSWER_STYLES) == {*CATEGORY_KEYS, "answered", *mode_labels()}
    assert len({style.symbol for style in ANSWER_STYLES.values()}) == len(ANSWER_STYLES)
    for framework in ("h27r2", "r3"):
        assert len(set(category_labels(framework).values())) == len(CATEGORY_KEYS)
