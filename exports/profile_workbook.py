"""The sheets of one area or of many as XLSX: data, parts, definitions and sources."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pandas as pd
import xlsxwriter

from exports.columns import ColumnLabel
from exports.sections import AreaSheet
from exports.workbook import write_sources, write_table

_AREA = {"area_code": ColumnLabel("団体コード"), "area_name": ColumnLabel("地域")}
_METHOD = (
    "高い・低いは95％信頼区間が基準を含まないことによる目安で、良し悪しではありません。"
    "全数に近い数の率では、区間は偶然変動の目安にとどまります。"
    "離れ＝（値－基準）÷比べる地域の標準偏差。"
)


def to_profile_xlsx(sheets: Sequence[AreaSheet]) -> bytes:
    """Return all indicators in one sheet, the parts of each area below each other, and origins."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        shown = list(sheets[0].columns)
        rows = [_named(sheet, sheet.rows[shown]) for sheet in sheets]
        columns = {**_AREA, **sheets[0].columns}
        write_table(book, pd.concat(rows, ignore_index=True), columns, name="すべての指標")
        _write_parts(book, sheets)
        _write_definitions(book, sheets)
        title = "・".join(sheet.title for sheet in sheets[:3])
        if len(sheets) > 3:
            title = f"{title}ほか、全{len(sheets)}地域"
        origins = dict.fromkeys(line for sheet in sheets for line in sheet.source)
        write_sources(book, title, [*origins, _METHOD])
    return stream.getvalue()


def _named(sheet: AreaSheet, frame: pd.DataFrame) -> pd.DataFrame:
    found = frame.copy()
    found.insert(0, "area_code", sheet.area_code)
    found.insert(1, "area_name", sheet.area_name)
    return found


def _write_parts(book: xlsxwriter.Workbook, sheets: Sequence[AreaSheet]) -> None:
    page = book.add_worksheet("地域カルテ")
    head = book.add_format({"bold": True, "font_size": 14})
    title = book.add_format({"bold": True, "bg_color": "#e3eef6"})
    label = book.add_format({"italic": True, "font_color": "#56616b"})
    page.set_column(0, 5, 26)
    line = 0
    for sheet in sheets:
        page.write_string(line, 0, sheet.title, head)
        page.write_string(line + 1, 0, sheet.sentence)
        line += 3
        for section in sheet.sections:
            page.write_string(line, 0, section.title, title)
            page.write_string(line + 1, 0, section.sentence)
            for place, name in enumerate(section.columns):
                page.write_string(line + 2, place, section.columns[name].printed, label)
            for row, cells in enumerate(section.frame.itertuples(index=False), start=line + 3):
                for place, cell in enumerate(cells):
                    page.write(row, place, cell)
            line += len(section.frame) + 4


def _write_definitions(book: xlsxwriter.Workbook, sheets: Sequence[AreaSheet]) -> None:
    page = book.add_worksheet("定義")
    page.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    found = dict.fromkeys(part for sheet in sheets for part in sheet.facts.split("\n\n"))
    for row, text in enumerate(found):
        page.write_string(row, 0, text)
