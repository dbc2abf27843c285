"""Editable PPTX: native charts and tables, one A4 slide an area, then all its indicators."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pandas as pd
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml.ns import qn
from pptx.util import Emu, Mm, Pt

from exports.sections import AreaSheet, Bars, Section

PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FONT = "Meiryo"
WIDTH, HEIGHT, MARGIN = Mm(297), Mm(210), Mm(8)
ROWS_A_SLIDE = 22
_COLOURS = (RGBColor(0x9A, 0xA5, 0xB1), RGBColor(0x1F, 0x6F, 0xB2))
_SHADE = RGBColor(0xE3, 0xEE, 0xF6)
_INK = RGBColor(0x1D, 0x27, 0x30)
_TABLE = ("domain_label", "title", "printed", "unit", "rank_label", "outcome_label",
          "period_label")  # fmt: skip


def to_pptx(sheets: Sequence[AreaSheet], *, with_tables: bool) -> bytes:
    """Return a slide for each sheet, and on request the tables of all its indicators behind it."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for sheet in sheets:
        _front(deck, sheet)
        if with_tables:
            _all_indicators(deck, sheet)
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _blank(deck: Any, title: str) -> Any:  # noqa: ANN401 - python-pptx has no types
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = MARGIN, Mm(4), WIDTH - 2 * MARGIN, Mm(11)
    _write(shape.text_frame, title, size=18, bold=True)
    return slide


def _front(deck: Any, sheet: AreaSheet) -> None:  # noqa: ANN401
    slide = _blank(deck, sheet.title)
    half = (WIDTH - 3 * MARGIN) // 2
    right = MARGIN * 2 + half
    _text(slide, sheet.sentence, MARGIN, Mm(15), WIDTH - 2 * MARGIN, Mm(15), size=8)
    for bars, left in zip(sheet.bars[:2], (MARGIN, right), strict=False):
        _chart(slide, bars, left, Mm(32), half, Mm(56))
    parts = {section.key: section for section in sheet.sections}
    for key, left in (("high", MARGIN), ("low", right)):
        if key in parts:
            _section(slide, parts[key], left, Mm(90), half, rows=5)
    rest = [part for part in sheet.sections if part.key not in ("high", "low", "resources")]
    for column, left in ((rest[::2], MARGIN), (rest[1::2], right)):
        lines = [f"■ {part.title}\n{part.sentence}{_first_rows(part)}" for part in column]
        _text(slide, "\n".join(lines), left, Mm(138), half, Mm(58), size=7)
    origin = "出典：" + "／".join(sheet.source)
    _text(slide, origin[:400], MARGIN, Mm(198), WIDTH - 2 * MARGIN, Mm(10), size=6)


def _first_rows(section: Section) -> str:
    """Return the head of a table as a line of text; all of it is in the workbook."""
    lines = [
        "・".join(str(cell) for cell in row[:2])
        for row in section.frame.head(3).itertuples(index=False)
    ]
    return ("　" + "、".join(lines)) if lines else ""


def _section(
    slide: Any,  # noqa: ANN401
    section: Section,
    left: int,
    top: int,
    width: int,
    *,
    rows: int,
) -> None:
    _text(slide, f"{section.title}\n", left, top, width, Mm(6), size=9, bold=True)
    if section.frame.empty:
        _text(slide, section.sentence, left, top + Mm(6), width, Mm(8), size=8)
        return
    labels = [label.printed for label in section.columns.values()]
    _table(slide, labels, section.frame.head(rows), left, top + Mm(6), width, size=6.5)


def _all_indicators(deck: Any, sheet: AreaSheet) -> None:  # noqa: ANN401
    labels = [sheet.columns[name].printed for name in _TABLE]
    rows = sheet.rows[list(_TABLE)]
    pages = range(0, len(rows), ROWS_A_SLIDE)
    for number, start in enumerate(pages, start=1):
        title = f"{sheet.title}　すべての指標（{number}／{len(pages)}）"
        slide = _blank(deck, title)
        shown = rows.iloc[start : start + ROWS_A_SLIDE]
        _table(slide, labels, shown, MARGIN, Mm(18), WIDTH - 2 * MARGIN, size=8)


def _table(
    slide: Any,  # noqa: ANN401
    labels: Sequence[str],
    frame: pd.DataFrame,
    left: int,
    top: int,
    width: int,
    *,
    size: float,
) -> None:
    height = Pt(size * 2) * (len(frame) + 1)
    shape = slide.shapes.add_table(len(frame) + 1, len(labels), left, top, width, height)
    table = shape.table
    shares = [3 if place == (1 if len(labels) == len(_TABLE) else 0) else 1.4
              for place in range(len(labels))]  # fmt: skip
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(int(width * share / sum(shares)))
    for row in table.rows:
        row.height = Pt(size * 2)
    lines = [list(labels), *frame.astype("str").to_numpy().tolist()]
    for row, cells in enumerate(lines):
        for place, text in enumerate(cells):
            _cell(table.cell(row, place), text, size=size, is_head=row == 0)


def _cell(cell: Any, text: str, *, size: float, is_head: bool) -> None:  # noqa: ANN401
    cell.margin_left = cell.margin_right = Mm(0.8)
    cell.margin_top = cell.margin_bottom = Mm(0.2)
    cell.fill.solid()
    cell.fill.fore_color.rgb = _SHADE if is_head else RGBColor(0xFF, 0xFF, 0xFF)
    _write(cell.text_frame, text, size=size, bold=is_head)


def _chart(
    slide: Any,  # noqa: ANN401
    bars: Bars,
    left: int,
    top: int,
    width: int,
    height: int,
) -> None:
    is_single = len(bars.series) == 1
    data = CategoryChartData(number_format=bars.number_format)
    order = -1 if is_single else 1  # horizontal bars are drawn from below
    data.categories = bars.categories[::order]
    for name, values in bars.series:
        data.add_series(name, values[::order])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if is_single else XL_CHART_TYPE.COLUMN_CLUSTERED
    chart = slide.shapes.add_chart(kind, left, top, width, height, data).chart
    chart.font.size, chart.font.name = Pt(7), FONT
    chart.has_title = True
    _write(chart.chart_title.text_frame, bars.title, size=9, bold=True)
    chart.has_legend = not is_single
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 40, True
    plot.data_labels.number_format = bars.number_format
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for series, colour in zip(plot.series, _COLOURS[-len(bars.series) :], strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        series.invert_if_negative = False


def _text(
    slide: Any,  # noqa: ANN401
    text: str,
    left: int,
    top: int,
    width: int,
    height: int,
    *,
    size: float,
    bold: bool = False,
) -> None:
    box = slide.shapes.add_textbox(left, top, width, height)
    _write(box.text_frame, text, size=size, bold=bold)


def _write(frame: Any, text: str, *, size: float, bold: bool = False) -> None:  # noqa: ANN401
    """Write paragraphs in a font that has Japanese letters, for both kinds of script."""
    frame.word_wrap = True
    for number, line in enumerate(text.strip().split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = _INK
        properties = run._r.get_or_add_rPr()
        for script in ("a:ea", "a:cs"):
            properties.append(properties.makeelement(qn(script), {"typeface": FONT}))
