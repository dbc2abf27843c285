"""The table of areas and municipalities as a workbook, as Excel keeps codes and days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from data.errors import UnreadableFile
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
    assert [(issue.source_ref, issue.field) for issue in issues] == [("対応表 2行", "団体コード")]


def test_a_book_without_a_column_is_not_taken(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", [], header=area_membership.COLUMNS[:-1])
    assert recognise(file) is not area_membership


HEAD = [["様式", area_membership.NAME], ["資料名", "見本県の圏域"], ["公表者", "見本県"],
        ["利用条件", "CC BY 4.0"], ["時点", "令和6年4月1日"], []]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_may_say_who_publishes_it(tmp_path: Path, kind: str) -> None:
    lines = [*HEAD, [*area_membership.COLUMNS], row("19201", "1901"), row("19299", "1901")]
    path = tmp_path / f"a.{kind}"
    if kind == "csv":
        text = "\n".join(",".join(map(str, line)) for line in lines)
        path.write_text(text, encoding="cp932")
    else:
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("対応表")
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    file = RawFile(path, path.name)
    assert recognise(file) is area_membership
    extract = area_membership.read(file)
    assert extract.cited == {"title": "見本県の圏域", "publisher": "見本県", "licence": "CC BY 4.0"}
    assert extract.vintage == "令和6年4月1日"
    issues: list = []
    _, members = from_table(extract, known={"19201"}, issues=issues)
    assert members["area_code"].tolist() == ["19201"]
    place = "行 9" if kind == "csv" else "対応表 9行"
    assert [(one.source_ref, one.field, one.found) for one in issues] == [
        (place, "団体コード", "19299")
    ]


def test_a_table_without_its_header_says_which_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"様式,{area_membership.NAME}\n団体コード,圏域コード\n1,2\n", encoding="utf-8")
    file = RawFile(path, path.name)
    assert recognise(file) is area_membership
    with pytest.raises(UnreadableFile, match="圏域種別"):
        area_membership.read(file)
