"""What formats, colours and settings make of a value, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from surveys.cell_looks import show_looks
from surveys.checking import FileCheck
from surveys.content import SheetContent
from surveys.number_formats import never_differs, shown_number, shown_text, year_words
from surveys.part_scan import PartNotes
from surveys.readings import Reading
from surveys.signs import legends_of
from surveys.style_scan import CellStyle
from surveys.uploads import UploadedFile, read_uploads
from surveys.values import ColumnReader
from tests.unit.intake_stand import STAFF
from tests.unit.survey_places import places_of
from tests.unit.survey_stand import FORM

QUIET = [
    "General", "0", "#,##0", "0.0", "0%", "@", '0"件"', '#,##0"か所"', "#,##0_ ", "[DBNum1]0",
    "#,##0;[Red]-#,##0", "#,##0_);(#,##0)", "[$¥-411]#,##0", "yyyy/m/d", "[h]:mm", "# ?/?",
]  # fmt: skip


def test_formats_that_print_the_number_say_nothing() -> None:
    assert [code for code in QUIET if not never_differs(code)] == []


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ('0"千"', 5, "5千"),
        (r"0\万", 5, "5万"),
        ("#,##0,", 12345, "12"),
        ("0.0,,", 12_300_000, "12.3"),
        ('0"人（概数）"', 3, "3人（概数）"),
        ('"約"0', 3, "約3"),
        ('"("0")"', 3, "(3)"),
        ('"△"0', 3, "△3"),
        ('0"0"', 3, "30"),
        (";;;", 3, "表示なし"),
        ("[White]0", 3, "表示なし"),
        ("0;-0;;@", 0, "表示なし"),
        ("#,###", 0, "表示なし"),
        ('[=1]"あり";[=0]"なし"', 1, "あり"),
        ('[>=1000]0,"千";0', 5000, "5千"),
        ('[>=1000]0,"千";0', 500, None),
        ("0;-0;;@", 3, None),
        ("#,##0_);(#,##0)", -3, None),
    ],
)
def test_a_format_prints_something_else(code: str, value: float, shown: str | None) -> None:
    assert shown_number(value, code) == shown


def test_formats_of_texts_and_of_years_alone() -> None:
    assert shown_text("有", '@"（予定）"') == "有（予定）"
    assert (shown_text("有", ";;;"), shown_text("有", "0;0;0")) == ("表示なし", None)
    assert year_words('[$-411]ggge"年度"') == "年度"
    assert (year_words("yyyy/m"), year_words('0"年度"')) == (None, None)


def test_a_day_shown_as_its_year_is_told_where_the_fiscal_year_is_another() -> None:
    days: list[object] = [date(2019, 2, 1), 43497.0, date(2019, 4, 1)]
    styled = dict.fromkeys(("A1", "B1", "C1"), "1")
    show_looks([days], PartNotes(styled=styled), {"1": CellStyle(format='ggge"年度"')})
    assert days == ["2019年度（値は2019-02-01）"] * 2 + ["2019-04-01"]


def read(question: str, printed: str) -> Reading:
    return ColumnReader(FORM.question(question), [printed], survey_year=2023).read(printed)


def test_a_choice_with_a_doubtful_look_has_no_candidate_to_take_at_a_press() -> None:
    struck, planned = read("council", "有\u0336"), read("council", "有（予定）（値は有）")
    assert [(one.how, one.candidates) for one in (struck, planned)] == [("asked", ())] * 2
    assert read("training_n", "3\u0336").candidates == ("3",)
    assert read("council", "あり（値は1）").value == "1"
    assert read("council", "あり（値は0）").how == "asked"


def test_the_number_of_a_note_is_no_digit_of_the_answer() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        for row, script in enumerate((1, 2)):
            note = book.add_format({"font_script": script})
            page.write_rich_string(row, 0, "3", note, "1", "人")
    [sheet] = read_uploads([UploadedFile("a.xlsx", buffer.getvalue())], actor=STAFF)[0].sheets
    assert [row[0] for row in sheet.rows] == ["3¹人", "3¹人"]
    assert read("training_n", "3₁").how == "asked"


def test_values_that_nobody_sees_are_read_with_a_word() -> None:
    rows: list[list[str | float | bool]] = [
        ["市町村名", "多職種研修の回数"],
        ["山手市", 12.0],
        ["川辺市", 0.0],
    ]
    sheet = SheetContent("回答", rows, faint=["B1", "B2"], dashed=["B3"], hides_zeros=True)
    check = FileCheck(FORM, framework="r3", fiscal_year=2023, places=places_of())
    found = check.run([sheet], file="a.xlsx")
    said = {(problem.level, problem.rule, problem.cell) for problem in found.problems}
    assert {
        ("warning", "見えない値", "B2"),
        ("warning", "見えない0", ""),
        ("mended", "0の表示", "B3"),
    } <= said
    assert [answer.value for answer in found.answers] == ["12", "0"]


@pytest.mark.parametrize(
    ("note", "is_told"),
    [
        ("※赤字は見込み値", True),
        ("黄色のセルは前年度の数値です", True),
        ("太字＝延べ人数", True),
        ("黄色のセルは入力欄です", False),
        ("赤い羽根の募金", False),
    ],
)
def test_a_note_on_colours_is_told(note: str, is_told: bool) -> None:
    rows: list[list[str | float | bool]] = [
        ["市町村名", "多職種研修の回数"],
        ["山手市", 12.0],
        ["川辺市", 3.0],
        [],
        [note],
    ]
    check = FileCheck(FORM, framework="r3", fiscal_year=2023, places=places_of())
    found = check.run([SheetContent("回答", rows)], file="a.xlsx")
    said = [problem for problem in found.problems if problem.rule == "色や書体の注記"]
    assert bool(said) == is_told
    assert [answer.value for answer in found.answers] == ["12", "3"]


def test_numbered_advice_on_another_sheet_is_no_legend() -> None:
    rows = [["協議体の設置"], ["1. 年度末現在で記入してください"], ["2. 完了"], ["3", "なし"]]
    answers = {"1": "1", "2": "2", "なし": "0"}
    (legend,) = [replace(one, is_own=True) for one in legends_of("記入要領", rows)]
    assert [legend.told(sign, answers.get(sign, ""), answers) for sign in "123"] == [
        "",
        "完了",
        "なし",
    ]
