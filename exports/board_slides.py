"""The logic model of a group as an editable slide: six steps from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Mm, Pt

from exports.group_sheet import Blank, GroupSheet
from exports.planning_slides import letters_a_line
from exports.slide_parts import HEIGHT, LINE, MARGIN, WIDTH, Box, blank_slide, framed, text, write

SIZE = 10.0  # the least that is read on paper
TOP, BOTTOM = Mm(17), HEIGHT - MARGIN - Mm(5)
GAP = Mm(5)
REST = "…（続きはノート）"
_HEAD, _PICKED, _ARROW = Mm(25), Mm(52), Mm(4)
_PADDING = Mm(3)
_LATIN = 0x2000  # letters below are narrower than those of Japanese
_NARROW = 0.6


def add_board(deck: Any, sheet: GroupSheet) -> None:  # noqa: ANN401 - python-pptx has no types
    """Add the slide of the logic model, each step with its text and its indicators."""
    board = sheet.board
    slide = blank_slide(deck, f"{board.title}　{sheet.heading}")
    count = len(board.blanks)
    width = (WIDTH - 2 * MARGIN - (count - 1) * GAP) // count
    height = BOTTOM - TOP
    for place, blank in enumerate(board.blanks):
        left = MARGIN + place * (width + GAP)
        add_blank(slide, blank, (left, TOP, width, height), picked=_PICKED, head=_HEAD)
        if place:
            arrow = slide.shapes.add_shape(
                MSO_SHAPE.RIGHT_ARROW, left - GAP + Mm(0.5), TOP + (_HEAD - _ARROW) // 2,
                _ARROW, _ARROW,
            )  # fmt: skip
            arrow.name = "矢印"
    add_origin(slide, sheet, notes_of(board.blanks))


def add_blank(slide: Any, blank: Blank, box: Box, *, picked: int, head: int) -> None:  # noqa: ANN401
    """Draw a blank: its name, the frame to write into, and below it the indicators."""
    left, top, width, height = box
    bar = framed(slide, (left, top, width, head), is_shaded=True)
    prompt = f"\n{blank.prompt}" if blank.prompt else ""
    write(bar.text_frame, f"{blank.label}{prompt}", size=SIZE, bold=True)
    for edge in ("margin_top", "margin_bottom"):
        setattr(bar.text_frame, edge, Mm(0.8))
    room = height - head - (picked if blank.takes_indicators else 0)
    frame = framed(slide, (left, top + head, width, room))
    write(frame.text_frame, cut(blank.written, width, room), size=SIZE)
    if blank.takes_indicators:
        below = framed(slide, (left, top + head + room, width, picked))
        lines = [f"・{title}" for title in blank.indicators]
        write(below.text_frame, cut("\n".join(["指標", *lines]), width, picked), size=SIZE)


def cut(words: str, width: int, height: int) -> str:
    """Return as much of a text as its frame has room for, and say where the rest stands."""
    whole = int((height - _PADDING) / Pt(SIZE * LINE))
    a_line = letters_a_line(width, size=SIZE)
    kept: list[str] = []
    lines, length = 1, 0.0
    for letter in words:
        wide = _NARROW if ord(letter) < _LATIN else 1.0
        if letter == "\n" or length + wide > a_line:
            lines, length = lines + 1, 0.0
        if lines > whole:
            return "".join(kept)[: -len(REST)].rstrip() + REST
        length += 0.0 if letter == "\n" else wide
        kept.append(letter)
    return words


def notes_of(blanks: Sequence[Blank]) -> list[str]:
    """Return what was written, in full."""
    return [
        "\n".join([f"【{blank.label}】{blank.written}", *(f"指標：{t}" for t in blank.indicators)])
        for blank in blanks
        if blank.written or blank.indicators
    ]


def add_origin(slide: Any, sheet: GroupSheet, told: Sequence[str]) -> None:  # noqa: ANN401
    """Name the document below; what has no room, and what indicators mean, go into the notes."""
    place = (MARGIN, BOTTOM, WIDTH - 2 * MARGIN, Mm(8))
    text(slide, sheet.form_source, place, size=SIZE)
    shown = "\n".join(told)
    defined = [f"{t}：{words}" for t, words in sheet.definitions.items() if t in shown]
    slide.notes_slide.notes_text_frame.text = "\n".join([*told, *defined])
