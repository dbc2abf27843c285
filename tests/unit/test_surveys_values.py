"""Cells as offices fill them in: taken, mended, asked, wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.catalogue import load_catalogue
from surveys.personal_marks import may_be_personal
from surveys.readings import Reading
from surveys.signs import legend_of
from surveys.values import ColumnReader

FORM = load_catalogue().surveys["municipal_form"]


def read(question: str, printed: str, *, column: list[str] | None = None) -> Reading:
    reader = ColumnReader(FORM.question(question), column or [printed], survey_year=2023)
    return reader.read(printed)


@pytest.mark.parametrize(
    ("question", "printed", "value"),
    [
        ("council", "○", "1"),
        ("council", "〇", "1"),
        ("council", "◯", "1"),
        ("council", "有", "1"),
        ("council", "レ", "1"),
        ("council", "1", "1"),
        ("council", "１", "1"),
        ("council", "設置済み", "1"),
        ("council", "×", "0"),
        ("council", "✕", "0"),
        ("council", "無し", "0"),
        ("council", "0", "0"),
        ("council", "未設置", "0"),
        ("council", "□あり　☑なし", "0"),
        ("council", "☑あり　□なし", "1"),
        ("council", "□あり ■なし", "0"),
        ("council_area", "☑市町村 □その他 ☑二次医療圏", "muni;iryoken2"),
        ("item_a_status", "done", "done"),
        ("item_a_status", "実施済", "done"),
        ("item_a_status", " 一部 実施 ", "partial"),
        ("item_a_status", "未実施", "none"),
        ("goal_setting", "３", "3"),
        ("goal_setting", "4場面で定め、庁内のみ", "3"),
        ("item_a_contractor", "ishikai;other", "ishikai;other"),
        ("item_a_contractor", "郡市区医師会、病院", "ishikai;hospital"),
        ("item_a_contractor", "医師会／その他", "ishikai;other"),
        ("training_n", "12", "12"),
        ("training_n", "１２回", "12"),
        ("consult_n", "1,234件", "1234"),
        ("consult_n", "0", "0"),
        ("coord_count", "3名", "3"),
        ("coord_fte", "1.5", "1.5"),
        ("start_fy", "2017", "2017"),
        ("start_fy", "2017.0", "2017"),
        ("start_fy", "平成29年度", "2017"),
        ("start_fy", "H29", "2017"),
        ("start_fy", "平成31", "2019"),
        ("start_fy", "令和元", "2019"),
        ("start_fy", "2018-03-01", "2017"),
        ("start_fy", "H30.4.1", "2018"),
        ("start_fy", "平成30年3月", "2017"),
    ],
)
def test_an_answer_is_read(question: str, printed: str, value: str) -> None:
    found = read(question, printed)
    assert (found.status, found.value) == ("observed", value)
    own_words = (value, FORM.question(question).allowed.get(value, value))
    assert (found.how == "as_printed") == (printed.strip() in own_words)
    assert bool(found.note) == (found.how == "mended")


@pytest.mark.parametrize(
    ("question", "printed"),
    [
        ("council", "△"),
        ("council", "検討中"),
        ("council", "x"),
        ("council", "☑あり　☑なし"),
        ("council", "■あり　■なし"),
        ("item_a_status", "○"),
        ("item_a_status", "検討中"),
        ("item_a_contractor", "医師会と病院"),
        ("training_n", "約12"),
        ("training_n", "3〜5"),
        ("training_n", "10回以上"),
        ("training_n", "12人"),
        ("training_n", "5割"),
        ("start_fy", "43191"),
        ("start_fy", "平成29年"),
    ],
)
def test_a_doubtful_answer_is_asked(question: str, printed: str) -> None:
    found = read(question, printed)
    assert (found.how, found.status, found.value) == ("asked", "", None)


@pytest.mark.parametrize(
    ("question", "printed", "near"),
    [
        ("training_n", "約50", ("50",)),
        ("training_n", "3〜5", ("3", "5")),
        ("training_n", "12人", ("12",)),
        ("coord_fte", "約1.5", ("1.5",)),
        ("consult_n", "約3千", ()),
        ("training_n", "△3名", ()),
        ("start_fy", "43191", ("2018",)),
        ("start_fy", "43190", ("2017",)),
    ],
)
def test_a_rough_number_is_asked_with_what_it_prints(
    question: str, printed: str, near: tuple[str, ...]
) -> None:
    assert read(question, printed).candidates == near


@pytest.mark.parametrize(
    ("question", "printed", "words"),
    [
        ("goal_setting", "6", "選択肢にありません"),
        ("goal_setting", "1.5", "選択肢にありません"),
        ("council", "□", "選ばれていない"),
        ("council", "□あり　□なし", "選ばれていない"),
        ("training_n", "-3", "小さい"),
        ("training_n", "△3", "小さい"),
        ("training_n", "2.5", "整数"),
        ("training_n", "1,5", "数として読めません"),
        ("training_n", "多数", "数として読めません"),
        ("start_fy", "平成30年2月30日", "日付が不正"),
        ("start_fy", "先日", "日付が不正"),
        ("start_fy", "2009", "調査年度まで"),
        ("start_fy", "2024", "調査年度まで"),
        ("indicator_list", "a\u202eb", "使用できない文字"),
        ("indicator_list", "a_x0000_b", "使用できない文字"),
        ("indicator_list", "あ" * 32_768, "使用できない文字"),
        ("council", "\ud800", "使用できない文字"),
    ],
)
def test_a_wrong_answer_stops(question: str, printed: str, words: str) -> None:
    found = read(question, printed)
    assert (found.how, found.value) == ("wrong", None)
    assert words in found.note
    assert found.action


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("", "unanswered"),
        ("　", "unanswered"),
        ("未回答", "unanswered"),
        ("－", "not_applicable"),
        ("―", "not_applicable"),
        ("該当なし", "not_applicable"),
        ("***", "suppressed"),
        ("＊", "suppressed"),
        ("…", "missing"),
    ],
)
def test_each_gap_has_its_own_status(printed: str, status: str) -> None:
    closed = ("council", "training_n", "item_a_contractor", "item_a_status")
    for question in (*closed, "indicator_list"):
        assert (read(question, printed).status, read(question, printed).value) == (status, None)


def test_an_answer_that_is_also_a_sign_stays_an_answer() -> None:
    assert read("item_a_status", "不明").value == "unknown"


def test_one_and_two_are_asked_for_the_whole_column() -> None:
    assert read("council", "1", column=["1", "2", "1"]).how == "asked"
    assert read("council", "1", column=["1", "0", "1"]).how == "as_printed"
    assert read("council", "○", column=["○", "2"]).how == "mended"


def test_two_signs_for_one_answer_are_asked_and_other_words_are_not() -> None:
    column = ["○", "●", "×", "有", "〇", "✕"]
    assert [read("council", sign, column=column).how for sign in ("○", "〇", "●")] == ["asked"] * 3
    assert read("council", "●", column=column).candidates == ("1",)
    assert read("council", "×", column=column).value == "0"
    assert read("council", "有", column=column).value == "1"
    assert read("council", "○", column=["○", "〇", "◯", "有", "×"]).value == "1"
    assert read("council", "1", column=["1", "○"]).how == "asked"


LEGEND = legend_of(["凡例 ●：実施済　○：予定、×…なし △＝あり", "1. 回数は延べ"])


def test_a_sign_that_the_legend_contradicts_is_asked() -> None:
    def told(printed: str, decided: dict[str, str] | None = None) -> Reading:
        column = ["●", "○", "×", "△", "1"]
        question = FORM.question("council")
        reader = ColumnReader(question, column, survey_year=2023, legend=LEGEND, decided=decided)
        return reader.read(printed)

    assert (told("●").value, told("×").value) == ("1", "0")
    assert (told("○").how, told("○").candidates) == ("asked", ())
    assert "表の注記では「○」は「予定」です。" in told("○").note
    assert (told("△").how, told("△").candidates) == ("asked", ("1",))
    assert told("○", {"○": "1"}).how == "asked"
    assert told("○", {told("○").key: "0"}).value == "0"


def test_numbers_turned_round_by_a_header_are_asked() -> None:
    legend = legend_of(["協議体の設置（0:あり 1:なし）"])
    reader = ColumnReader(FORM.question("council"), ["0", "1"], survey_year=2023, legend=legend)
    assert [(reader.read(sign).how, reader.read(sign).candidates) for sign in "01"] == [
        ("asked", ("1",)),
        ("asked", ("0",)),
    ]


def test_a_confirmed_reading_is_used() -> None:
    reader = ColumnReader(FORM.question("council"), ["△"], survey_year=2023, decided={"△": "0"})
    assert reader.read("△").value == "0"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "![](http://a/b)", "=HYPERLINK(1)"])
def test_markup_in_a_text_stays_text(text: str) -> None:
    assert read("indicator_list", text).value == text


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("連絡は 03-1234-5678 まで", True),
        ("０９０−１２３４−５６７８".replace("−", "-"), True),
        ("taro@example.jp", True),
        ("山田太郎氏に依頼", True),
        ("090 1234 5678", True),
        ("TEL 03（1234）5678", True),
        ("担当：山田 太郎", True),
        ("連絡は山田太郎さんへ", True),
        ("〒400-0031 東見本県山手市", True),
        ("昭和30年1月2日生", True),
        ("ご家族様、患者様の声", False),
        ("担当：在宅医療課", False),
        ("令和6年6月12日に利用者さんの会", False),
        ("多様な職種で実施", False),
        ("研修を3回実施", False),
    ],
)
def test_what_may_be_personal_is_pointed_out(text: str, personal: bool) -> None:
    assert may_be_personal(text) == personal


@settings(deadline=None)
@given(st.text(max_size=30))
def test_every_text_is_read_without_an_error_and_values_are_allowed(text: str) -> None:
    for question in FORM.questions:
        found = read(question.id, text)
        assert (found.status == "") == (found.how in ("asked", "wrong"))
        assert (found.value is not None) == (found.status == "observed")
        if found.value is not None and question.allowed:
            assert set(found.value.split(";")) <= set(question.allowed)
