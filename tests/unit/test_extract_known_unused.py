from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from data.extract import RawFile, known_unused, recognise


def write(path: Path, *, sheet: str, cell: str) -> RawFile:
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet(sheet).write(0, 2, cell)
    book.close()
    return RawFile(path, path.name)


@pytest.mark.parametrize(
    ("sheet", "cell", "word"),
    [
        ("表紙", "医療情報ネット\n\nオープンデータ定義書（利用者向け）", "定義書"),
        ("Sheet1", "都道府県別の病床機能報告上の病床数", "病床機能"),
        ("05-2h", "第５表　保険者別　総合事業", "介護保険事業状況報告"),
    ],
)
def test_known_workbooks_say_why_they_are_not_used(
    tmp_path: Path, sheet: str, cell: str, word: str
) -> None:
    file = write(tmp_path / "a.xlsx", sheet=sheet, cell=cell)
    assert recognise(file) is known_unused
    extract = known_unused.read(file)
    assert (extract.frames, extract.rows_read) == ({}, 0)
    assert word in extract.issues[0].reason


def test_anything_else_stays_unrecognised(tmp_path: Path) -> None:
    assert recognise(write(tmp_path / "a.xlsx", sheet="Sheet1", cell="町内会の名簿")) is None
    text = tmp_path / "README.md"
    text.write_text("# notes", encoding="utf-8")
    assert recognise(RawFile(text, text.name)) is None
