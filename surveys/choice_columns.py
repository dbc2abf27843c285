"""Columns that stand for the choices of one question, read as the one column of its answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby

from data.catalogue.survey import Question, SurveyDefinition
from surveys.choice_cells import Choice, code_of, is_choice, ticked_answer
from surveys.header_asides import split_aside
from surveys.matching import QuestionMatcher
from surveys.tables import PrintedCell, Said, SurveyTable, TableColumn

_BOXES = "□☐☑■"


def join_choices(
    table: SurveyTable,
    *,
    matcher: QuestionMatcher,
    definition: SurveyDefinition,
    broken: Collection[str],
) -> None:
    """Put one column in the place of those that stand for the choices of a question.

    broken are the cells without a value that can be read.
    """
    _join_boxes(table, matcher)
    kept: list[TableColumn] = []
    for upper, group in groupby(table.columns, key=_upper):
        columns = list(group)
        question = _question_of(upper, columns, matcher, definition)
        if question is None:
            kept += columns
            continue
        chosen = _choices(columns, question)
        for row in table.rows:
            marks = [row.cells[column.position] for column in chosen]
            row.cells[chosen[0].position] = _answer(chosen, marks, question, broken)
        header = PrintedCell(" ".join(upper), chosen[0].cell)
        kept += [replace(chosen[0], levels=upper), *(c for c in columns if c not in chosen)]
        table.said.append(joined_note(header))
    table.columns = kept


def _join_boxes(table: SurveyTable, matcher: QuestionMatcher) -> None:
    """Put one column in the place of those under one header whose cells are boxes with words."""
    kept: list[TableColumn] = []
    for levels, group in groupby(table.columns, key=lambda column: column.levels):
        columns = list(group)
        if len(columns) < 2:
            kept += columns
            continue
        cells = [[row.cells[column.position] for column in columns] for row in table.rows]
        texts = [cell.text for line in cells for cell in line if cell.text]
        boxed = texts and all(text[0] in _BOXES and text[1:] for text in texts)
        if not boxed or not matcher.is_known(columns[0]):
            kept += columns
            continue
        for row, line in zip(table.rows, cells, strict=True):
            joined = "".join(cell.text for cell in line)
            row.cells[columns[0].position] = PrintedCell(joined, line[0].cell)
        kept.append(columns[0])
        table.said.append(joined_note(PrintedCell(" ".join(levels), columns[0].cell)))
    table.columns = kept


def joined_note(header: PrintedCell) -> Said:
    """Return what is said of a question whose choices were ticked in cells of their own."""
    message = "選択肢ごとに分かれたセルの印を、一つの回答として読みました。"
    return Said("mended", "選択肢", message, "", header)


def _upper(column: TableColumn) -> tuple[str, ...]:
    """Return the levels of a column without that of its choice, if it has one."""
    if len(column.levels) > 1:
        return column.levels[:-1]
    rest, _ = split_aside("".join(column.levels))
    return (rest,) if rest else ()


def _lowest(column: TableColumn) -> str:
    if len(column.levels) > 1:
        return column.levels[-1]
    return split_aside("".join(column.levels))[1]


def _question_of(
    upper: tuple[str, ...],
    columns: Sequence[TableColumn],
    matcher: QuestionMatcher,
    definition: SurveyDefinition,
) -> Question | None:
    """Return the question whose choices the columns are, sure of it or to be asked."""
    if len(columns) < 2 or not upper:
        return None
    (match,) = matcher.match([replace(columns[0], levels=upper)])
    ids = [match.question_id] if match.question_id else list(match.candidates)
    asked = [definition.question(key) for key in ids]
    if match.how == "ignored":
        asked = list(definition.questions)
    return next((question for question in asked if _choices(columns, question)), None)


def _choices(columns: Sequence[TableColumn], question: Question) -> list[TableColumn]:
    """Return the columns headed by different answers of a question; none where it has no two."""
    chosen = [column for column in columns if is_choice(_lowest(column), question)]
    codes = {code_of(_lowest(column), question) for column in chosen}
    return chosen if len(codes) == len(chosen) > 1 else []


def _answer(
    columns: Sequence[TableColumn],
    marks: Sequence[PrintedCell],
    question: Question,
    broken: Collection[str],
) -> PrintedCell:
    choices = [
        Choice(code_of(_lowest(column), question), _lowest(column), mark)
        for column, mark in zip(columns, marks, strict=True)
    ]
    return ticked_answer(choices, question, broken=broken)
