"""The file that was sent, with every problem at its cell."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import asdict

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from access.roles import Action, Actor, require
from surveys.child import run_child
from surveys.content import SheetContent
from surveys.limits import DEFAULT, Limits
from surveys.marking_child import add_list, mark_cells
from surveys.problems import LEVELS, Problem, problem_table
from surveys.refusals import WorkbookRefused
from surveys.target import SurveyError
from surveys.uploads import ReadFile

_ORDER = list(LEVELS)
_LONGEST = 2_000


def marked_workbook(
    read: ReadFile, *, actor: Actor, problems: Iterable[Problem], limits: Limits = DEFAULT
) -> bytes:
    """Return the file as a workbook whose cells are coloured and commented, and a list of all."""
    require(actor, Action.UPLOAD)
    if read.refusal:
        raise read.refusal
    own = [problem for problem in problems if problem.file == read.name]
    marks, table = _marks(own), _table(own)
    if read.name.lower().endswith(".csv"):
        return _from_csv(read.sheets[0], marks, table)
    order = json.dumps({"limits": asdict(limits), "marks": marks, "table": table}).encode("ascii")
    try:
        return run_child("surveys.marking_child", order + b"\n" + read.content, limits=limits)
    except WorkbookRefused as refusal:
        raise SurveyError(
            "このブックには印を付けられませんでした。", "一覧を保存してお使いください。", read.name
        ) from refusal


def _marks(problems: list[Problem]) -> list[list[str]]:
    """Return sheet, cell, the gravest level and all texts of every cell that has a problem."""
    cells: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.cell:
            cells.setdefault((problem.sheet, problem.cell), []).append(problem)
    marks = []
    for (sheet, cell), own in cells.items():
        gravest = min((problem.level for problem in own), key=_ORDER.index)
        lines = [f"【{LEVELS[p.level]}】{p.message}{p.action}" for p in own]
        marks.append([sheet, cell, gravest, _clean("\n".join(lines)[:_LONGEST])])
    return marks


def _table(problems: list[Problem]) -> list[list[str]]:
    frame = problem_table(problems)
    rows = [[_clean(str(text)) for text in row] for row in frame.itertuples(index=False)]
    return [list(frame.columns), *rows]


def _clean(text: str) -> str:
    """Return a text without what no workbook may hold."""
    found = text.encode("utf-8", "replace").decode("utf-8")
    return str(ILLEGAL_CHARACTERS_RE.sub("?", found))


def _from_csv(sheet: SheetContent, marks: list[list[str]], table: list[list[str]]) -> bytes:
    book = Workbook()
    page = book.active
    page.title = sheet.name
    for row, cells in enumerate(sheet.rows, start=1):
        for column, text in enumerate(cells, start=1):
            cell = page.cell(row, column)
            cell.value = _clean(str(text))
            cell.data_type = "s"
    mark_cells(book, marks)
    add_list(book, table)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
