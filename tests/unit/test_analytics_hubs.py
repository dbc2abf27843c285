"""Hub, medical association and coordinators, from answers written here."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from analytics.hubs import (
    NOT_ASKED,
    answer_words,
    hub_answers,
    hub_table,
    prefecture_hub_answers,
)
from analytics.hubs_sentence import own_hub_sentence, region_hub_sentence

ANSWERS = {
    "01201": {
        "kyoten_link": "linked",
        "coord_count": "2",
        "coord_fte": "1.5",
        "coord_affil": "1",
        "coord_level": "genba",
        "council_area": "muni;hokenjo",
        "item_a_contractor": "ishikai",
        "item_o_contractor": "hospital;ishikai",
        "item_ka_contractor": "other",
    },
    "01202": {"kyoten_link": "none", "coord_count": "0", "item_a_contractor": "hospital"},
    "01203": {"kyoten_link": None, "coord_count": None, "item_a_contractor": None},
    "01204": {},
}
FIVE_GAPS = ("unanswered", "not_applicable", "suppressed", "missing", "not_published")


@pytest.fixture
def con(fresh_con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    areas = {"01": "prefecture"} | dict.fromkeys(ANSWERS, "municipality")
    for code, kind in areas.items():
        fresh_con.execute(
            "insert into area (area_code, area_type, name) values (?, ?, ?)",
            [code, kind, f"名{code}"],
        )
        level, ancestor = ("prefecture", "00") if code == "01" else ("municipality", "01")
        fresh_con.execute(
            "insert into area_descendant values (?, ?, ?, null, null)", [ancestor, code, level]
        )
    for code, answers in ANSWERS.items():
        for question_id, value in answers.items():
            answer(fresh_con, code, question_id, value)
    return fresh_con


def answer(con, code, question_id, value, *, year=2024, status=None, form="municipal_form"):
    con.execute(
        "insert into survey_answer values (?, 'r3', ?, ?, ?, ?, ?, null, 'i', '回答!A1')",
        [form, year, code, question_id, value, status or ("observed" if value else "unanswered")],
    )


def table_of(con, year=2024) -> pd.DataFrame:
    return hub_table(hub_answers(con, area_code="01", fiscal_year=year)).set_index("area_code")


def test_answers_are_printed_in_the_words_of_the_form(con):
    row = table_of(con).loc["01201"]
    assert row["kyoten_link"] == "連携あり"
    assert row["coord_count"] == "2人"
    assert row["coord_fte"] == "1.5人"
    assert answer_words("coord_fte", "1", "observed") == "1.0人"
    assert row["coord_affil"] == "関係団体"
    assert row["council_area"] == "市町村、保健所管轄区域"
    assert row["contracted"] == "ア 資源の把握、オ 相談支援"
    assert row["contracted_items"] == 2


def test_no_contract_with_the_association_is_none_and_no_answer_is_not(con):
    table = table_of(con)
    assert table.loc["01202", "contracted"] == "なし"
    assert table.loc["01202", "contracted_items"] == 0
    assert table.loc["01203", "contracted"] == "未回答"
    assert pd.isna(table.loc["01203", "contracted_items"])


def test_zero_coordinators_unanswered_and_no_form_are_three_things(con):
    table = table_of(con)
    assert table["coord_count"].tolist() == ["2人", "0人", "未回答", "回答票なし"]
    assert table["coordinators"].tolist()[:2] == [2, 0]
    assert table["coordinators"].isna().tolist() == [False, False, True, True]


def test_a_question_that_nobody_was_asked_is_said_to_be_none(con):
    assert set(table_of(con)["coord_cover"]) == {NOT_ASKED}
    answer(con, "01201", "coord_cover", "2")
    assert table_of(con).loc["01201", "coord_cover"] == "複数の市町村"
    assert table_of(con).loc["01204", "coord_cover"] == "回答票なし"


def test_years_are_not_mixed(con):
    answer(con, "01202", "kyoten_link", "same", year=2023)
    assert table_of(con, 2023).loc["01202", "kyoten_link"] == "同じ組織"
    assert table_of(con, 2023).loc["01201", "kyoten_link"] == "回答票なし"
    assert table_of(con).loc["01202", "kyoten_link"] == "連携なし"


def test_every_gap_has_its_own_words():
    words = {answer_words("kyoten_link", None, gap) for gap in (*FIVE_GAPS, "absent", "not_asked")}
    assert len(words) == 7
    assert not words & {"0", ""}


def test_the_prefecture_speaks_for_itself(con):
    answer(con, "01", "p_kyoten", "3", form="prefectural_form")
    answer(con, "01", "p_council_area", "pref;iryoken2", form="prefectural_form")
    found = prefecture_hub_answers(con, prefecture_code="01", fiscal_year=2024)
    words = {r.question_id: answer_words(r.question_id, r.value, r.status)
             for r in found.itertuples()}  # fmt: skip
    assert words["p_kyoten"] == "3か所"
    assert words["p_council_area"] == "都道府県、二次医療圏"
    assert words["p_coord"] == NOT_ASKED


def test_no_free_text_and_no_personal_question_is_asked_for(con):
    answer(con, "01201", "comment", "担当 山田 03-0000-0000")
    answers = hub_answers(con, area_code="01", fiscal_year=2024)
    assert "comment" not in set(answers["question_id"])
    assert "山田" not in table_of(con).to_string()


def test_the_sentence_of_one_municipality(con):
    table = table_of(con).reset_index()
    text = own_hub_sentence(table.iloc[0], year_label="令和6年度")
    assert "拠点との関係は「連携あり」" in text
    assert "2人（常勤換算1.5人）" in text
    assert "委託する事業項目は「ア 資源の把握、オ 相談支援」" in text
    answer(con, "01202", "coord_affil", None)
    answer(con, "01202", "council", "1")
    con.execute("update survey_answer set status = 'suppressed', value = null"
                " where area_code = '01202' and question_id = 'coord_count'")  # fmt: skip
    other = table_of(con).reset_index().iloc[1]
    assert "コーディネーターは「秘匿」、所属は「未回答」" in own_hub_sentence(other, year_label="")


def test_a_form_without_any_answer_is_said_in_one_sentence(con):
    empty = table_of(con).reset_index().iloc[3]
    text = own_hub_sentence(empty, year_label="令和6年度")
    assert "どの設問も「回答票なし」です" in text
    assert "「未回答」" not in text


def test_the_sentence_of_the_region_counts_only_answers(con):
    text = region_hub_sentence(table_of(con), region_name="北県", year_label="令和6年度")
    assert "北県の4市町村" in text
    assert "拠点と同じ組織か連携があるのは、回答した2のうち1市町村" in text
    assert "コーディネーターを置くのは、回答した2のうち1市町村、合わせて2人" in text
    con.execute("update survey_answer set value = 'same' where value = 'none'")
    changed = region_hub_sentence(table_of(con), region_name="北県", year_label="令和6年度")
    assert "連携があるのは、回答した2のうち2市町村" in changed
