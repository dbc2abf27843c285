"""The sheets of groups as files, opened with their libraries and read."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Pt

from exports.board_slides import REST, cut
from exports.group_slides import SLIDES_A_GROUP, to_group_pptx
from exports.group_workbook import to_group_xlsx
from tests.unit.group_sheets import BENEFIT, BOARD, COLUMNS, EVALUATION, PICKED, ROWS, group_sheet
from tests.unit.test_exports_planning import runs_of, words


def slides_of(*sheets):
    deck = Presentation(BytesIO(to_group_pptx(sheets)))
    return deck, list(deck.slides)


def notes(slide):
    return slide.notes_slide.notes_text_frame.text


def test_each_group_has_its_slides_in_order_and_everything_it_wrote():
    _, slides = slides_of(group_sheet("1班"), group_sheet("2班"))
    assert len(slides) == 2 * SLIDES_A_GROUP
    plan, board, worth, cross = slides[:SLIDES_A_GROUP]
    assert "⑥ 指標" in words(plan)
    for label in BOARD:
        assert f"{label}の文。" in words(board)
    for label in (*BENEFIT, *EVALUATION):
        assert f"{label}の文。" in words(worth)
    (table,) = [shape.table for shape in cross.shapes if shape.has_table]
    assert [cell.text for cell in table.rows[0].cells] == ["", *COLUMNS.values()]
    assert [row.cells[0].text for row in table.rows][1:] == list(ROWS.values())
    assert table.cell(4, 1).text.startswith("人材養×在宅医い")
    assert all("2班" in words(slide) for slide in slides[SLIDES_A_GROUP + 1 :])


def test_the_indicators_of_a_step_stand_below_it():
    _, (_, board, worth, _) = slides_of(group_sheet())
    assert words(board).count(f"・{PICKED[1]}") == len(BOARD)
    assert words(worth).count(f"・{PICKED[2]}") == len(BENEFIT)


def test_what_has_no_room_is_cut_with_a_word_and_stands_whole_in_the_notes():
    _, (_, _, worth, cross) = slides_of(group_sheet(length=1_000, cell=400))
    assert REST in words(worth)
    assert REST in words(cross)
    assert f"プロセス評価の文。{'あ' * 991}" in notes(worth)
    assert "い" * 380 in notes(cross)


def test_document_and_definitions_stand_with_what_was_written():
    _, (_, *rest) = slides_of(group_sheet())
    assert all("様式の出典：講演資料" in words(slide) for slide in rest)
    board, worth, cross = (notes(slide) for slide in rest)
    assert f"{PICKED[0]}：届出数 ÷ 75歳以上人口" in board
    assert f"{PICKED[2]}：届出数" in worth
    assert "届出数" not in cross


@pytest.mark.parametrize("height", [20, 40])
def test_a_cut_text_fills_its_frame_and_no_more(height):
    width, tall = 50 * 36_000, height * 36_000
    shown = cut("あ" * 500, width, tall)
    assert shown.endswith(REST)
    lines = len(shown) / 12  # letters of 10 points in 45 millimetres
    assert lines * 10 * 1.6 * 0.3528 <= height
    assert cut("短い文", width, tall) == "短い文"


def test_nothing_lies_outside_of_a_slide_and_no_letter_is_too_small_for_paper():
    deck, slides = slides_of(group_sheet(length=200, cell=400))
    for slide in slides[1:]:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
        assert min(run.font.size for run in runs_of(slide)) >= Pt(10)


def test_the_form_for_paper_has_every_frame_and_nothing_written():
    _, slides = slides_of(group_sheet("", area_name="", length=0, cell=0, picks=()))
    assert len(slides) == SLIDES_A_GROUP
    text = "\n".join(words(slide) for slide in slides)
    for label in (*BOARD, *BENEFIT, *EVALUATION, *ROWS.values(), *COLUMNS.values()):
        assert label in text
    assert "グループ名（" in text
    assert "の文。" not in text
    assert all(notes(slide) == "" for slide in slides[1:])


def test_the_workbook_has_a_page_for_each_group_and_all_of_them_in_rows():
    book = openpyxl.load_workbook(
        BytesIO(to_group_xlsx([group_sheet("A班"), group_sheet("a班", length=0, cell=0)]))
    )
    assert book.sheetnames == ["全グループ", "A班", "a班_2", "定義", "出典"]
    heads, *rows = book["全グループ"].iter_rows(values_only=True)
    assert heads == ("グループ", "市区町村", "部分", "欄", "書いたこと", "指標")
    blanks = 6 + len(BOARD) + len(EVALUATION) + len(BENEFIT) + len(ROWS) * len(COLUMNS)
    assert len(rows) == 2 * blanks
    written = {row[3]: row[4] for row in rows if row[0] == "A班"}
    assert len(written["プロセス評価"]) == 200
    assert written["認知症施策 × 人材養成"].startswith("人材養×認知症")
    assert {row[4] or "" for row in rows if row[0] == "a班"} == {""}
    page = "\n".join(
        str(cell) for row in book["A班"].iter_rows(values_only=True) for cell in row if cell
    )
    assert f"インプット（投入）の文。{'あ' * 188}" in page
    assert "・データの文" in page
    defined = dict(book["定義"].iter_rows(values_only=True))
    assert defined[PICKED[0]].startswith("届出数")


def test_text_that_looks_like_a_formula_stays_text():
    book = openpyxl.load_workbook(BytesIO(to_group_xlsx([group_sheet("=1+1", area_name="=2")])))
    assert book["全グループ"]["A2"].data_type == "s"
    assert book["全グループ"]["A2"].value == "=1+1"


def test_a_workbook_of_the_blank_form_has_its_page():
    blank = group_sheet("", area_name="", length=0, cell=0, picks=())
    book = openpyxl.load_workbook(BytesIO(to_group_xlsx([blank])))
    assert book.sheetnames == ["グループシート", "定義", "出典"]
