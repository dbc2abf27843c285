"""The sheets of all groups as XLSX: a page for each, all of them below each other, definitions."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from exports.group_sheet import BlankGroup, CrossTable, GroupSheet
from exports.planning_sheet import INDICATOR_COLUMNS
from exports.workbook import write_sources

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_LAST = 5  # columns of a page: as many as the cross table has, and its labels
_WIDTHS = (24, 30, 30, 30, 30, 30)
_LINE, _EMPTY = 18.0, 66.0
_ALL_WIDTHS = (18, 18, 24, 34, 70, 50)
_ALL = ("グループ", "市区町村", "部分", "欄", "書いたこと", "指標")
_DEFINITIONS = ("指標", "定義・出典")
_INDICATORS = ("title", "stage", "now", "period", "target")


def to_group_xlsx(sheets: Sequence[GroupSheet]) -> bytes:
    """Return a page for each group, everything in full; the blanks are cells to write into."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        styles = _styles(book)
        names = _names(sheets)
        if any(sheet.name for sheet in sheets):
            _write_all(book, sheets, styles)
        for name, sheet in zip(names, sheets, strict=True):
            _write_page(_page(book, name, _WIDTHS), sheet, styles)
        _write_definitions(book, sheets, styles)
        origins = dict.fromkeys(line for sheet in sheets for line in sheet.source)
        write_sources(book, "グループワークのシート", list(origins))
    return stream.getvalue()


def _names(sheets: Sequence[GroupSheet]) -> list[str]:
    """Return the names of the pages; Excel takes letters great and small for the same."""
    taken = {"全グループ", "定義", "出典", "history"}
    names = []
    for number, sheet in enumerate(sheets, start=1):
        name = _FORBIDDEN.sub("", sheet.name or sheet.area_name).strip()[:_LONGEST_NAME]
        name = name or "グループシート"
        if name.casefold() in taken:
            name = f"{name[: _LONGEST_NAME - 4]}_{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "font_size": 12, "border": 1}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "part": book.add_format({"bold": True, "font_size": 12}),
        "head": book.add_format({**cell, "bold": True, "bg_color": "#e3eef6"}),
        "fact": book.add_format({**cell, "font_color": "#56616b"}),
        "cell": book.add_format(cell),
    }


def _page(book: xlsxwriter.Workbook, name: str, widths: Sequence[float]) -> Any:  # noqa: ANN401 - xlsxwriter has no types
    page = book.add_worksheet(name)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(0.3, 0.3, 0.4, 0.4)
    return page


Styles = Mapping[str, Any]


def _write_page(page: Any, sheet: GroupSheet, styles: Styles) -> None:  # noqa: ANN401
    page.write_string(0, 0, sheet.heading, styles["title"])
    line = _write_steps(page, 2, sheet, styles)
    for group in (sheet.board, sheet.evaluation, sheet.benefit):
        line = _write_blanks(page, line + 1, group, styles)
    line = _write_cross(page, line + 1, sheet.cross, styles)
    page.print_area(0, 0, line, _LAST)


def _write_steps(page: Any, line: int, sheet: GroupSheet, styles: Styles) -> int:  # noqa: ANN401
    """Write each step with what the data say, then the indicators with their targets."""
    page.write_string(line, 0, sheet.planning.title, styles["part"])
    for step in sheet.planning.steps:
        line += 1
        facts = "\n".join(f"・{fact}" for fact in step.facts)
        if step.key == "quantity" and len(sheet.planning.standing):
            facts = "\n".join([facts, *_standing(sheet)])
        cells = [(0, 0, f"{step.title}\n{step.prompt}", "head"), (1, 3, facts, "fact"),
                 (4, 5, step.written, "cell")]  # fmt: skip
        _write_line(page, line, cells, styles)
    labels = [INDICATOR_COLUMNS[name].printed for name in _INDICATORS]
    rows = sheet.planning.indicators[list(_INDICATORS)].astype("str").to_numpy().tolist()
    for number, words in enumerate([labels, *rows]):
        line += 1
        style = "cell" if number else "head"
        cells = [(0, 1, words[0], style)]
        cells += [(place, place, word, style) for place, word in enumerate(words[1:], start=2)]
        _write_line(page, line, cells, styles, least=_LINE * 2)
    return line + 1


def _standing(sheet: GroupSheet) -> Iterator[str]:
    for row in sheet.planning.standing.to_dict("records"):
        if row["title"]:
            yield f"{row['side']} {row['title']} {row['with_unit']}（基準 {row['benchmark']}）"


def _write_blanks(page: Any, line: int, group: BlankGroup, styles: Styles) -> int:  # noqa: ANN401
    page.write_string(line, 0, f"{group.title}　{group.lead}", styles["part"])
    for blank in group.blanks:
        line += 1
        picked = "\n".join(f"・{title}" for title in blank.indicators)
        label = (0, 0, f"{blank.label}\n{blank.prompt}", "head")
        cells = [label, (1, 5, blank.written, "cell")]
        if blank.takes_indicators:
            cells = [label, (1, 3, blank.written, "cell"), (4, 5, f"指標\n{picked}", "cell")]
        _write_line(page, line, cells, styles)
    return line + 1


def _write_cross(page: Any, line: int, cross: CrossTable, styles: Styles) -> int:  # noqa: ANN401
    page.write_string(line, 0, cross.title, styles["part"])
    heads = ["", *cross.columns.values()]
    cells = [(place, place, words, "head") for place, words in enumerate(heads)]
    _write_line(page, line + 1, cells, styles, least=_LINE * 2)
    for number, (row, label) in enumerate(cross.rows.items(), start=line + 2):
        written = [cross.cells.get((row, column), "") for column in cross.columns]
        cells = [(0, 0, label, "head")]
        cells += [(at, at, words, "cell") for at, words in enumerate(written, start=1)]
        _write_line(page, number, cells, styles)
    return line + 1 + len(cross.rows)


def _write_line(
    page: Any,  # noqa: ANN401
    line: int,
    cells: Sequence[tuple[int, int, str, str]],
    styles: Styles,
    *,
    least: float = _EMPTY,
) -> None:
    """Write cells (first column, last column, words, style), as high as the longest needs."""
    tallest = least
    for first, last, words, style in cells:
        if last > first:
            page.merge_range(line, first, line, last, "", styles[style])
        page.write_string(line, first, words, styles[style])
        letters = sum(_WIDTHS[first : last + 1]) / 2.4
        lines = sum(max(1, math.ceil(len(part) / letters)) for part in words.split("\n"))
        tallest = max(tallest, _LINE * lines)
    page.set_row(line, min(tallest, 409))  # Excel draws no taller row


def _write_all(book: xlsxwriter.Workbook, sheets: Sequence[GroupSheet], styles: Styles) -> None:
    """Write one row for each blank of each group, to filter and to compare."""
    page = _page(book, "全グループ", _ALL_WIDTHS)
    for place, label in enumerate(_ALL):
        page.write_string(0, place, label, styles["head"])
    page.freeze_panes(1, 2)
    line = 0
    for sheet in sheets:
        for cells in _rows(sheet):
            line += 1
            for place, words in enumerate((sheet.name, sheet.area_name, *cells)):
                page.write_string(line, place, words, styles["cell"])
    page.autofilter(0, 0, line, len(_ALL) - 1)


def _rows(sheet: GroupSheet) -> Iterator[tuple[str, str, str, str]]:
    rows = sheet.planning.indicators.to_dict("records")
    picked = "\n".join(f"{row['title']}　目標：{row['target'] or '未記入'}" for row in rows)
    for step in sheet.planning.steps:
        yield "六つの段階", step.title, step.written, picked if step.key == "target" else ""
    for group in (sheet.board, sheet.evaluation, sheet.benefit):
        for blank in group.blanks:
            yield group.title, blank.label, blank.written, "\n".join(blank.indicators)
    for row, label in sheet.cross.rows.items():
        for column, head in sheet.cross.columns.items():
            written = sheet.cross.cells.get((row, column), "")
            yield sheet.cross.title, f"{head} × {label}", written, ""


def _write_definitions(
    book: xlsxwriter.Workbook, sheets: Sequence[GroupSheet], styles: Styles
) -> None:
    page = _page(book, "定義", (40, 100))
    found = {title: words for sheet in sheets for title, words in sheet.definitions.items()}
    for line, cells in enumerate([_DEFINITIONS, *found.items()]):
        for place, words in enumerate(cells):
            page.write_string(line, place, words, styles["cell" if line else "head"])
