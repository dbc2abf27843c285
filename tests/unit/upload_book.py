"""Workbooks that someone drops on the upload page, made in memory."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

HEAD: list[object] = ["団体コード", "市町村名", "協議体の設置", "多職種研修の回数"]
CLEAN: list[list[object]] = [
    HEAD,
    [81201, "山手市", "あり", 12],
    [81202, "川辺町", "なし", 3],
]


def book(rows: list[list[object]]) -> bytes:
    """One sheet with these rows from A1 on; nothing becomes a formula or a link."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as made:
        made.set_properties({"created": datetime(2024, 10, 1)})
        sheet = made.add_worksheet("回答")
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return stream.getvalue()
