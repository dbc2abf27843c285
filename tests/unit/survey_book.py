"""A collected survey workbook as its layout is described, for any test that needs one."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from data.extract import RawFile


def survey_book(
    path: Path,
    rows: list[list[object]],
    *,
    questions: list[str],
    survey_id: str = "municipal_form",
    framework: str = "h27r2",
    year: object = 2018,
) -> RawFile:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("回答")
    for line, pair in enumerate((("様式", survey_id), ("枠組", framework), ("年度", year))):
        sheet.write_row(line, 0, pair)
    ids = ["area_code", "area_name", *questions]
    sheet.write_row(4, 0, [f"{name}の見出し" for name in ids])
    sheet.write_row(5, 0, ids)
    for line, row in enumerate(rows, start=6):
        sheet.write_row(line, 0, row)
    book.close()
    return RawFile(path, path.name)
