"""The planning sheet as files, opened with their libraries and read."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pptx.util import Mm, Pt

from exports.planning_sheet import (
    INDICATOR_COLUMNS,
    STANDING_COLUMNS,
    STEPS,
    PlanningSheet,
    blank_planning_sheet,
)
from exports.planning_slides import to_planning_pptx
from exports.planning_workbook import to_planning_xlsx
from exports.sections import Bars

LONG = "夜間の往診を担う診療所が限られる。" * 20


def sheet(name="森村", code="81203", written="書いた文", facts=("データの文",), indicators=2):
    row = {"stage": "S：ストラクチャー", "now": "1万人対 3.3", "period": "令和5年(2023年)",
           "target": "5か所", "definition": "届出数 ÷ 75歳以上人口", "source": "医療施設調査・3年"}  # fmt: skip
    standing = {"stage": "S", "with_unit": "44.5%", "benchmark": "27.9", "side": "▲"}
    return PlanningSheet(
        area_code=code,
        area_name=name,
        title=f"{name}　検討シート　第9期",
        bars=(Bars("人口", ("75歳以上", "85歳以上"),
                   (("2025年", (9.0, 3.0)), ("2040年", (7.0, 4.0))), "#,##0"),),
        standing=pd.DataFrame([{"title": f"目立つ{n}", **standing} for n in range(6)],
                              columns=list(STANDING_COLUMNS)),
        steps=tuple(replace(s, facts=facts, written=f"{s.key}：{written}") for s in STEPS),
        indicators=pd.DataFrame([{"title": f"指標{n}", **row} for n in range(indicators)],
                                columns=list(INDICATOR_COLUMNS)),
        source=("演習の人口（架空）",),
    )  # fmt: skip


def slides_of(*sheets):
    return list(Presentation(BytesIO(to_planning_pptx(sheets))).slides)


def runs_of(slide):
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
    return [run for frame in frames for line in frame.paragraphs for run in line.runs]


def words(slide):
    return "\n".join(run.text for run in runs_of(slide))


def test_a_slide_holds_the_six_steps_what_was_written_and_what_the_data_say():
    (slide,) = slides_of(sheet())
    text = words(slide)
    for step in STEPS:
        assert step.title in text
        assert f"{step.key}：書いた文" in text
    assert text.count("・データの文") == 6
    assert "出典：演習の人口（架空）" in text


def test_charts_and_tables_are_native_and_hold_the_figures():
    (slide,) = slides_of(sheet())
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert list(chart.plots[0].categories) == ["75歳以上", "85歳以上"]
    assert [list(series.values) for series in chart.plots[0].series] == [[9.0, 3.0], [7.0, 4.0]]
    standing, indicators = [shape.table for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in standing.rows[1].cells] == ["目立つ0", "S", "44.5%", "27.9", "▲"]
    first = [cell.text for cell in indicators.rows[1].cells]
    assert first[0].split("\n") == ["指標0", "届出数 ÷ 75歳以上人口"]
    assert first[1:4] == ["S", "1万人対 3.3\n2023年", "5か所"]
    assert not [shape for shape in slide.shapes if shape.shape_type == 13]  # no picture


@pytest.mark.parametrize("made", [sheet(), sheet(written=LONG[:150], facts=(LONG, LONG)),
                                  sheet(indicators=6), blank_planning_sheet()])  # fmt: skip
def test_nothing_is_smaller_than_eight_points_or_outside_the_slide(made):
    (slide,) = slides_of(made)
    assert min(run.font.size for run in runs_of(slide)) >= Pt(8)
    for shape in slide.shapes:
        assert shape.left >= 0
        assert shape.left + shape.width <= Mm(297)
        assert shape.top + shape.height <= Mm(210)
        assert shape.height > 0


def test_facts_that_do_not_fit_are_cut_but_what_was_written_is_whole():
    written = "長い書き込み。" * 40
    (slide,) = slides_of(sheet(written=written, facts=(LONG,) * 6))
    text = words(slide)
    assert text.count(written) == 6
    assert "…" in text


def test_what_has_no_room_stands_in_the_notes():
    (slide,) = slides_of(sheet())
    notes = slide.notes_slide.notes_text_frame.text
    assert "指標1：届出数 ÷ 75歳以上人口／医療施設調査・3年" in notes
    assert "出典：演習の人口（架空）" in notes


def test_many_areas_have_a_slide_and_a_page_each():
    made = [sheet(), sheet("川村", "81204"), sheet("川村", "82204")]
    titles = [slide.shapes.title.text_frame.text[:2] for slide in slides_of(*made)]
    assert titles == ["森村", "川村", "川村"]
    book = openpyxl.load_workbook(BytesIO(to_planning_xlsx(made)))
    assert book.sheetnames == ["森村", "川村", "川村_82204", "定義", "出典"]


def test_progress_is_told_slide_by_slide():
    told = []
    to_planning_pptx([sheet(), sheet("川村")], on_slide=told.append)
    assert told == [1, 2]


def test_the_workbook_has_steps_indicators_definitions_and_one_printed_page():
    book = openpyxl.load_workbook(BytesIO(to_planning_xlsx([sheet()])))
    page = book["森村"]
    cells = [str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell]
    for step in STEPS:
        assert f"{step.title}　{step.prompt}" in cells
        assert f"{step.key}：書いた文" in cells
    assert {"目立つ0", "指標1", "5か所", "・データの文"} <= set(cells)
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert ("指標0", "届出数 ÷ 75歳以上人口") in list(book["定義"].iter_rows(values_only=True))
    assert "演習の人口（架空）" in [row[1] for row in book["出典"].iter_rows(values_only=True)]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "<b>x</b>", "_x000D_"])
def test_written_text_stays_text(text):
    book = openpyxl.load_workbook(BytesIO(to_planning_xlsx([sheet(written=text)])))
    cells = [cell for row in book["森村"].iter_rows() for cell in row if cell.value]
    found = [cell for cell in cells if str(cell.value).startswith("quality：")]
    assert len(found) == 1
    assert found[0].data_type == "s"


def test_the_blank_form_has_frames_and_no_figure():
    (slide,) = slides_of(blank_planning_sheet())
    assert not [shape for shape in slide.shapes if shape.has_chart]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    assert [len(table.rows) for table in tables] == [7, 7]
    rows = [row for table in tables for row in list(table.rows)[1:]]
    assert {cell.text.strip() for row in rows for cell in row.cells} == {""}
    book = openpyxl.load_workbook(BytesIO(to_planning_xlsx([blank_planning_sheet()])))
    assert book.sheetnames == ["検討シート", "定義", "出典"]
