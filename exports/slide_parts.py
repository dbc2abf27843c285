"""Native parts of a slide: text, tables and bar charts, in a font with Japanese letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.util import Emu, Mm, Pt

from exports.sections import Bars

PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FONT = "Meiryo"
WIDTH, HEIGHT, MARGIN = Mm(297), Mm(210), Mm(8)
LINE = 1.6  # height of a line in units of the letter, as Meiryo is set
_COLOURS = (RGBColor(0x9A, 0xA5, 0xB1), RGBColor(0x1F, 0x6F, 0xB2))
_SHADE = RGBColor(0xE3, 0xEE, 0xF6)
_WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_EDGE = RGBColor(0x56, 0x61, 0x6B)
_GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # the style 表のグリッド線だけ: ruled, for paper
INK = RGBColor(0x1D, 0x27, 0x30)
Box = tuple[int, int, int, int]  # left, top, width, height


def blank_slide(deck: Any, title: str) -> Any:  # noqa: ANN401 - python-pptx has no types
    """Add a slide that has nothing but its title."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = MARGIN, Mm(4), WIDTH - 2 * MARGIN, Mm(11)
    write(shape.text_frame, title, size=18, bold=True)
    return slide


def text(slide: Any, words: str, box: Box, *, size: float, bold: bool = False) -> Any:  # noqa: ANN401
    """Add a text box."""
    shape = slide.shapes.add_textbox(*box)
    write(shape.text_frame, words, size=size, bold=bold)
    return shape


def framed(slide: Any, box: Box, *, is_shaded: bool = False) -> Any:  # noqa: ANN401
    """Add an empty frame to write into."""
    shape = slide.shapes.add_textbox(*box)
    shape.text_frame.auto_size = MSO_AUTO_SIZE.NONE
    shape.line.color.rgb, shape.line.width = _EDGE, Pt(0.75)
    shape.fill.solid()
    shape.fill.fore_color.rgb = _SHADE if is_shaded else _WHITE
    return shape


def table(
    slide: Any,  # noqa: ANN401
    labels: Sequence[str],
    frame: pd.DataFrame,
    box: Box,
    *,
    size: float,
    shares: Sequence[float],
    line: float = 2.0,
) -> None:
    """Add a table whose columns divide the width by `shares` and whose rows are `line` letters."""
    left, top, width, _ = box
    height = Pt(size * line)
    shape = slide.shapes.add_table(
        len(frame) + 1, len(labels), left, top, width, height * (len(frame) + 1)
    )
    shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = _GRID
    for column, share in zip(shape.table.columns, shares, strict=True):
        column.width = Emu(int(width * share / sum(shares)))
    for row in shape.table.rows:
        row.height = height
    lines = [list(labels), *frame.astype("str").to_numpy().tolist()]
    for row, cells in enumerate(lines):
        for place, words in enumerate(cells):
            _cell(shape.table.cell(row, place), words, size=size, is_head=row == 0)


def _cell(cell: Any, words: str, *, size: float, is_head: bool) -> None:  # noqa: ANN401
    cell.margin_left = cell.margin_right = Mm(0.8)
    cell.margin_top = cell.margin_bottom = Mm(0.2)
    cell.fill.solid()
    cell.fill.fore_color.rgb = _SHADE if is_head else _WHITE
    write(cell.text_frame, words, size=size, bold=is_head)


def bar_chart(slide: Any, bars: Bars, box: Box, *, size: float = 8) -> None:  # noqa: ANN401
    """Add a chart: bars from left to right for one series, columns side by side for several."""
    is_single = len(bars.series) == 1
    data = CategoryChartData(number_format=bars.number_format)
    order = -1 if is_single else 1  # horizontal bars are drawn from below
    data.categories = bars.categories[::order]
    for name, values in bars.series:
        data.add_series(name, values[::order])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if is_single else XL_CHART_TYPE.COLUMN_CLUSTERED
    chart = slide.shapes.add_chart(kind, *box, data).chart
    chart.font.size, chart.font.name = Pt(size), FONT
    chart.has_title = True
    write(chart.chart_title.text_frame, bars.title, size=max(size, 9), bold=True)
    chart.has_legend = not is_single
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _style(chart.plots[0], bars)


def _style(plot: Any, bars: Bars) -> None:  # noqa: ANN401
    plot.gap_width, plot.has_data_labels = 40, True
    plot.data_labels.number_format = bars.number_format
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for series, colour in zip(plot.series, _COLOURS[-len(bars.series) :], strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        series.invert_if_negative = False


def write(frame: Any, words: str, *, size: float, bold: bool = False) -> None:  # noqa: ANN401
    """Write paragraphs in a font that has Japanese letters, for both kinds of script."""
    frame.word_wrap = True
    for number, line in enumerate(words.strip().split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        # An empty line is as high as the letters that would follow.
        paragraph._p.get_or_add_endParaRPr().set("sz", str(int(size * 100)))
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = INK
        properties = run._r.get_or_add_rPr()
        for script in ("a:ea", "a:cs"):
            properties.append(properties.makeelement(qn(script), {"typeface": FONT}))
