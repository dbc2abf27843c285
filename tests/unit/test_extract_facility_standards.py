from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from data.extract import RawFile, facility_standards, recognise
from data.extract.needed import resembled

HEADER_LINE = (
    "項番,都道府県コード,都道府県名,区分,医療機関番号,併設医療機関番号,医療機関記号番号,医療機関名称,"
    "医療機関所在地（郵便番号）,医療機関所在地（住所）,電話番号,FAX番号,病床数,受理届出名称,受理記号,"
    "受理番号,算定開始年月日,個別有効開始年月日,備考（見出し）,備考（データ）,市町村コード,市町村名,"
    "種別コード,種別"
)
HEADER = HEADER_LINE.split(",")


def notification(**cells: str) -> list[str]:
    return [cells.get(label, "") for label in HEADER]


def write(path: Path, rows: list[list[str]], *, dated: str) -> RawFile:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    sheet.write(1, 0, dated)
    for line, row in enumerate([HEADER, *rows], start=3):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(line, column, cell)
    book.close()
    return RawFile(path, path.name)


ROW = notification(項番="1", 都道府県コード="19", 医療機関番号="0102530", 電話番号="055-000-0000")


def test_rows_keep_their_place_and_lose_their_telephone(tmp_path: Path) -> None:
    file = write(tmp_path / "a.xlsx", [ROW, notification(), ROW], dated="")
    assert recognise(file) is facility_standards
    extract = facility_standards.read(file)
    frame = extract.frames["notifications"]
    assert frame["source_ref"].tolist() == ["Sheet1!A5", "Sheet1!A7"]
    assert frame["医療機関番号"].tolist() == ["0102530", "0102530"]
    assert "電話番号" not in frame.columns
    assert extract.rows_read == 2


@pytest.mark.parametrize(
    ("dated", "vintage"),
    [
        ("[令和７年１０月１日 現在 ]令和７年１０月２日作成", "令和7年(2025年)10月1日現在"),
        ("[令和元年５月１日 現在 ]", "令和元年(2019年)5月1日現在"),
        ("", "時点の記載なし"),
    ],
)
def test_the_day_is_read_in_full_width_digits(tmp_path: Path, dated: str, vintage: str) -> None:
    assert (
        facility_standards.read(write(tmp_path / "a.xlsx", [ROW], dated=dated)).vintage == vintage
    )


AOMORI = notification(項番="1", 都道府県コード="02", 区分="医科", 医療機関番号="0101111")
IWATE = notification(項番="1", 都道府県コード="03", 区分="医科", 医療機関番号="0301111")


def write_sheets(path: Path, sheets: dict[str, list[list[str]]], *, dated: str) -> RawFile:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write(1, 0, dated)
            for line, row in enumerate(rows, start=3):
                sheet.write_row(line, 0, row)
    return RawFile(path, path.name)


def test_one_book_of_several_prefectures_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    sheets = {"表紙": [["東北厚生局"]], "青森": [HEADER, AOMORI], "岩手": [HEADER, IWATE, IWATE]}
    file = write_sheets(tmp_path / "a.xlsx", sheets, dated="[令和７年９月１日 現在 ]")
    assert recognise(file) is facility_standards
    extract = facility_standards.read(file)
    frame = extract.frames["notifications"]
    assert frame["都道府県コード"].tolist() == ["02", "03", "03"]
    assert frame["source_ref"].tolist() == ["青森!A5", "岩手!A5", "岩手!A6"]
    assert [issue.source_ref for issue in extract.issues] == ["表紙"]
    assert extract.vintage == "令和7年(2025年)9月1日現在"


def test_a_zip_of_books_is_read_with_its_other_files_named(tmp_path: Path) -> None:
    days = ("[令和７年１０月１日 現在 ]", "[令和７年９月１日 現在 ]")
    first = write_sheets(tmp_path / "1.xlsx", {"Sheet1": [HEADER, AOMORI]}, dated=days[0])
    second = write_sheets(tmp_path / "2.xlsx", {"Sheet1": [HEADER, IWATE]}, dated=days[1])
    path = tmp_path / "shitei.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(first.path, "青森.xlsx")
        archive.write(second.path, "iwate.xlsx")
        archive.writestr("readme.pdf", b"%PDF")
    file = RawFile(path, path.name)
    assert recognise(file) is facility_standards
    extract = facility_standards.read(file)
    frame = extract.frames["notifications"]
    assert frame["医療機関番号"].tolist() == ["0101111", "0301111"]
    assert frame["source_ref"].tolist() == ["青森.xlsx・Sheet1!A5", "iwate.xlsx・Sheet1!A5"]
    assert [issue.source_ref for issue in extract.issues] == ["readme.pdf"]
    assert extract.vintage == "令和7年(2025年)10月1日現在"


def test_names_packed_by_windows_are_readable(tmp_path: Path) -> None:
    book = write_sheets(tmp_path / "1.xlsx", {"Sheet1": [HEADER, AOMORI]}, dated="")
    path = tmp_path / "shitei.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(book.path, "AAAA.xlsx")
    path.write_bytes(path.read_bytes().replace(b"AAAA.xlsx", "青森".encode("cp932") + b".xlsx"))
    frame = facility_standards.read(RawFile(path, path.name)).frames["notifications"]
    assert frame["source_ref"].tolist() == ["青森.xlsx・Sheet1!A5"]


def test_a_zip_of_other_books_is_not_taken(tmp_path: Path) -> None:
    book = write_sheets(tmp_path / "1.xlsx", {"Sheet1": [["町内会"]]}, dated="")
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(book.path, "1.xlsx")
    assert recognise(RawFile(path, path.name)) is None


def test_a_renamed_column_is_named_in_a_book_and_in_one_sheet_of_it(tmp_path: Path) -> None:
    renamed = ["受理記号（新）" if label == "受理記号" else label for label in HEADER]
    alone = write_sheets(tmp_path / "1.xlsx", {"Sheet1": [renamed, AOMORI]}, dated="")
    assert recognise(alone) is None
    told = str(resembled(alone))
    assert told.startswith("Sheet1・4行：「施設基準の届出受理医療機関名簿」に似ていますが")
    assert "必要な列がありません：受理記号。" in told
    sheets = {"青森": [HEADER, AOMORI], "岩手": [renamed, IWATE]}
    extract = facility_standards.read(write_sheets(tmp_path / "2.xlsx", sheets, dated=""))
    assert extract.frames["notifications"]["都道府県コード"].tolist() == ["02"]
    [issue] = extract.issues
    assert (issue.source_ref, "必要な列がありません：受理記号。" in issue.reason) == ("岩手", True)
