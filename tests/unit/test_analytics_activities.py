from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from analytics.activities import (
    item_rates,
    municipal_answers,
    prefecture_rates,
)
from analytics.activities_sentence import activities_sentence
from analytics.activities_table import (
    answers_by_municipality,
    counts_by_kind,
    item_labels,
    labelled_rates,
    printed_answers,
    sorted_by_done,
)

# area, name, first and last day; 81205 merged into 81201 on 1 April 2018
AREAS = """
81201 山手市 -          -
81202 川辺町 -          -
81203 森村   -          -
81204 浜町   -          -
81205 旧里町 -          2018-03-31
81206 新町   2018-10-02 -
"""
# fiscal year, area, status, answer to item_o_status
ANSWERS = """
2017 81201 observed       done
2017 81202 observed       partial
2017 81203 unanswered     -
2017 81204 not_applicable -
2017 81205 observed       done
2018 81201 observed       done
2018 81202 suppressed     -
2018 81203 missing        -
2018 81204 unanswered     -
2018 81205 observed       done
2019 81201 unanswered     -
2019 81202 observed       planned
2019 81203 observed       none
2019 81204 observed       unknown
"""


def rows(table: str) -> list[list[str | None]]:
    lines = [line.split() for line in table.strip().splitlines()]
    return [[None if cell == "-" else cell for cell in line] for line in lines]


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    fresh_con.execute(
        "insert into area (area_code, area_type, name) values ('81', 'prefecture', '東見本県')"
    )
    for code, name, first, last in rows(AREAS):
        fresh_con.execute(
            "insert into area (area_code, area_type, name, valid_from, valid_to) "
            "values (?, 'municipality', ?, ?, ?)",
            [code, name, first, last],
        )
        fresh_con.execute(
            "insert into area_descendant values ('81', ?, 'municipality', ?, ?)",
            [code, first, last],
        )
    for year, code, status, value in rows(ANSWERS):
        answer(fresh_con, int(year), code, value, status)
    return fresh_con


def answer(
    con: duckdb.DuckDBPyConnection,
    year: int,
    code: str,
    value: str | None,
    status: str = "observed",
    *,
    question: str = "item_o_status",
    framework: str = "h27r2",
) -> None:
    con.execute(
        "insert into survey_answer values ('municipal_form', ?, ?, ?, ?, ?, ?, null, 'i', 'A1')",
        [framework, year, code, question, value, status],
    )


def of(frame: pd.DataFrame, year: int, item: str = "o") -> dict[str, object]:
    found = frame[(frame["fiscal_year"] == year) & (frame["item_key"] == item)]
    assert len(found) == 1
    return found.iloc[0].to_dict()


def test_rate_is_done_over_answering(con: duckdb.DuckDBPyConnection) -> None:
    found = of(item_rates(con, area_code="81", framework="h27r2"), 2017)
    # 山手市 and 旧里町 done, 川辺町 partial: 2 of 3 answering, of 5 that existed
    assert (found["done"], found["partial"], found["answering"], found["expected"]) == (2, 1, 3, 5)
    assert (found["unanswered"], found["not_applicable"], found["absent"]) == (1, 1, 0)
    assert found["rate"] == pytest.approx(200 / 3)


def test_merged_municipality_counts_only_in_its_years(con: duckdb.DuckDBPyConnection) -> None:
    found = of(item_rates(con, area_code="81", framework="h27r2"), 2018)
    # 旧里町 no longer exists on 1 October 2018, 新町 not yet: its answer is not counted
    assert (found["expected"], found["done"], found["answering"]) == (4, 1, 1)
    assert (found["suppressed"], found["missing"], found["unanswered"]) == (1, 1, 1)
    assert found["rate"] == 100


def test_new_municipality_without_a_form_is_absent(con: duckdb.DuckDBPyConnection) -> None:
    found = of(item_rates(con, area_code="81", framework="h27r2"), 2019)
    assert (found["expected"], found["absent"], found["unanswered"]) == (5, 1, 1)
    assert (found["planned"], found["none"], found["unknown"], found["rate"]) == (1, 1, 1, 0)


def test_nobody_answering_is_no_rate(con: duckdb.DuckDBPyConnection) -> None:
    answer(con, 2020, "81201", None, "unanswered")
    found = of(item_rates(con, area_code="81", framework="h27r2"), 2020)
    assert found["answering"] == 0
    assert pd.isna(found["rate"])


def test_frameworks_are_never_counted_together(con: duckdb.DuckDBPyConnection) -> None:
    answer(con, 2021, "81201", "1", question="scene_eol_goal", framework="r3")
    answer(con, 2021, "81202", "0", question="scene_eol_goal", framework="r3")
    old = item_rates(con, area_code="81", framework="h27r2")
    new = item_rates(con, area_code="81", framework="r3")
    assert set(old["fiscal_year"]) == {2017, 2018, 2019}
    assert set(new["fiscal_year"]) == {2021}
    found = of(new, 2021, "scene_eol_goal")
    assert (found["done"], found["none"], found["absent"], found["rate"]) == (1, 1, 3, 50)


def test_an_item_not_asked_in_a_year_has_no_row(con: duckdb.DuckDBPyConnection) -> None:
    answer(con, 2019, "81201", "done", question="item_ki_status")
    frame = item_rates(con, area_code="81", framework="h27r2")
    assert set(frame.loc[frame["item_key"] == "ki", "fiscal_year"]) == {2019}


def test_villages_without_an_office_are_not_expected(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "insert into area (area_code, area_type, name) values ('01695', 'municipality', '色丹村')"
    )
    con.execute("insert into area_descendant values ('81', '01695', 'municipality', null, null)")
    found = of(item_rates(con, area_code="81", framework="h27r2"), 2017)
    assert found["expected"] == 5


def test_matrix_keeps_every_kind_of_answer_apart(con: duckdb.DuckDBPyConnection) -> None:
    frame = municipal_answers(con, area_code="81", framework="h27r2", fiscal_year=2018)
    assert dict(zip(frame["area_name"], frame["category"], strict=True)) == {
        "山手市": "done",
        "川辺町": "suppressed",
        "森村": "missing",
        "浜町": "unanswered",
    }
    wide = answers_by_municipality(frame).set_index("area_name")
    assert wide.loc["山手市", "done_items"] == 1
    assert wide.loc[["川辺町", "森村", "浜町"], "done_items"].isna().all()


def test_sorting_by_items_done_puts_those_that_answered_nothing_last(
    con: duckdb.DuckDBPyConnection,
) -> None:
    answer(con, 2017, "81202", "done", question="item_a_status")
    answer(con, 2017, "81205", "done", question="item_a_status")
    answers = municipal_answers(con, area_code="81", framework="h27r2", fiscal_year=2017)
    by_done = sorted_by_done(answers)
    assert list(dict.fromkeys(answers["area_name"])) == [
        "山手市",
        "川辺町",
        "森村",
        "浜町",
        "旧里町",
    ]
    assert list(dict.fromkeys(by_done["area_name"])) == [
        "旧里町",
        "山手市",
        "川辺町",
        "森村",
        "浜町",
    ]
    printed = printed_answers(by_done, framework="h27r2")
    assert list(printed["o"]) == ["実施", "実施", "一部実施", "未回答", "該当なし"]


def test_prefectures_are_counted_from_their_municipalities(
    tiny_con: duckdb.DuckDBPyConnection,
) -> None:
    frame = prefecture_rates(tiny_con, area_code="00", framework="h27r2", fiscal_year=2017)
    item = frame[frame["item_key"] == "o"].set_index("area_name")
    # 2017: at least five items done in 中央市 and 山手市 of four answering, in 港市 of four
    assert dict(item["done"]) == {"東見本県": 2, "西見本県": 1}
    assert dict(item["answering"]) == {"東見本県": 4, "西見本県": 4}
    assert dict(item["rate"]) == {"東見本県": 50, "西見本県": 25}


def test_medical_area_counts_its_own_municipalities(tiny_con: duckdb.DuckDBPyConnection) -> None:
    found = of(item_rates(tiny_con, area_code="m2-8102", framework="h27r2"), 2017, "i")
    assert (found["done"], found["answering"], found["expected"]) == (2, 2, 3)


def test_kinds_of_answer_add_up_to_those_expected(con: duckdb.DuckDBPyConnection) -> None:
    rates = labelled_rates(item_rates(con, area_code="81", framework="h27r2"), framework="h27r2")
    counts = counts_by_kind(rates[rates["fiscal_year"] == 2018], framework="h27r2")
    assert counts["respondents"].sum() == 4
    assert set(counts["end_text"]) == {"実施 1\n回答 1"}


def sentence(frame: pd.DataFrame) -> str:
    return activities_sentence(
        frame, area_name="東見本県", fiscal_year=2017, labels=item_labels("h27r2"), word="実施"
    )


def test_sentence_tells_the_lowest_item_and_the_response(
    tiny_con: duckdb.DuckDBPyConnection,
) -> None:
    frame = item_rates(tiny_con, area_code="81", framework="h27r2")
    frame = frame[frame["fiscal_year"] == 2017]
    text = sentence(frame)
    assert "東見本県の平成29年度(2017年度)" in text
    assert (
        "「キ 地域住民への普及啓発」「ク 在宅医療・介護連携に関する関係市区町村の連携」で25.0％"
        in text
    )
    assert "（回答4市町村のうち1）" in text
    assert "回答は対象5市町村のうち4（80.0％）" in text


def test_sentence_follows_the_frame(tiny_con: duckdb.DuckDBPyConnection) -> None:
    frame = item_rates(tiny_con, area_code="81", framework="h27r2")
    frame = frame[frame["fiscal_year"] == 2017].copy()
    frame.loc[frame["item_key"] == "u", ["done", "rate"]] = [0, 0.0]
    text = sentence(frame)
    assert "最も低い項目は「ウ 切れ目のない在宅医療と在宅介護の提供体制の構築推進」で0.0％" in text
    assert "（回答4市町村のうち0）" in text


def test_sentence_without_answers_gives_no_rate(tiny_con: duckdb.DuckDBPyConnection) -> None:
    frame = item_rates(tiny_con, area_code="81", framework="h27r2")
    frame = frame[frame["fiscal_year"] == 2017].assign(rate=float("nan"), answering=0, done=0)
    assert sentence(frame).endswith("回答した市町村がないため、割合を計算できません。")
