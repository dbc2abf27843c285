"""Sheets of the demo: plain rows make the same file as cell by cell."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.demo.workbook import Cell, new_workbook, write_book
from data.extract import sheets

ROWS: list[list[Cell]] = [
    ["様式", "municipal_form", None, ""],
    [],
    ["", 0, 1.5, -3, 100.10000000000001],
    ["a & b <c>", " 前後 ", "二\n行", "引用\"'", "タブ\tあり"],
    [None, None],
    [*([""] * 28), "列AC", 12_345_678_901],
]


def test_rows_make_the_bytes_that_single_cells_make(tmp_path: Path) -> None:
    write_book(tmp_path / "rows.xlsx", "回答", ROWS)
    book = new_workbook(tmp_path / "cells.xlsx")
    sheet = book.add_worksheet("回答")
    for number, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell:
                sheet.write_string(number, column, cell)
            elif cell not in (None, ""):
                sheet.write_number(number, column, cell)
    book.close()

    assert (tmp_path / "rows.xlsx").read_bytes() == (tmp_path / "cells.xlsx").read_bytes()


def test_a_character_that_no_sheet_can_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="B1"):
        write_book(tmp_path / "rows.xlsx", "回答", [["様式", "鐘\x07"]])


def test_a_sheet_is_parsed_once_until_its_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.xlsx"
    parsed: list[str] = []

    class Counted:
        def __init__(self, path: Path, modified: float) -> None:
            self.book = sheets.CalamineWorkbook.from_path(path)

        def get_sheet_by_name(self, name: str) -> sheets.CalamineSheet:
            parsed.append(name)
            return self.book.get_sheet_by_name(name)

    monkeypatch.setattr(sheets, "_workbook", Counted)
    write_book(path, "回答", [["一"], ["二"]])
    assert sheets.sheet_rows(path, "回答", limit=1) == [["一"]]
    assert sheets.sheet_rows(path, "回答") == [["一"], ["二"]]
    assert parsed == ["回答"]

    write_book(path, "回答", [["三"]])
    os.utime(path, (0, 0))
    assert sheets.sheet_rows(path, "回答") == [["三"]]
