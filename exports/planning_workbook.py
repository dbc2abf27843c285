"""Planning sheets as XLSX: one A4 landscape page for each area, definitions and sources behind."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter

from exports.planning_sheet import INDICATOR_COLUMNS, STANDING_COLUMNS, PlanningSheet, Step
from exports.workbook import write_sources

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LAST, _HALF = 11, 6  # columns of a page, and the first of its right half
_WIDTH, _LINE, _FREE_LINE = 11.0, 13.0, 15.0
_STANDING = {"title": 4, "stage": 2, "with_unit": 2, "benchmark": 2, "side": 2}
_INDICATORS = {
    "title": 2,
    "stage": 1,
    "now": 1,
    "period": 1,
    "target": 1,
    "definition": 4,
    "source": 2,
}
_TALL = {"quantity": 60, "quality": 80, "problem": 80, "ideal": 80, "activity": 80, "target": 45}


def to_planning_xlsx(sheets: Sequence[PlanningSheet]) -> bytes:
    """Return a page for each sheet, named by its area; the frames are cells to write into."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        taken: set[str] = {"定義", "出典"}
        styles = _styles(book)
        for sheet in sheets:
            name = _page_name(sheet, taken)
            taken.add(name)
            _write_page(_page(book, name), sheet, styles)
        _write_definitions(book, sheets)
        origins = list(dict.fromkeys(line for sheet in sheets for line in sheet.source))
        write_sources(book, sheets[0].title, origins)
    return stream.getvalue()


def _page_name(sheet: PlanningSheet, taken: set[str]) -> str:
    name = _FORBIDDEN.sub("", sheet.area_name)[:31] or "検討シート"
    return name if name not in taken else f"{name[:24]}_{sheet.area_code}"


def _styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "font_size": 9}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bg_color": "#e3eef6", "border": 1}),
        "label": book.add_format({**cell, "bold": True, "border": 1}),
        "cell": book.add_format({**cell, "border": 1}),
        "fact": book.add_format(cell),
        "free": book.add_format({**cell, "font_size": 10, "border": 1}),
    }


def _page(book: xlsxwriter.Workbook, name: str) -> Any:  # noqa: ANN401 - xlsxwriter has no types
    page = book.add_worksheet(name)
    page.set_column(0, _LAST, _WIDTH)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 1)
    page.set_margins(0.3, 0.3, 0.4, 0.4)
    return page


def _write_page(page: Any, sheet: PlanningSheet, styles: Mapping[str, Any]) -> None:  # noqa: ANN401
    page.write_string(0, 0, sheet.title, styles["title"])
    whole = (0, _LAST)
    line = _write_heads(page, 1, [(sheet.step("quantity"), whole)], styles)
    line = _write_rows(page, line, sheet.standing, STANDING_COLUMNS, _STANDING, styles)
    line = _write_steps(page, line, [(sheet.step("quantity"), whole)], styles)
    for left, right in (("quality", "problem"), ("ideal", "activity")):
        pair = [(sheet.step(left), (0, _HALF - 1)), (sheet.step(right), (_HALF, _LAST))]
        line = _write_heads(page, line, pair, styles)
        line = _write_steps(page, line, pair, styles)
    line = _write_heads(page, line, [(sheet.step("target"), whole)], styles)
    line = _write_rows(page, line, sheet.indicators, INDICATOR_COLUMNS, _INDICATORS, styles)
    line = _write_steps(page, line, [(sheet.step("target"), whole)], styles)
    page.print_area(0, 0, line, _LAST)


Placed = Sequence[tuple[Step, tuple[int, int]]]


def _write_heads(page: Any, line: int, placed: Placed, styles: Mapping[str, Any]) -> int:  # noqa: ANN401
    for step, (first, last) in placed:
        words = f"{step.title}　{step.prompt}"
        page.merge_range(line, first, line, last, words, styles["head"])
    return line + 1


def _write_steps(page: Any, line: int, placed: Placed, styles: Mapping[str, Any]) -> int:  # noqa: ANN401
    """Write the facts of the steps of a row, and below them the frames to write into."""
    tallest, written = 0, 0
    for step, (first, last) in placed:
        letters = (last - first + 1) * _WIDTH / 2
        lines = [math.ceil((len(part) + 1) / letters) for part in step.written.split("\n")]
        written = max(written, _TALL[step.key], _FREE_LINE * sum(lines))
        facts = [f"・{fact}" for fact in step.facts]
        tallest = max(tallest, sum(math.ceil(len(fact) / letters) for fact in facts))
        page.merge_range(line, first, line, last, "", styles["fact"])
        page.write_string(line, first, "\n".join(facts), styles["fact"])
        page.merge_range(line + 1, first, line + 1, last, "", styles["free"])
        page.write_string(line + 1, first, step.written, styles["free"])
    page.set_row(line, _LINE * max(1, tallest))
    page.set_row(line + 1, written)
    return line + 2


def _write_rows(
    page: Any,  # noqa: ANN401
    line: int,
    rows: pd.DataFrame,
    labels: Mapping[str, Any],
    spans: Mapping[str, int],
    styles: Mapping[str, Any],
) -> int:
    lines = [{name: labels[name].printed for name in spans}, *rows.to_dict("records")]
    for number, row in enumerate(lines):
        first, tallest = 0, 1
        style = styles["cell" if number else "label"]
        for name, span in spans.items():
            words = str(row[name])
            if span > 1:
                page.merge_range(line + number, first, line + number, first + span - 1, "", style)
            page.write_string(line + number, first, words, style)
            tallest = max(tallest, math.ceil(len(words) / (span * _WIDTH / 2)))
            first += span
        page.set_row(line + number, _LINE * tallest)
    return line + len(lines)


def _write_definitions(book: xlsxwriter.Workbook, sheets: Sequence[PlanningSheet]) -> None:
    page = book.add_worksheet("定義")
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 90, book.add_format({"text_wrap": True}))
    found = {
        row["title"]: row["definition"]
        for sheet in sheets
        for row in sheet.indicators.to_dict("records")
        if row["title"]
    }
    for line, (title, words) in enumerate([("指標", "定義"), *found.items()]):
        page.write_string(line, 0, str(title))
        page.write_string(line, 1, str(words))
