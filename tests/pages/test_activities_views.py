"""Each view of the programme items: what it says, from what is stored, and never across R2/R3."""

from __future__ import annotations

import json
import re
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data.generations import Store
from tests.pages.drawn_figures import drawn_figures
from tests.pages.opening import open_page, sentences, words
from ui.activity_views import VIEWS

OLD_YEARS = {"H27", "H28", "H29", "H30", "R1", "R2"}
NEW_YEARS = {"R3", "R4", "R5", "R6"}
_YEAR = re.compile(r"(?<![A-Za-z0-9])(?:H2[789]|H30|R[1-6])(?![0-9A-Za-z])")


def change(store: Store, *statements: str) -> None:
    with store.writing() as draft:
        draft.write_bytes(store.current().read_bytes())
        with duckdb.connect(str(draft)) as con:
            for statement in statements:
                con.execute(statement)


def answer(year: int, code: str, question: str, value: str, framework: str = "h27r2") -> str:
    return (
        f"insert into survey_answer values ('municipal_form', '{framework}', {year}, '{code}', "
        f"'{question}', '{value}', 'observed', null, 'i', 'A1')"
    )


def view(key: str, **query: str) -> AppTest:
    app = open_page("activities", view=key, **query)
    assert not app.error
    return app


def is_crosswalk(spec: dict[str, Any]) -> bool:
    return "比べられない" in json.dumps(spec, ensure_ascii=False)


@pytest.mark.parametrize(("area", "fiscal_year"), [("81", "2018"), ("00", "2021")])
@pytest.mark.parametrize("key", list(VIEWS))
def test_no_picture_of_any_view_joins_the_two_frameworks(
    tiny_store: Store, key: str, area: str, fiscal_year: str
) -> None:
    where = {} if area == "00" else {"area": area}
    for spec, _ in drawn_figures(view(key, fy=fiscal_year, **where)):
        if is_crosswalk(spec):
            continue
        years = set(_YEAR.findall(json.dumps(spec, ensure_ascii=False)))
        assert not (years & OLD_YEARS and years & NEW_YEARS), (key, years)


def test_the_check_above_sees_a_joined_series() -> None:
    spec = {"data": {"values": [{"year": "R2"}, {"year": "R3"}]}}
    years = set(_YEAR.findall(json.dumps(spec)))
    assert years & OLD_YEARS
    assert years & NEW_YEARS


def test_what_cannot_be_compared_stands_on_the_first_view(tiny_store: Store) -> None:
    app = open_page("activities")
    said = "\n".join(sentences(app))
    assert "数を比べられないのはウ、R2で系列が終わるのはク" in said
    assert any(is_crosswalk(spec) for spec, _ in drawn_figures(app))


def test_who_has_not_done_it_follows_the_answers(tiny_store: Store) -> None:
    app = view("undone", area="81", fy="2018")
    old = sentences(app)[-1]
    # 中央市 and 山手市 do all eight of 2018; the others stop before キ
    assert "回答した5市町村のうち3（川辺町、森村、浜町）" in old
    change(
        tiny_store,
        "update survey_answer set value = 'done' where fiscal_year = 2018"
        " and area_code = '81202' and question_id in ('item_o_status', 'item_ki_status')",
    )
    assert (
        "回答した5市町村のうち2（森村、浜町）"
        in sentences(view("undone", area="81", fy="2018"))[-1]
    )


def test_items_and_way_of_counting_are_kept_in_the_address(tiny_store: Store) -> None:
    app = view("undone", area="81", fy="2018", old="a,u", old_how="every")
    assert "「ア」「ウ」のどれも" in sentences(app)[-1]
    assert app.query_params["old"] == "a,u"


def test_groups_by_size_and_by_year(tiny_store: Store) -> None:
    app = view("areas", area="81", fy="2018", by="size")
    assert "東見本県の人口規模別の割合（平成30年度(2018年度)）" in words(app)
    assert "回答が10市町村に満たない区分が" in words(app)
    app = view("areas", area="81", fy="2018", by="health_center_area", cols="year", item="ki")
    assert (
        "「キ 地域住民への普及啓発」は、平成30年度(2018年度)に実施の割合が最も低いのは"
        in (sentences(app)[0])
    )
    rows = drawn_figures(app)[0][1]
    assert [row["area_name"] for row in rows] == ["東見本県（全体）", "東保健所", "山保健所"]


def test_counts_say_who_has_most(tiny_store: Store) -> None:
    app = view("counts", area="81", fy="2018")
    assert "最も多いのは8項目の中央市、山手市、最も少ないのは4項目の森村です。" in sentences(app)[0]
    change(
        tiny_store,
        "update survey_answer set value = 'none' where fiscal_year = 2018"
        " and area_code = '81204' and question_id like 'item\\_%\\_status' escape '\\'",
    )
    assert "最も少ないのは0項目の浜町です。" in sentences(view("counts", area="81", fy="2018"))[0]


def test_start_years_need_an_answer(tiny_store: Store) -> None:
    app = view("start", area="81", fy="2018")
    assert "着手年度の回答がありません" in words(app)
    change(
        tiny_store,
        answer(2018, "81201", "start_fy", "2016"),
        answer(2018, "81202", "start_fy", "2020"),
    )
    app = view("start", area="81", fy="2018")
    assert "最も多い着手年度は平成28年度(2016年度)の1市町村" in sentences(app)[0]
    assert "ほかの4市町村は着手年度の回答がありません" in sentences(app)[0]


def test_reasons_are_those_of_the_last_year_that_asked_them(tiny_store: Store) -> None:
    change(tiny_store, answer(2018, "81203", "item_ki_reason", "ki1;g2"))
    app = view("reasons", area="81", fy="2021")
    text = words(app)
    assert "令和3年度(2021年度)の調査にこの設問はありません" in text
    assert "平成30年度(2018年度)を示します" in text
    assert "「◎住民に知らせられるほど体制が整っていない」" in sentences(app)[0]
    assert "キは" in sentences(app)[0]


def test_without_reasons_the_view_says_so(tiny_store: Store) -> None:
    text = words(view("reasons", area="82", fy="2018"))
    assert "西見本県の平成30年度(2018年度)には、実施していない理由の回答がありません。" in text


def test_badges_of_the_three_steps(tiny_store: Store) -> None:
    app = view("stages", area="81", fy="2018")
    # 中央市 and 山手市 do all; 川辺町 アイウエオカ, so ①② behind it; 森村 and 浜町 no カ
    said = sentences(app)[0]
    assert "①②③まで実施が2、①②まで実施が1、①まで実施が2です。" in said
    names = [row["area_name"] for row in drawn_figures(app)[1][1]]
    assert names == ["中央市　①②③", "山手市　①②③", "川辺町　①②", "森村　①", "浜町　①"]


def test_answers_read_by_rule_are_told(tiny_store: Store) -> None:
    change(
        tiny_store,
        answer(2018, "81201", "item_o_reason", "o1"),
        answer(2018, "81205", "item_o_status", "done"),
        "insert into area_descendant values ('81', '81205', 'municipality', null, '2018-03-31')",
    )
    text = words(view("matrix", area="81", fy="2018"))
    assert "実施と答えながら、実施していない理由も答えている 1件" in text
    assert "調査の年度の10月1日に存在しない市町村の回答 1件" in text


def test_a_year_without_survey_is_said_and_left_empty(tiny_store: Store) -> None:
    change(
        tiny_store,
        "update survey_answer set fiscal_year = 2015 where fiscal_year = 2017",
    )
    app = open_page("activities", fy="2018")
    assert "調査の回答がない年度：平成28年度(2016年度)、平成29年度(2017年度)" in words(app)
    years = next(
        spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
        for spec, rows in drawn_figures(app)
        if rows and "narrow" in rows[0]
    )
    assert years == ["H27", "H28", "H29", "H30"]


def test_one_that_answered_twice_is_said(tiny_store: Store) -> None:
    change(
        tiny_store,
        "insert into survey_import values ('x', 'municipal_form', 2018, 'twice.xlsx', 's',"
        " 'build', '2026-01-01', 1, null)",
        "insert into row_issue values ('twice.xlsx', '回答!A9', 'area_code', '81201',"
        " '同じ年度に同じ団体の回答がほかにもあるため、後に読んだ回答を使いました。')",
    )
    assert "二回答えた団体：1。" in words(view("matrix", area="81", fy="2018"))


def test_ways_of_carrying_out_stand_in_the_matrix(tiny_store: Store) -> None:
    change(tiny_store, answer(2018, "81201", "item_a_mode", "joint"))
    app = view("matrix", area="81", fy="2018", show="mode")
    rows = drawn_figures(app)[0][1]
    assert {row["area_name"]: row["answers"] for row in rows}["山手市"] == "共"


@pytest.mark.parametrize("key", ["matrix", "undone", "counts", "stages"])
def test_no_name_of_another_town_stands_where_names_are_hidden(tiny_store: Store, key: str) -> None:
    app = view(key, area="81201", fy="2018", hide="1")
    shown = words(app) + json.dumps(
        [(spec, rows) for spec, rows in drawn_figures(app)], ensure_ascii=False
    )
    for name in ("川辺町", "森村", "浜町", "中央市"):
        assert name not in shown, key
