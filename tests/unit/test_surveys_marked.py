"""The workbook that was sent comes back with its problems at their cells."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from access.roles import NotAllowed
from data.generations import Store
from surveys.marked import marked_workbook
from surveys.problems import Problem
from surveys.uploads import UploadedFile, read_uploads
from tests.unit import odd_workbooks as odd
from tests.unit.intake_stand import HEAD, STAFF, VIEWER, council_book, proposed, store_of
from tests.unit.messy_looks import LOOKS


@pytest.fixture
def intake(tiny: Path, tmp_path: Path) -> Store:
    return store_of(tiny, tmp_path / "store")


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_cells_are_coloured_and_commented_and_all_is_listed(intake: Store) -> None:
    found = proposed(
        intake, council_book({"81201": ("たぶん", "多数"), "81202": ("あり", "１２回")})
    )
    book = opened(marked_workbook(found.read[0], actor=STAFF, problems=found.problems))
    page = book["回答"]
    assert page["B2"].value == "山手市"
    assert page["D2"].fill.fgColor.rgb.endswith("F8CBAD")
    assert "【誤り】数として読めません。" in page["D2"].comment.text
    assert "【確認】" in page["C2"].comment.text
    assert "【直した所】" in page["D3"].comment.text
    assert page["C3"].comment is None
    listed = {(row[3].value, row[0].value) for row in book["確認結果"].iter_rows(min_row=2)}
    assert ("D2", "誤り") in listed


def test_a_problem_within_a_merged_range_is_marked_at_its_first_cell(intake: Store) -> None:
    made = openpyxl.Workbook()
    page = made.active
    page["A1"] = "協議体"
    page.merge_cells("A1:B2")
    buffer = io.BytesIO()
    made.save(buffer)
    (read,) = read_uploads([UploadedFile("a.xlsx", buffer.getvalue())], actor=STAFF)
    problems = [
        Problem("mended", "結合", "一つ目。", "", "a.xlsx", "Sheet", "A1"),
        Problem("asked", "列名", "二つ目。", "", "a.xlsx", "Sheet", "B2"),
    ]
    marked = opened(marked_workbook(read, actor=STAFF, problems=problems))["Sheet"]["A1"]
    assert "一つ目。" in marked.comment.text
    assert "二つ目。" in marked.comment.text
    assert marked.fill.fgColor.rgb.endswith("FFE699")


def test_a_csv_comes_back_as_a_workbook_without_formulas(intake: Store) -> None:
    text = "団体コード,市町村名,協議体の設置\r\n81201,山手市,=1+1\r\n"
    found = proposed(intake, text.encode("cp932"), name="回答{}.csv")
    book = opened(marked_workbook(found.read[0], actor=STAFF, problems=found.problems))
    cell = book["CSV"]["C2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert cell.comment is not None
    assert "f" not in {c.data_type for row in book["確認結果"].iter_rows() for c in row}


def test_what_was_refused_and_who_may_not(intake: Store) -> None:
    sent = [UploadedFile("悪い.xlsx", odd.compound("Workbook")), UploadedFile("a.csv", b"a,b\r\n")]
    bad, good = read_uploads(sent, actor=STAFF)
    assert bad.refusal is not None
    with pytest.raises(type(bad.refusal), match="旧形式"):
        marked_workbook(bad, actor=STAFF, problems=[])
    with pytest.raises(NotAllowed):
        marked_workbook(good, actor=VIEWER, problems=[])


def test_marks_outside_the_book_do_no_harm(intake: Store) -> None:
    found = proposed(intake, council_book({"81201": ("あり", 1)}))
    name = found.read[0].name
    problems = [Problem("error", "x", "y\x00", "", name, "ないシート", "A1", "=1\ud800")]
    book = opened(marked_workbook(found.read[0], actor=STAFF, problems=problems))
    assert book["回答"]["A1"].value == HEAD[0]


def test_letters_that_were_struck_out_stay_so_in_the_marked_workbook() -> None:
    content = LOOKS["looks that are sure"].content()
    (read,) = read_uploads([UploadedFile("a.xlsx", content)], actor=STAFF)
    problem = Problem("mended", "回数", "消し線。", "", "a.xlsx", "回答", "D2")
    marked = marked_workbook(read, actor=STAFF, problems=[problem])
    (again,) = read_uploads([UploadedFile("a.xlsx", marked)], actor=STAFF)
    assert again.sheets[0].rows[1] == read.sheets[0].rows[1]
    assert again.sheets[0].rows[1][3] == "2\u03365\u033630"
