"""What our own workbooks say of themselves: form, year, prefecture and version of the form."""

from __future__ import annotations

from dataclasses import dataclass, replace

from surveys.content import Cell, SheetContent, text_of
from surveys.target import Target, surveys_offered

DEFINITIONS = "定義"
_ROWS = 4
_LABELS = frozenset(["様式", "枠組", "年度", "都道府県"])


@dataclass(frozen=True)
class Mark:
    """The head of a sheet that we made."""

    target: Target
    version: str


def mark_of(sheet: SheetContent) -> Mark | None:
    """Return what a sheet says at its head, none where it is not ours."""
    head = {text_of(row[0]): text_of(row[1]) for row in sheet.rows[:_ROWS] if len(row) > 1}
    survey_id, year = head.get("様式", ""), head.get("年度", "")
    if survey_id not in surveys_offered() or not year.isdecimal():
        return None
    first = sheet.rows[0]
    version = text_of(first[3]) if len(first) > 3 and text_of(first[2]) == "版" else ""
    return Mark(Target(survey_id, int(year), head.get("都道府県", "")), version)


def is_definitions(sheet: SheetContent) -> bool:
    """Tell whether a sheet is the list of definitions that our workbooks carry."""
    return sheet.name == DEFINITIONS and mark_of(sheet) is not None


def without_mark(sheet: SheetContent) -> SheetContent:
    """Return a sheet of ours without what it says of itself, which is no question or respondent."""
    if mark_of(sheet) is None:
        return sheet
    rows: list[list[Cell]] = [
        [""] * len(row) if number < _ROWS and row and text_of(row[0]) in _LABELS else row
        for number, row in enumerate(sheet.rows)
    ]
    return replace(sheet, rows=rows)
