"""Problems shared with neighbours, the programme of one area, and the support it asks for."""

import pandas as pd
import pytest

from analytics.profile_programme import (
    newest_years,
    programme_items,
    started_and_stopped,
    wanted_support,
)
from analytics.profile_shared import (
    areas_away_from_aims,
    neighbours_of,
    shared_problems,
    shared_sentence,
)

TOWNS = ("81201", "81202", "81203", "81204")


@pytest.fixture
def con(fresh_con):
    fresh_con.execute(
        "insert into area (area_code, area_type, name) values ('81', 'prefecture', '東県')"
    )
    for code, name in zip(TOWNS, ("森町", "川町", "谷町", "山町"), strict=True):
        fresh_con.execute(
            "insert into area (area_code, area_type, name) values (?, 'municipality', ?)",
            [code, name],
        )
        fresh_con.execute(
            "insert into area_descendant values ('81', ?, 'municipality', null, null)", [code]
        )
    return fresh_con


def answer(con, code, question, value, year=2024, status="observed", survey="municipal_form"):
    framework = "r3" if year > 2020 else "h27r2"
    con.execute(
        "insert into survey_answer (survey_id, framework, fiscal_year, area_code, question_id, value,"
        " status, import_id, source_ref) values (?, ?, ?, ?, ?, ?, ?, 'i', 'r')",
        [survey, framework, year, code, question, value, status],
    )


def observe(con, key, polarity, values):
    con.execute(
        "insert into indicator (indicator_id, title, definition, unit, decimals, polarity, dimension,"
        " domain, smallest_level, source_title, cycle, disclosure) values (?, ?, 'd', '%', 1, ?,"
        " 'outcome', 'eol', 'municipality', 's', 'c', 'none')",
        [key, key, polarity],
    )
    for code, value in values.items():
        con.execute(
            "insert into observation (area_code, indicator_id, period, value, status, source_id,"
            " source_ref) values (?, ?, '2023', ?, 'observed', 's', 'r')",
            [code, key, value],
        )


def away(con, codes=TOWNS[:3]):
    return areas_away_from_aims(
        con, area_codes=codes, sibling_codes=TOWNS, benchmark_code="81", year=2026, denominator=None
    )


def test_only_sides_that_are_not_desirable_are_problems(con):
    values = {"81": 50.0, "81201": 10.0, "81202": 20.0, "81203": 90.0, "81204": 80.0}
    observe(con, "home_stay_rate", "high_is_good", values)
    observe(con, "death_home_rate", "no_judgement", values)
    observe(con, "cost_per_75plus", "low_is_good", values)
    found = away(con)
    told = {(row.indicator_id, row.area_code, row.side) for row in found.itertuples()}
    assert told == {
        ("home_stay_rate", "81201", "低い"),
        ("home_stay_rate", "81202", "低い"),
        ("cost_per_75plus", "81203", "高い"),
    }


def test_a_difference_within_chance_is_no_problem(con):
    values = {"81": 50.0, "81201": 10.0, "81202": 20.0, "81203": 90.0, "81204": 80.0}
    observe(con, "home_stay_rate", "high_is_good", values)
    con.execute("update observation set lower_ci = 5, upper_ci = 60 where area_code = '81201'")
    con.execute("update observation set lower_ci = 5, upper_ci = 30 where area_code = '81202'")
    assert away(con)["area_code"].tolist() == ["81202"]


def test_without_benchmark_or_with_few_siblings_nothing_is_a_problem(con):
    observe(con, "home_stay_rate", "high_is_good", {"81201": 1.0, "81202": 2.0, "81203": 9.0})
    assert away(con).empty
    con.execute(
        "insert into observation (area_code, indicator_id, period, value, status, source_id,"
        " source_ref) values ('81', 'home_stay_rate', '2023', 5.0, 'observed', 's', 'r')"
    )
    assert away(con).empty


def test_shared_means_two_areas_and_the_own_one_among_them():
    low = pd.DataFrame(
        {
            "area_code": ["81201", "81202", "81202", "81203"],
            "area_name": ["森町", "川町", "川町", "谷町"],
            "title": ["A", "A", "B", "B"],
            "side": ["低い"] * 4,
        }
    )
    wanted = pd.DataFrame(
        {
            "label": ["調整", "研修"],
            "given": ["none", "done"],
            "area_codes": [["81201", "81203", "81204"], ["81201", "81202"]],
            "names": ["森町、谷町、山町", "森町、川町"],
        }
    )
    own = shared_problems(low, wanted, own_code="81201")
    assert own[["kind", "label", "areas"]].to_numpy().tolist() == [
        ["request", "調整", 3],
        ["indicator", "A（低い）", 2],
    ]
    whole = shared_problems(low, wanted, own_code=None)
    assert whole["label"].tolist() == ["調整", "A（低い）", "B（低い）"]
    text = shared_sentence(own, circle_name="東部医療圏", members=4)
    assert text.startswith("東部医療圏（4市区町村）に共通するのは、指標1件、")
    assert "最も多いのは調整（3市区町村）" in text
    unasked = shared_sentence(own, circle_name="東部医療圏", members=4, was_asked=False)
    assert "支援の希望0件" not in unasked
    assert "回答票が読み込まれていないためデータなし" in unasked
    assert "見つかりません" in shared_sentence(own.iloc[:0], circle_name="東部", members=4)


def test_neighbours_are_municipalities_of_today(con):
    con.execute("insert into area_neighbour values ('81201', '81202'), ('81201', '81203')")
    con.execute("update area set valid_to = date '2020-01-01' where area_code = '81203'")
    assert neighbours_of(con, area_code="81201")["area_name"].tolist() == ["川町"]


def test_requests_count_answers_and_tell_what_the_prefecture_gives(con):
    answer(con, "81201", "want_support", "ishikai_coord;data")
    answer(con, "81202", "want_support", "ishikai_coord")
    answer(con, "81203", "want_support", None, status="unanswered")
    answer(con, "81", "sup_ishikai", "0", survey="prefectural_form")
    answer(con, "81", "sup_data", "1", survey="prefectural_form")
    found = wanted_support(
        con, area_codes=TOWNS[:3], prefecture_code="81", fiscal_year=2024
    ).set_index("request_key")
    row = found.loc["ishikai_coord"]
    assert (row["asking"], row["answering"], row["members"], row["names"]) == (
        2,
        2,
        3,
        "森町、川町",
    )
    assert found["given"].to_dict() == {
        "ishikai_coord": "none",
        "training_info": "absent",
        "data": "done",
        "wide_area": "absent",
    }


def test_each_framework_has_its_own_newest_year_and_items(con):
    for year, question in (
        (2020, "item_a_status"),
        (2023, "scene_daily_goal"),
        (2024, "scene_daily_goal"),
    ):
        answer(con, "81201", question, "done" if year == 2020 else "1", year=year)
    assert newest_years(con) == {"h27r2": 2020, "r3": 2024}
    old = programme_items(
        con, region_code="81", own_code="81201", framework="h27r2", fiscal_year=2020
    )
    assert old[["item_key", "answer"]].to_numpy().tolist() == [["a", "実施"]]
    whole = programme_items(
        con, region_code="81", own_code=None, framework="h27r2", fiscal_year=2020
    )
    assert whole["answer"].tolist() == ["1／1"]
    none = programme_items(
        con, region_code="81", own_code="99999", framework="r3", fiscal_year=2024
    )
    assert none.empty


def test_items_begun_and_ended_need_an_answer_in_both_years(con):
    for question, before, now in (
        ("scene_daily_goal", "0", "1"),
        ("scene_acute_goal", "1", "0"),
        ("scene_eol_goal", "1", "1"),
        ("scene_transition_goal", None, "1"),
    ):
        status = "observed" if before else "unanswered"
        answer(con, "81201", question, before, year=2023, status=status)
        answer(con, "81201", question, now, year=2024)
    filters = {"region_code": "81", "own_code": "81201", "framework": "r3"}
    started, stopped = started_and_stopped(con, **filters, year=2024)
    assert started == ["日常の療養支援：目指す姿の設定"]
    assert stopped == ["急変時の対応：目指す姿の設定"]
    assert started_and_stopped(con, **filters, year=2023) == ([], [])
