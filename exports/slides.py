"""Editable PPTX: native charts and tables, one A4 slide an area, then all its indicators."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.util import Mm

from exports.sections import AreaSheet, Section
from exports.slide_parts import (
    HEIGHT,
    MARGIN,
    PPTX_TYPE,
    WIDTH,
    bar_chart,
    blank_slide,
    table,
    text,
)

__all__ = ["PPTX_TYPE", "ROWS_A_SLIDE", "to_pptx"]

ROWS_A_SLIDE = 22
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


def _front(deck: Any, sheet: AreaSheet) -> None:  # noqa: ANN401
    slide = blank_slide(deck, sheet.title)
    half = (WIDTH - 3 * MARGIN) // 2
    right = MARGIN * 2 + half
    text(slide, sheet.sentence, (MARGIN, Mm(15), WIDTH - 2 * MARGIN, Mm(15)), size=8)
    for bars, left in zip(sheet.bars[:2], (MARGIN, right), strict=False):
        bar_chart(slide, bars, (left, Mm(32), half, Mm(56)), size=7)
    parts = {section.key: section for section in sheet.sections}
    for key, left in (("high", MARGIN), ("low", right)):
        if key in parts:
            _section(slide, parts[key], left, Mm(90), half, rows=5)
    rest = [part for part in sheet.sections if part.key not in ("high", "low", "resources")]
    for column, left in ((rest[::2], MARGIN), (rest[1::2], right)):
        lines = [f"■ {part.title}\n{part.sentence}{_first_rows(part)}" for part in column]
        text(slide, "\n".join(lines), (left, Mm(138), half, Mm(58)), size=7)
    origin = "出典：" + "／".join(sheet.source)
    text(slide, origin[:400], (MARGIN, Mm(198), WIDTH - 2 * MARGIN, Mm(10)), size=6)


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
    text(slide, f"{section.title}\n", (left, top, width, Mm(6)), size=9, bold=True)
    if section.frame.empty:
        text(slide, section.sentence, (left, top + Mm(6), width, Mm(8)), size=8)
        return
    labels = [label.printed for label in section.columns.values()]
    shares = [3, *[1.4] * (len(labels) - 1)]
    place = (left, top + Mm(6), width, 0)
    table(slide, labels, section.frame.head(rows), place, size=6.5, shares=shares)


def _all_indicators(deck: Any, sheet: AreaSheet) -> None:  # noqa: ANN401
    labels = [sheet.columns[name].printed for name in _TABLE]
    rows = sheet.rows[list(_TABLE)]
    pages = range(0, len(rows), ROWS_A_SLIDE)
    for number, start in enumerate(pages, start=1):
        title = f"{sheet.title}　すべての指標（{number}／{len(pages)}）"
        slide = blank_slide(deck, title)
        shown = rows.iloc[start : start + ROWS_A_SLIDE]
        shares = [1.4, 3, *[1.4] * (len(labels) - 2)]
        place = (MARGIN, Mm(18), WIDTH - 2 * MARGIN, 0)
        table(slide, labels, shown, place, size=8, shares=shares)
