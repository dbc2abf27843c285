"""XLSX with numbers as numbers, a row of units and a sheet that names the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import pandas as pd
import xlsxwriter

from exports.columns import ColumnLabel

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32_767


def to_xlsx(
    frame: pd.DataFrame,
    *,
    columns: Mapping[str, ColumnLabel],
    title: str,
    source: Sequence[str],
) -> bytes:
    """Return the frame as a workbook: labels, units, values; then the sources."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        write_table(book, frame, columns, name="データ")
        write_sources(book, title, source)
    return stream.getvalue()


def write_table(
    book: xlsxwriter.Workbook,
    frame: pd.DataFrame,
    columns: Mapping[str, ColumnLabel],
    *,
    name: str,
) -> None:
    """Add a sheet with labels, units and the values of the frame."""
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#e3eef6", "border": 1})
    unit = book.add_format({"italic": True, "font_color": "#56616b"})
    sheet.freeze_panes(2, 0)
    for position, column in enumerate(frame.columns):
        label = columns[column]
        sheet.write_string(0, position, label.label, head)
        sheet.write_string(1, position, f"単位：{label.unit}" if label.unit else "", unit)
        decimals = label.decimals or 0
        pattern = "#,##0" + (f".{'0' * decimals}" if decimals else "")
        sheet.set_column(position, position, _width(frame[column], label))
        _write_column(sheet, position, frame[column], book.add_format({"num_format": pattern}))


def _write_column(
    sheet: xlsxwriter.worksheet.Worksheet,
    position: int,
    values: pd.Series,
    number: xlsxwriter.format.Format,
) -> None:
    is_number = pd.api.types.is_numeric_dtype(values)
    for row, value in enumerate(values.tolist(), start=2):
        if pd.isna(value):
            continue
        if is_number:
            sheet.write_number(row, position, float(value), number)
        else:
            sheet.write_string(row, position, str(value)[:_LONGEST])


def _width(values: pd.Series, label: ColumnLabel) -> float:
    longest = max((len(str(value)) for value in values.head(200)), default=0)
    return float(min(40, max(longest, len(label.label)) * 1.8 + 2))


def write_sources(book: xlsxwriter.Workbook, title: str, source: Sequence[str]) -> None:
    """Add a sheet that names the title and the sources."""
    sheet = book.add_worksheet("出典")
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 90, book.add_format({"text_wrap": True}))
    sheet.write_string(0, 0, "表題", book.add_format({"bold": True}))
    sheet.write_string(0, 1, title)
    for row, line in enumerate(source, start=1):
        sheet.write_string(row, 0, "出典・注")
        sheet.write_string(row, 1, line)
