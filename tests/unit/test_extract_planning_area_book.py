"""Planning areas and their municipalities from the workbook of facilities, in two years."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from data.errors import UnreadableFile
from data.extract import RawFile, planning_area_book, recognise
from data.report import FileReport
from data.vintages import set_older_aside

BOOKS = (("z.xlsx", "令和６年度", 1), ("a.xlsx", "令和７年度", 0), ("n.xlsx", "年度なし", 0))
SHEETS = {
    "101北海道南渡島": ["函館市", "北斗市", "函館市"],
    "1901山梨県中北": ["甲府市", "合計", ""],
}


def write(
    path: Path, *, year: str, shift: int = 0, label: str = "所在地\n（市区町村名）"
) -> RawFile:
    """Write a title, a two-row header with line breaks, and a row for each facility."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("表紙").write(0, 0, "目次")
        for name, places in SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, f"{year}　医療機関別の病床機能")
            sheet.write(3 + shift, 1, "医療機関名")
            sheet.write(4 + shift, 2 + shift, label)
            for line, place in enumerate(places, start=5 + shift):
                sheet.write(line, 1, "見本病院")
                sheet.write(line, 2 + shift, place)
    return RawFile(path, path.name)


@pytest.mark.parametrize("shift", [0, 2])
def test_the_column_is_found_wherever_it_stands(tmp_path: Path, shift: int) -> None:
    file = write(tmp_path / "a.xlsx", year="令和７年度", shift=shift)
    assert recognise(file) is planning_area_book
    extract = planning_area_book.read(file)
    assert extract.vintage == "令和7年度(2025年度)"
    assert "医療機関別" in extract.cited["title"]
    assert extract.frames["pairs"].to_numpy().tolist() == [
        ["0101", "北海道", "南渡島", "函館市", f"101北海道南渡島!{6 + shift}行"],
        ["0101", "北海道", "南渡島", "北斗市", f"101北海道南渡島!{7 + shift}行"],
        ["1901", "山梨県", "中北", "甲府市", f"1901山梨県中北!{6 + shift}行"],
    ]


def test_of_two_years_above_the_rows_only_that_of_the_name_counts(tmp_path: Path) -> None:
    heading = "令和５年度病床機能報告　令和７年度"
    for name, vintage in (("R７/a.xlsx", "令和7年度(2025年度)"), ("a.xlsx", "")):
        file = write(tmp_path / "a.xlsx", year=heading)
        assert planning_area_book.read(RawFile(file.path, name)).vintage == vintage
    file = write(tmp_path / "a.xlsx", year="年度なし")
    assert planning_area_book.read(RawFile(file.path, "R6/a.xlsx")).vintage.startswith("令和6")


def test_a_sheet_of_another_name_is_named(tmp_path: Path) -> None:
    extract = planning_area_book.read(write(tmp_path / "a.xlsx", year="令和７年度"))
    assert [(issue.found, issue.set_aside) for issue in extract.issues] == [("表紙", False)]


def test_a_book_without_the_column_is_refused_by_its_name(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", year="令和７年度", label="住所")
    assert recognise(file) is planning_area_book
    with pytest.raises(UnreadableFile, match="市区町村"):
        planning_area_book.read(file)


def test_of_two_years_the_newer_is_of_today_and_one_without_a_year_is_left_out(
    tmp_path: Path,
) -> None:
    found = []
    for name, year, shift in BOOKS:
        extract = planning_area_book.read(write(tmp_path / name, year=year, shift=shift))
        found.append((FileReport(name, outcome="loaded"), extract))
    set_older_aside(found)
    outcomes = {entry.file_name: entry.outcome for entry, _ in found}
    assert outcomes == {"z.xlsx": "older", "a.xlsx": "loaded", "n.xlsx": "not_used"}
