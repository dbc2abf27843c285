"""Answers ticked in cells of their own, one for each choice of a question."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from data.catalogue.survey import Question
from data.extract.delimited import plain
from surveys.answer_words import printed_answer
from surveys.cells import address
from surveys.grid import SheetGrid
from surveys.signs import sign_of
from surveys.tables import PrintedCell
from surveys.values import SEPARATOR
from surveys.wording import answers_of, fold_answer, normal

QUESTION_HEADS = frozenset(
    [
        "設問",
        "設問番号",
        "質問",
        "質問項目",
        "設問項目",
        "項目",
        "調査項目",
        "区分",
        "内容",
        "番号",
        "No",
        "No.",
    ]
)
_TICKS = "○●◎レ■"
_BOXES = "□☐"
_CROSSES = ("×", "0", "-", "－", "−", "ー", "―")
_NUMBER = re.compile(r"^[((]?[0-9]{1,2}[).:、．]+(?=\D)|^[①-⑳]")


class Choice(NamedTuple):
    """A choice by its code, and the cell in which it may be ticked."""

    code: str
    label: str
    mark: PrintedCell


def code_of(text: str, question: Question) -> str:
    """Return the code of the answer that a text is, numbered or not; blank for any other text."""
    known = answers_of(question)
    bare = _NUMBER.sub("", text.strip())
    return known.get(fold_answer(text)) or known.get(fold_answer(bare), "") if bare else ""


def is_choice(text: str, question: Question) -> bool:
    """Tell whether a text is an answer in words: a sign or a number is one only in its own cell."""
    return bool(code_of(text, question)) and not sign_of(text) and not normal(text).isdigit()


def ticked_answer(
    choices: Sequence[Choice], question: Question, *, broken: Collection[str] = ()
) -> PrintedCell:
    """Return the answer that is ticked, blank where none is; what is unsure as it is printed.

    broken are the cells without a value that can be read.
    """
    for choice in choices:
        if choice.mark.cell in broken:
            return PrintedCell("", choice.mark.cell)
    filled = [choice for choice in choices if choice.mark.text and choice.mark.text not in _BOXES]
    ticked = [choice for choice in filled if _is_tick(choice, question)]
    crossed = [choice for choice in filled if normal(choice.mark.text) in _CROSSES]
    place = (ticked or filled or list(choices))[0].mark.cell
    if not filled:
        return PrintedCell("", place)
    enough = len(ticked) == 1 or (question.type == "multi" and ticked)
    if enough and len(ticked) + len(crossed) == len(filled):
        codes = SEPARATOR.join(dict.fromkeys(choice.code for choice in ticked))
        return PrintedCell(printed_answer(question, codes, "observed"), place)
    said = "　".join(f"{choice.label}→{choice.mark.text}" for choice in filled)
    return PrintedCell(said, place)


def _is_tick(choice: Choice, question: Question) -> bool:
    text = choice.mark.text
    same = fold_answer(text) == fold_answer(choice.label) or code_of(text, question) == choice.code
    return sign_of(text) in tuple(_TICKS) or text == "1" or (same and is_choice(text, question))


def choice_in_row(
    grid: SheetGrid, row: int, start: int, question: Question, *, broken: Collection[str]
) -> PrintedCell | None:
    """Return the answer of a form's row whose choices stand in cells of their own.

    None where the row is not laid out so.
    """
    if not question.allowed:
        return None
    cells = [(c, text) for c, text in enumerate(grid.printed[row]) if c >= start and text]
    boxed = [text for _, text in cells if text[0] in "□☐☑■" and is_choice(text[1:], question)]
    if len(boxed) > 1 and len(boxed) == len(cells):
        return PrintedCell("".join(boxed), address(row, cells[0][0]))
    words = {c: text for c, text in cells if is_choice(text, question)}
    if len(words) > 1:
        choices = _beside_words(grid, row, start, words, question)
    else:
        choices = _under_heading(grid, row, start, question)
    distinct = len({choice.code for choice in choices}) == len(choices) > 1
    return ticked_answer(choices, question, broken=broken) if distinct else None


def _beside_words(
    grid: SheetGrid, row: int, start: int, words: dict[int, str], question: Question
) -> list[Choice]:
    """Return choices printed in the row, with the marks before, behind or under them."""
    printed = grid.printed[row]
    columns = sorted(words)
    signs = [c for c in range(start, grid.width) if printed[c] and c not in words]
    below = grid.printed[row + 1] if row + 1 < len(grid.printed) else []
    if not signs and below and not any(below[:start]):
        marks = {c: (row + 1, c) for c in columns if below[c]}
    elif not signs:
        return []
    elif columns[0] == start:
        marks = {c: (row, c + 1) for c in columns if c + 1 < grid.width and c + 1 not in words}
    elif printed[start]:
        marks = {c: (row, c - 1) for c in columns if c - 1 not in words}
    else:
        return []
    used = {column for _, column in marks.values()}
    numbers = any(normal(printed[c]).isdigit() for c in signs)
    if not marks or numbers or (signs and not used.issuperset(signs)):
        return []
    return [
        Choice(code_of(words[c], question), words[c], _mark(grid, marks.get(c), (row, c)))
        for c in columns
    ]


def _mark(grid: SheetGrid, place: tuple[int, int] | None, word: tuple[int, int]) -> PrintedCell:
    """Return the mark of a choice; blank where it has no cell but that of its word."""
    if place is None:
        return PrintedCell("", address(*word))
    return PrintedCell(grid.printed[place[0]][place[1]], address(*place))


def _under_heading(grid: SheetGrid, row: int, start: int, question: Question) -> list[Choice]:
    """Return the choices that the nearest row of headings above prints over the cells of a row."""
    above = next((line for line in range(row - 1, -1, -1) if _is_heading(grid, line, start)), -1)
    if above < 0:
        return []
    return [
        Choice(code_of(text, question), text, PrintedCell(grid.printed[row][c], address(row, c)))
        for c, text in enumerate(grid.filled[above])
        if c >= start and is_choice(text, question)
    ]


def _is_heading(grid: SheetGrid, row: int, start: int) -> bool:
    """Tell whether a row heads columns behind the labels and has no question of its own."""
    labels = {plain(text) for text in grid.printed[row][:start] if text}
    return labels <= QUESTION_HEADS and len(set(filter(None, grid.filled[row][start:]))) > 1
