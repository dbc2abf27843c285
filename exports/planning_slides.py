"""Planning sheets as editable PPTX: one A4 landscape slide for each area."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.util import Mm, Pt

from exports.planning_sheet import INDICATOR_COLUMNS, STANDING_COLUMNS, PlanningSheet, Step
from exports.slide_parts import (
    HEIGHT,
    LINE,
    MARGIN,
    PPTX_TYPE,
    WIDTH,
    Box,
    bar_chart,
    blank_slide,
    framed,
    table,
    text,
    write,
)

__all__ = ["PPTX_TYPE", "to_planning_pptx"]

SIZE = 8.0
_GAP, _HEAD, _PAD = Mm(3), Mm(6.5), Mm(1.5)
_TOP, _BLOCK = Mm(16), Mm(88)
_SECOND = _TOP + _BLOCK + _GAP
_SHOWN = ("title", "stage", "now", "target", "source")
_SHARES = (3.2, 1.4, 1.6, 1.3, 3.0)
_INSET = Mm(5)  # what PowerPoint leaves free inside a text box, both sides


def to_planning_pptx(
    sheets: Sequence[PlanningSheet], *, on_slide: Callable[[int], None] | None = None
) -> bytes:
    """Return a slide for each sheet; `on_slide` is called with the number made so far."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for number, sheet in enumerate(sheets, start=1):
        _slide(deck, sheet)
        if on_slide is not None:
            on_slide(number)
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _slide(deck: Any, sheet: PlanningSheet) -> None:  # noqa: ANN401
    slide = blank_slide(deck, sheet.title)
    wide, narrow = Mm(131), Mm(72)
    _first(slide, sheet, (MARGIN, _TOP, wide, _BLOCK))
    left = MARGIN + wide + _GAP
    _step(slide, sheet.step("quality"), (left, _TOP, narrow, _BLOCK))
    _step(slide, sheet.step("problem"), (left + narrow + _GAP, _TOP, narrow, _BLOCK))
    _step(slide, sheet.step("ideal"), (MARGIN, _SECOND, Mm(60), _BLOCK))
    _step(slide, sheet.step("activity"), (MARGIN + Mm(63), _SECOND, Mm(75), _BLOCK))
    _last(slide, sheet, (MARGIN + Mm(141), _SECOND, Mm(140), _BLOCK))
    if sheet.source:
        origin = "出典：" + "／".join(sheet.source)
        place = (MARGIN, _SECOND + _BLOCK, WIDTH - 2 * MARGIN, Mm(8))
        text(slide, fitted([origin], place[2], lines=1)[0], place, size=SIZE)


def _heading(slide: Any, step: Step, box: Box) -> None:  # noqa: ANN401
    left, top, width, _ = box
    bar = framed(slide, (left, top, width, _HEAD), is_shaded=True)
    bar.text_frame.margin_top = bar.text_frame.margin_bottom = Mm(0.5)
    write(bar.text_frame, f"{step.title}　{step.prompt}", size=9, bold=True)


def _step(slide: Any, step: Step, box: Box) -> None:  # noqa: ANN401
    """Draw a step: what the data say, and below it the frame with what was written."""
    left, top, width, height = box
    _heading(slide, step, box)
    below = top + _HEAD
    facts = fitted([f"・{fact}" for fact in step.facts], width, lines=9)
    if facts:
        room = _height(facts, width)
        text(slide, "\n".join(facts), (left, below, width, room), size=SIZE)
        below += room
    _written(slide, step, (left, below, width, top + height - below))


def _written(slide: Any, step: Step, box: Box) -> None:  # noqa: ANN401
    frame = framed(slide, box)
    if step.written:
        is_tight = _height([step.written], box[2], size=9) > box[3]
        write(frame.text_frame, step.written, size=SIZE if is_tight else 9)


def _first(slide: Any, sheet: PlanningSheet, box: Box) -> None:  # noqa: ANN401
    left, top, width, height = box
    step = sheet.step("quantity")
    _heading(slide, step, box)
    below, picture = top + _HEAD + Mm(1), Mm(50)
    beside, rest = left, width
    if sheet.bars:
        bar_chart(slide, sheet.bars[0], (left, below, picture, Mm(48)))
        beside, rest = left + picture + _GAP, width - picture - _GAP
    labels = [label.printed for label in STANDING_COLUMNS.values()]
    table(slide, labels, sheet.standing, (beside, below, rest, 0), size=SIZE,
          shares=(3.2, 1.0, 1.9, 1.2, 0.9) if sheet.bars else (5, 1, 2, 2, 1))  # fmt: skip
    below += Mm(49)
    facts = fitted([f"・{fact}" for fact in step.facts], width, lines=3)
    if facts:
        room = _height(facts, width)
        text(slide, "\n".join(facts), (left, below, width, room), size=SIZE)
        below += room
    _written(slide, step, (left, below, width, top + height - below))


def _last(slide: Any, sheet: PlanningSheet, box: Box) -> None:  # noqa: ANN401
    left, top, width, height = box
    step = sheet.step("target")
    _heading(slide, step, box)
    labels = [INDICATOR_COLUMNS[name].printed for name in _SHOWN]
    rows = sheet.indicators[list(_SHOWN)]
    below = top + _HEAD + Mm(1)
    table(slide, labels, rows, (left, below, width, 0), size=SIZE, shares=_SHARES, line=3.3)
    below += Pt(SIZE * 3.3) * (len(rows) + 1) + Mm(2)
    _written(slide, step, (left, below, width, top + height - below))


def letters_a_line(width: int, *, size: float = SIZE) -> int:
    """Return how many full-width letters stand on a line of a text box."""
    return max(1, int((width - _INSET) / Pt(size)))


def _lines(words: str, width: int, size: float) -> int:
    return sum(
        max(1, math.ceil(_length(part) / letters_a_line(width, size=size)))
        for part in words.split("\n")
    )


def _length(words: str) -> float:
    """Return the length in full-width letters; Latin letters and digits are narrower."""
    return sum(0.6 if ord(letter) < 0x2000 else 1.0 for letter in words)


def _height(parts: Sequence[str], width: int, *, size: float = SIZE) -> int:
    count = sum(_lines(part, width, size) for part in parts)
    return int(Pt(size * LINE) * count + 2 * _PAD)


def fitted(parts: Sequence[str], width: int, *, lines: int) -> list[str]:
    """Return as many of the parts as fit into so many lines; a cut one ends with …"""
    kept: list[str] = []
    left = lines
    for part in parts:
        needed = _lines(part, width, SIZE)
        if needed <= left:
            kept.append(part)
            left -= needed
        elif left > 0:
            room = letters_a_line(width) * left - 2
            kept.append(_cut(part, room))
            break
    return kept


def _cut(words: str, room: int) -> str:
    length = 0.0
    for place, letter in enumerate(words):
        length += _length(letter)
        if length > room:
            return f"{words[:place]}…"
    return words
