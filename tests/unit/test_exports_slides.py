"""Slides and workbook of an area, opened with their libraries and read."""

from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from exports.columns import ColumnLabel
from exports.profile_workbook import to_profile_xlsx
from exports.sections import AreaSheet, Bars, Section
from exports.slides import ROWS_A_SLIDE, to_pptx

COLUMNS = {
    "domain_label": ColumnLabel("分野"),
    "title": ColumnLabel("指標"),
    "value": ColumnLabel("値", "", 2),
    "printed": ColumnLabel("値（印刷用）"),
    "unit": ColumnLabel("単位"),
    "rank_label": ColumnLabel("順位"),
    "outcome_label": ColumnLabel("基準と比べて"),
    "period_label": ColumnLabel("時点"),
}


def sheet(name="森村", code="81203", rows=30, low=2):
    frame = pd.DataFrame(
        [
            ["成果", f"指標{n}", n / 4, f"{n / 4}", "%", "1", "▲ 高い", "2023年"]
            for n in range(rows)
        ],
        columns=list(COLUMNS),
    )
    part = pd.DataFrame({"title": [f"低い{n}" for n in range(low)], "value": ["1%"] * low})
    columns = {"title": ColumnLabel("指標"), "value": ColumnLabel("値")}
    bars = (
        Bars(
            "人口",
            ("総人口", "75歳以上"),
            (("2025年", (9.0, 3.0)), ("2040年", (7.0, 4.0))),
            "#,##0",
        ),
        Bars("離れ", ("a", "b"), (("離れ", (1.5, -2.0)),), "+0.0;-0.0"),
    )
    return AreaSheet(
        code, name, f"{name}の地域カルテ　基準：全国", f"{name}は高齢化率が高い。", bars,
        (Section("low", "低い指標", "2指標です。", part, columns),),
        frame, COLUMNS, "【指標1】\n定義：割った値\n\n【指標2】\n定義：数", ("演習の人口（架空）",),
    )  # fmt: skip


def opened(*sheets, with_tables=False):
    return list(Presentation(BytesIO(to_pptx(sheets, with_tables=with_tables))).slides)


def text_of(slide):
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_slide_has_native_charts_with_their_figures():
    (slide,) = opened(sheet())
    charts = [shape.chart for shape in slide.shapes if shape.has_chart]
    population, distance = charts
    assert [series.name for series in population.plots[0].series] == ["2025年", "2040年"]
    assert list(population.plots[0].series[1].values) == [7.0, 4.0]
    assert list(population.plots[0].categories) == ["総人口", "75歳以上"]
    assert dict(
        zip(distance.plots[0].categories, distance.plots[0].series[0].values, strict=True)
    ) == {
        "a": 1.5,
        "b": -2.0,
    }
    assert not [shape for shape in slide.shapes if shape.shape_type == 13]  # no picture


def test_a_slide_has_native_tables_title_and_source_in_a_japanese_font():
    (slide,) = opened(sheet())
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["指標", "値"],
        ["低い0", "1%"],
        ["低い1", "1%"],
    ]
    assert slide.shapes.title.text_frame.text == "森村の地域カルテ　基準：全国"
    assert "出典：演習の人口（架空）" in text_of(slide)
    run = slide.shapes.title.text_frame.paragraphs[0].runs[0]
    assert 'ea typeface="Meiryo"' in run._r.xml


def test_nothing_lies_outside_the_slide():
    (slide,) = opened(sheet(low=9))
    for shape in slide.shapes:
        assert shape.left >= 0
        assert (
            shape.left + shape.width
            <= slide.part.package.presentation_part.presentation.slide_width
        )


def test_an_empty_part_says_its_sentence_instead_of_a_table():
    (slide,) = opened(sheet(low=0))
    assert not [shape for shape in slide.shapes if shape.has_table]
    assert "2指標です。" in text_of(slide)


@pytest.mark.parametrize(("rows", "slides"), [(1, 2), (ROWS_A_SLIDE, 2), (ROWS_A_SLIDE + 1, 3)])
def test_all_indicators_follow_on_further_slides(rows, slides):
    found = opened(sheet(rows=rows), with_tables=True)
    assert len(found) == slides
    tables = [shape.table for slide in found[1:] for shape in slide.shapes if shape.has_table]
    assert sum(len(table.rows) - 1 for table in tables) == rows


def test_many_areas_have_a_slide_each():
    titles = [
        slide.shapes.title.text_frame.text[:2] for slide in opened(sheet(), sheet("川村", "1"))
    ]
    assert titles == ["森村", "川村"]


def test_the_workbook_has_figures_as_numbers_parts_definitions_and_sources():
    book = openpyxl.load_workbook(BytesIO(to_profile_xlsx([sheet(), sheet("川村", "81204")])))
    assert book.sheetnames == ["すべての指標", "地域カルテ", "定義", "出典"]
    rows = list(book["すべての指標"].iter_rows(min_row=3, values_only=True))
    assert len(rows) == 60
    assert rows[1][:5] == ("81203", "森村", "成果", "指標1", 0.25)
    parts = [row[0] for row in book["地域カルテ"].iter_rows(values_only=True)]
    assert parts.index("森村の地域カルテ　基準：全国") < parts.index("川村の地域カルテ　基準：全国")
    definitions = [row[0] for row in book["定義"].iter_rows(values_only=True)]
    assert definitions == ["【指標1】\n定義：割った値", "【指標2】\n定義：数"]
    sources = [row[1] for row in book["出典"].iter_rows(values_only=True)]
    assert "演習の人口（架空）" in sources
    assert any("標準偏差" in line for line in sources)
