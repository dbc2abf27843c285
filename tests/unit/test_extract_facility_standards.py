from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from data.extract import RawFile, facility_standards, recognise

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
