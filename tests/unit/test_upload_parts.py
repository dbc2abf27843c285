"""What the upload page works out from tables, without a page."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import get_args, get_type_hints

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from access.roles import ANONYMOUS, Actor, Role
from data.catalogue.survey import SurveyDefinition
from surveys.comparison import Comparison
from surveys.problems import Level, Problem
from tests.unit.survey_stand import FORM
from ui.upload_comparison import JUMPS, as_needed, before_after, differing, totals_sentence
from ui.upload_history import may_change, printed_times
from ui.upload_names import RESPONDENTS
from ui.upload_problems import ALL, Wanted, condensed, row_height, screen_table
from ui.upload_question import Typed, nearest_first
from ui.upload_state import UploadState
from ui.upload_values import typed_answer
from ui.upload_zip import zipped

COUNTS = ["question_id", "question", "answer", "respondents", "total"]
TOTALS = ["file", "sheet", "cell", "question", "printed", "added", "agrees"]


def counts(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COUNTS)


def test_counts_before_and_after_stand_side_by_side() -> None:
    now = counts(("council", "協議体", "あり", 3, None), ("n", "回数", "数の回答", 2, 15.0))
    later = counts(("council", "協議体", "あり", 4, None), ("council", "協議体", "なし", 1, None),
                   ("n", "回数", "数の回答", 2, 18.0))  # fmt: skip
    found = before_after(now, later).set_index(["question", "answer"])
    assert found.loc[("協議体", "あり"), ["before", "after"]].tolist() == [3, 4]
    assert found.loc[("協議体", "なし"), ["before", "after"]].tolist() == [0, 1]
    assert found.loc[("回数", "数の回答"), ["before_total", "after_total"]].tolist() == [15, 18]


def test_sums_added_in_another_order_are_the_same_sum() -> None:
    before = pd.Series([0.1 + 0.2 + 0.3, 14.7, 14.7, None, None], dtype=float)
    after = pd.Series([0.3 + 0.2 + 0.1, 14.71, None, 0.0, None], dtype=float)
    assert before[0] != after[0]
    assert differing(before, after).tolist() == [False, True, True, True, False]


def test_an_answer_that_nobody_gives_any_more_is_kept_as_zero() -> None:
    found = before_after(counts(("council", "協議体", "あり", 3, None)), counts())
    assert found[["before", "after"]].to_numpy().tolist() == [[3, 0]]


def test_the_sentence_of_totals_follows_the_sheet() -> None:
    agree = ("a.xlsx", "回答", "D4", "回数", 15.0, 15.0, True)
    differ = ("a.xlsx", "回答", "E4", "人数", 9.0, 8.0, False)
    assert "ありません" in totals_sentence(Comparison(totals=pd.DataFrame(columns=TOTALS)))
    all_agree = totals_sentence(Comparison(totals=pd.DataFrame([agree], columns=TOTALS)))
    assert all_agree == "表の合計1か所は、すべて行の和と一致します。"
    one_differs = totals_sentence(Comparison(totals=pd.DataFrame([agree, differ], columns=TOTALS)))
    assert "2か所のうち1か所" in one_differs
    assert "人数：合計9、行の和8" in one_differs


def test_decimals_are_printed_only_beside_numbers_that_have_some() -> None:
    whole = pd.DataFrame({"last_year": [4.0, None], "this_year": [12.0, 1.0]})
    decimals = {name: label.decimals for name, label in as_needed(whole, JUMPS).items()}
    assert (decimals["last_year"], decimals["this_year"], decimals["change_percent"]) == (0, 0, 1)
    broken = whole.assign(this_year=[12.5, 1.0])
    assert as_needed(broken, JUMPS) == JUMPS


def test_only_the_one_who_accepted_and_an_admin_may_undo() -> None:
    staff = Actor("s1", "担当者", Role.STAFF)
    admin = Actor("a1", "管理者", Role.ADMIN)
    assert may_change(staff, "s1")
    assert not may_change(staff, "a1")
    assert may_change(admin, "s1")
    assert not may_change(ANONYMOUS, "")
    assert not may_change(Actor("v1", "閲覧者", Role.VIEWER), "v1")


@given(
    near=st.lists(st.sampled_from("abcdxyz"), max_size=5),
    options=st.sets(st.sampled_from("abcd")),
)
def test_the_likely_options_come_first_and_none_is_lost(near: list[str], options: set[str]) -> None:
    given_options = {code: code.upper() for code in sorted(options)}
    found = list(nearest_first(near, given_options))
    assert sorted(found) == sorted(given_options)
    likely = [code for code in dict.fromkeys(near) if code in given_options]
    assert found[: len(likely)] == likely


def test_times_are_those_of_clocks_printed_times() -> None:
    accepted = pd.Timestamp("2026-03-31 15:30")
    frame = pd.DataFrame({"accepted_at": [accepted], "fiscal_year": [2025]})
    assert printed_times(frame)["accepted_at"].tolist() == ["2026-04-01 00:30"]
    assert printed_times(frame)["fiscal_year"].tolist() == ["令和7年度(2025年度)"]
    assert printed_times(frame.iloc[:0]).empty


def test_problems_without_a_cell_are_joined_and_those_with_one_never() -> None:
    missing = [
        Problem("warning", "列名", f"「{label}」の列がありません。", "確認", "a.xlsx")
        for label in ("協議体", "研修", "相談")
    ]
    cells = [Problem("error", "研修", "数として読めません。", "", "a.xlsx", "回答", cell)
             for cell in ("D5", "D6")]  # fmt: skip
    other = Problem("warning", "列名", "「協議体」の列がありません。", "確認", "b.xlsx")
    found = condensed([*missing, *cells, other])
    assert [line.message for line in found] == [
        "「協議体」の列がありません。　ほか2件",
        "数として読めません。",
        "数として読めません。",
        "「協議体」の列がありません。",
    ]
    assert condensed(cells) == cells


def test_a_problem_stands_in_three_columns_and_its_place_says_only_what_differs() -> None:
    cell = Problem(
        "asked", "名前", "この県にない名前です。", "候補：山手市", "a.xlsx", "回答", "B2", "山手"
    )
    whole = Problem("warning", "列名", "57問の列がありません。", "", "a.xlsx")
    one = screen_table([cell, whole])
    assert one["place"].tolist() == ["B2", "a.xlsx"]
    assert one["text"].iloc[0] == "名前「山手」：この県にない名前です。　→ 候補：山手市"
    assert row_height(one.assign(text="短い")) < row_height(one)
    long = one.assign(text="長い文" * 30)
    assert row_height(long) >= 20 * 90 / 14  # two rows stand whole
    assert row_height(long) > row_height(pd.concat([long] * 4))
    other = replace(cell, sheet="裏", value="この県")
    two = screen_table([cell, other, replace(cell, file="b.xlsx")])
    assert two["place"].tolist() == ["a.xlsx 回答 B2", "a.xlsx 裏 B2", "b.xlsx 回答 B2"]
    assert two["text"].iloc[1].startswith("名前：この県")


def test_everybody_who_may_answer_a_form_has_a_word() -> None:
    known = get_args(get_type_hints(SurveyDefinition)["respondent"])
    assert set(RESPONDENTS) == set(known)
    assert RESPONDENTS["health_center_area"] == "保健所"


def test_no_name_in_an_archive_leads_out_of_its_folder() -> None:
    archive = zipfile.ZipFile(BytesIO(zipped({"../../a.xlsx": b"1", "C:\\b.xlsx": b"2"})))
    assert archive.namelist() == [".._.._a.xlsx", "C__b.xlsx"]
    assert archive.read("C__b.xlsx") == b"2"


def test_a_number_that_somebody_writes_is_read_as_a_cell_is() -> None:
    def typed(question: str, text: str) -> Typed:
        return typed_answer(FORM.question(question), 2023, text)

    assert typed("training_n", "５,１００") == Typed("5100")
    assert typed("start_fy", "平成30年度") == Typed("2018")
    assert "数として読めません" in typed("training_n", "たくさん").fault
    assert "おおよその数" in typed("training_n", "約50").fault
    assert typed("training_n", "－").fault


def test_what_was_made_of_a_thing_is_made_anew_for_another() -> None:
    state, made = UploadState(), []

    def make() -> int:
        made.append(1)
        return len(made)

    first, equal = ["a"], ["a"]
    assert state.kept("rows", first, make=make) == state.kept("rows", first, make=make) == 1
    assert state.kept("rows", equal, make=make) == 2
    assert state.kept("rows", equal, by="changed", make=make) == 3
    assert state.kept("others", equal, by="changed", make=make) == 4


def test_a_filter_keeps_the_problems_that_it_names() -> None:
    first = Problem(
        "error", "表", "見つかりません。", "直してください。", "a.xlsx", "回答", "B2", "x"
    )
    second = Problem("warning", "列名", "列がありません。", "", "b.xlsx")
    found = [first, second]

    def kept(*levels: Level, rule: str = ALL, file: str = ALL, word: str = "") -> list[Problem]:
        return list(filter(Wanted(levels, rule, file, word).has, found))

    assert kept() == found
    assert kept("warning") == [second]
    assert kept(rule="表") == kept(file="a.xlsx") == kept(word="回答 B2") == [first]
    assert kept("warning", rule="表") == []


def test_a_screen_has_what_stops_first_and_no_half_characters() -> None:
    warned = Problem("warning", "列名", "列がありません。", "", "a.xlsx", "回答", "C1", "\ud800")
    wrong = Problem(
        "error", "表", "見つかりません。", "直してください。", "a.xlsx", "回答", "B2", "x"
    )
    shown = screen_table([warned, wrong])
    assert shown["kind"].tolist() == ["誤り", "注意"]
    assert shown["text"].tolist() == [
        "表「x」：見つかりません。　→ 直してください。",
        "列名「?」：列がありません。",
    ]
