"""Planning sheets as editable PPTX: one A4 landscape slide for each area."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pandas as pd
from pptx import Presentation
from pptx.util import Mm, Pt

from exports.planning_sheet import STANDING_COLUMNS, PlanningSheet, Step
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

__all__ = ["PPTX_TYPE", "add_planning_slide", "letters_a_line", "to_planning_pptx"]

SIZE = 8.0
_GAP, _HEAD, _PAD = Mm(3), Mm(6.5), Mm(1.5)
_TOP, _BLOCK = Mm(16), Mm(88)
_SECOND = _TOP + _BLOCK + _GAP
_INDICATORS = {"指標と定義": 4.2, "段階": 0.9, "いまの値": 2.2, "目標": 1.7, "出典・更新": 2.6}
_STANDING = {"title": 3.0, "stage": 0.8, "with_unit": 2.8, "benchmark": 1.5, "side": 0.5}
_TWO_LINES, _ONE_LINE = 3.5, 1.9  # heights of table rows in letters
_CELL_EDGE = 0.6  # margins of a table cell in letters
_FREE = Mm(24)  # the least to write into
_INSET = Mm(5)  # what PowerPoint leaves free inside a text box, both sides


def to_planning_pptx(
    sheets: Sequence[PlanningSheet], *, on_slide: Callable[[int], None] | None = None
) -> bytes:
    """Return a slide for each sheet; `on_slide` is called with the number made so far."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for number, sheet in enumerate(sheets, start=1):
        add_planning_slide(deck, sheet)
        if on_slide is not None:
            on_slide(number)
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def add_planning_slide(deck: Any, sheet: PlanningSheet) -> None:  # noqa: ANN401
    """Add the slide of one sheet."""
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
        place = (MARGIN, _SECOND + _BLOCK, WIDTH - 2 * MARGIN, Mm(10))
        text(slide, fitted([origin], place[2], lines=2)[0], place, size=SIZE)
    slide.notes_slide.notes_text_frame.text = _notes(sheet)


def _notes(sheet: PlanningSheet) -> str:
    """Return what the page has no room for: definitions and sources in full."""
    rows = sheet.indicators.to_dict("records")
    lines = [
        f"{row['title']}：{row['definition']}／{row['source']}" for row in rows if row["title"]
    ]
    return "\n".join([*lines, *(f"出典：{line}" for line in sheet.source)])


def _heading(slide: Any, step: Step, box: Box) -> None:  # noqa: ANN401
    left, top, width, _ = box
    bar = framed(slide, (left, top, width, _HEAD), is_shaded=True)
    bar.text_frame.margin_top = bar.text_frame.margin_bottom = Mm(0.5)
    write(bar.text_frame, f"{step.title}　{step.prompt}", size=9, bold=True)


def _step(slide: Any, step: Step, box: Box) -> None:  # noqa: ANN401
    """Draw a step: what the data say, and below it the frame with what was written."""
    left, top, width, height = box
    _heading(slide, step, box)
    _facts_and_frame(slide, step, (left, top + _HEAD, width, height - _HEAD))


def _facts_and_frame(slide: Any, step: Step, box: Box) -> None:  # noqa: ANN401
    """The frame is as high as what was written needs; the facts take what is left."""
    left, top, width, height = box
    written = [step.written] if step.written else []
    room = height - max(_height(written, width), min(_FREE, height // 2)) - 2 * _PAD
    lines = max(0, int(room / Pt(SIZE * LINE)))
    facts = fitted([f"・{fact}" for fact in step.facts], width, lines=lines)
    used = _height(facts, width) if facts else 0
    if facts:
        text(slide, "\n".join(facts), (left, top, width, used), size=SIZE)
    frame = framed(slide, (left, top + used, width, height - used))
    if written:
        is_tight = _height(written, width, size=9) > height - used
        write(frame.text_frame, step.written, size=SIZE if is_tight else 9)


def _first(slide: Any, sheet: PlanningSheet, box: Box) -> None:  # noqa: ANN401
    left, top, width, height = box
    _heading(slide, sheet.step("quantity"), box)
    below, picture, tall = top + _HEAD + Mm(1), Mm(46), Mm(40)
    beside, rest = left, width
    if sheet.bars:
        bar_chart(slide, sheet.bars[0], (left, below, picture, tall))
        beside, rest = left + picture + _GAP, width - picture - _GAP
    labels = [STANDING_COLUMNS[name].printed for name in _STANDING]
    rows = sheet.standing[list(_STANDING)]
    table(slide, labels, rows, (beside, below, rest, 0), size=SIZE,
          shares=list(_STANDING.values()), line=_ONE_LINE)  # fmt: skip
    used = below + max(tall, _height_of_rows(rows, rest)) + Mm(1) - top
    _facts_and_frame(slide, sheet.step("quantity"), (left, top + used, width, height - used))


def _height_of_rows(rows: pd.DataFrame, width: int) -> int:
    """Return how high a table becomes once its cells have wrapped."""
    unit = width / sum(_STANDING.values()) / Pt(SIZE)
    lines = [
        max(math.ceil(_length(str(row[name])) / (unit * share - _CELL_EDGE))
            for name, share in _STANDING.items())
        for row in rows.to_dict("records")
    ]  # fmt: skip
    return int(Pt(SIZE) * (_ONE_LINE + sum(_ONE_LINE + LINE * max(0, n - 1) for n in lines)))


def _last(slide: Any, sheet: PlanningSheet, box: Box) -> None:  # noqa: ANN401
    left, top, width, height = box
    step = sheet.step("target")
    _heading(slide, step, box)
    rows = pd.DataFrame(
        [_in_cells(row, width) for row in sheet.indicators.to_dict("records")],
        columns=list(_INDICATORS),
    )
    below = top + _HEAD + Mm(1)
    table(slide, list(_INDICATORS), rows, (left, below, width, 0), size=SIZE,
          shares=list(_INDICATORS.values()), line=_TWO_LINES)  # fmt: skip
    used = below + Pt(SIZE * _TWO_LINES) * (len(rows) + 1) + Mm(1) - top
    _facts_and_frame(slide, step, (left, top + used, width, height - used))


def _in_cells(row: dict[str, str], width: int) -> list[str]:
    """Return an indicator in cells of two lines; what is cut stands whole in the notes."""
    unit = width / sum(_INDICATORS.values())
    room = {label: unit * share / Pt(SIZE) - _CELL_EDGE for label, share in _INDICATORS.items()}
    whole = {
        "段階": row["stage"][:1],
        "いまの値": f"{row['now']}\n{_in_short(row['period'])}",
        "目標": row["target"],
        "出典・更新": row["source"],
    }
    title = [_cut(row["title"], room["指標と定義"]), _cut(row["definition"], room["指標と定義"])]
    return ["\n".join(title).strip(), *(
        words if "\n" in words else _cut(words, 2 * room[label] - 1)
        for label, words in whole.items()
    )]  # fmt: skip


def _in_short(period: str) -> str:
    """Return a period as its year alone, such as 2023年度."""
    return period.partition("(")[2].rstrip(")") or period


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


def _cut(words: str, room: float) -> str:
    length = 0.0
    if _length(words) <= room:
        return words
    for place, letter in enumerate(words):
        length += _length(letter)
        if length > room - 1:
            return f"{words[:place]}…"
    return words
