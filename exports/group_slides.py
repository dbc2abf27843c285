"""The sheets of all groups as one editable PPTX: plan, logic model, evaluation, cross table."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pandas as pd
from pptx import Presentation
from pptx.util import Mm, Pt

from exports.board_slides import (
    BOTTOM,
    GAP,
    SIZE,
    TOP,
    add_blank,
    add_board,
    add_origin,
    cut,
    notes_of,
)
from exports.group_sheet import BlankGroup, GroupSheet
from exports.planning_slides import add_planning_slide
from exports.slide_parts import HEIGHT, MARGIN, PPTX_TYPE, WIDTH, blank_slide, table, text

__all__ = ["PPTX_TYPE", "SLIDES_A_GROUP", "to_group_pptx"]

SLIDES_A_GROUP = 4
_HEAD, _LABEL = Mm(12), Mm(7)
_EVALUATION, _BENEFIT = Mm(82), Mm(96)
_PICKED = Mm(27)
_HEADS = Mm(13)
_FIRST_SHARE, _SHARE = 0.75, 1.0


def to_group_pptx(sheets: Sequence[GroupSheet]) -> bytes:
    """Return four slides for each group."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for sheet in sheets:
        add_planning_slide(deck, sheet.planning)
        add_board(deck, sheet)
        _add_evaluation(deck, sheet)
        _add_cross(deck, sheet)
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _add_evaluation(deck: Any, sheet: GroupSheet) -> None:  # noqa: ANN401 - python-pptx has no types
    title = f"{sheet.benefit.title}・{sheet.evaluation.title}　{sheet.heading}"
    slide = blank_slide(deck, title)
    below = _row(slide, sheet.benefit, TOP, _BENEFIT, picked=_PICKED)
    _row(slide, sheet.evaluation, below + Mm(2), _EVALUATION, picked=0)
    add_origin(slide, sheet, notes_of((*sheet.benefit.blanks, *sheet.evaluation.blanks)))


def _row(slide: Any, group: BlankGroup, top: int, height: int, *, picked: int) -> int:  # noqa: ANN401
    """Draw blanks beside each other below their title, and return where they end."""
    whole = WIDTH - 2 * MARGIN
    label = f"{group.title}　{group.lead}"
    text(slide, label, (MARGIN, top, whole, _LABEL), size=SIZE, bold=True)
    count = len(group.blanks)
    width = (whole - (count - 1) * GAP) // count
    for place, blank in enumerate(group.blanks):
        left = MARGIN + place * (width + GAP)
        box = (left, top + _LABEL, width, height - _LABEL)
        add_blank(slide, blank, box, picked=picked, head=_HEAD)
    return top + height


def _add_cross(deck: Any, sheet: GroupSheet) -> None:  # noqa: ANN401
    cross = sheet.cross
    slide = blank_slide(deck, f"{cross.title}　{sheet.heading}")
    shares = [_FIRST_SHARE, *[_SHARE] * len(cross.columns)]
    whole = WIDTH - 2 * MARGIN
    cell = int(whole * _SHARE / sum(shares))
    room = (BOTTOM - TOP - _HEADS) // len(cross.rows)
    lines = [
        [label, *(cut(cross.cells.get((row, column), ""), cell, room) for column in cross.columns)]
        for row, label in cross.rows.items()
    ]
    labels = ["", *cross.columns.values()]
    table(slide, labels, pd.DataFrame(lines, columns=labels), (MARGIN, TOP, whole, 0), size=SIZE,
          shares=shares, line=room / Pt(SIZE))  # fmt: skip
    slide.shapes[-1].table.rows[0].height = _HEADS
    told = [
        f"【{cross.columns[column]} × {cross.rows[row]}】{words}"
        for (row, column), words in cross.cells.items()
    ]
    add_origin(slide, sheet, told)
