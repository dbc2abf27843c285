"""The table of areas and municipalities as a workbook, as Excel keeps codes and days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from data.extract import RawFile, area_membership, recognise
from data.harmonise.codes import official_code6
from data.harmonise.memberships import from_table


def write(path: Path, rows: list[list[object]], *, header: tuple[str, ...]) -> RawFile:
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("対応表")
        sheet.write_row(0, 0, header)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(line, column, cell, day)
                else:
                    sheet.write(line, column, cell)
    return RawFile(path, path.name)


def row(code: object, zone: object, begins: object = "") -> list[object]:
    return [code, "見本市", "二次医療圏", zone, "見本", begins, ""]


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        ([1202, 19201], ["01202", "19201"]),
        ([int(official_code6("01202")), 192015], ["01202", "19201"]),
        ([official_code6("01202"), "192015"], ["01202", "19201"]),
        ([int(official_code6("01202")), 19201], ["01202", "19201"]),
    ],
)
def test_lost_zeros_come_back(tmp_path: Path, codes: list[object], found: list[str]) -> None:
    rows = [row(codes[0], 101), row(codes[1], "1901")]
    file = write(tmp_path / "a.xlsx", rows, header=area_membership.COLUMNS)
    assert recognise(file) is area_membership
    issues: list = []
    extract = area_membership.read(file)
    _, members = from_table(extract, known={"01202", "19201"}, issues=issues)
    assert issues == []
    assert members["area_code"].tolist() == found
    assert members["parent_area_code"].tolist() == ["m2-0101", "m2-1901"]


def test_days_of_excel_are_days(tmp_path: Path) -> None:
    rows = [row("19201", "1901", date(2024, 4, 1)), row("19201", "1902", "2018/4/1")]
    file = write(tmp_path / "a.xlsx", rows, header=area_membership.COLUMNS)
    issues: list = []
    _, members = from_table(area_membership.read(file), known={"19201"}, issues=issues)
    assert members["valid_from"].tolist() == [date(2024, 4, 1), date(2018, 4, 1)]


def test_a_faulty_row_is_named_by_its_place(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", [row("192011", "1901")], header=area_membership.COLUMNS)
    issues: list = []
    from_table(area_membership.read(file), known={"19201"}, issues=issues)
    assert [(issue.source_ref, issue.field) for issue in issues] == [("対応表!2行", "団体コード")]


def test_a_book_without_a_column_is_not_taken(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", [], header=area_membership.COLUMNS[:-1])
    assert recognise(file) is not area_membership
