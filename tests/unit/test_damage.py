"""A torn archive is called broken; an unknown but sound file is not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.damage import EMPTY, NOT_AN_ARCHIVE, OLD, TORN, damage_of
from data.reading import read_folder
from data.report import BuildReport


def workbook(path: Path) -> bytes:
    book = Workbook()
    for row in range(200):
        book.active.append([f"見本{row}", row])
    book.save(path)
    return path.read_bytes()


def flipped(content: bytes) -> bytes:
    """One byte changed inside the compressed data of the first entry."""
    place = content.index(b"PK\x03\x04") + 120
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("a.xlsx", lambda content: content, None),
        ("a.xlsx", lambda content: content[: len(content) // 2], TORN),
        ("a.zip", lambda content: content[:-30], TORN),
        ("a.xlsx", flipped, TORN),
        ("a.xlsx", lambda content: b"", EMPTY),
        ("a.xlsx", lambda content: b"<html>not found</html>", NOT_AN_ARCHIVE),
        ("a.xls", lambda content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OLD),
        ("a.txt", lambda content: "メモ".encode(), None),
    ],
)
def test_damage_is_told_from_the_unknown(tmp_path: Path, name, change, words) -> None:
    path = tmp_path / name
    path.write_bytes(change(workbook(tmp_path / "sound.xlsx")))
    assert damage_of(path) == words


def test_the_report_names_a_torn_workbook_once_and_as_broken(tmp_path: Path) -> None:
    content = workbook(tmp_path / "02h.xlsx")
    (tmp_path / "02h.xlsx").write_bytes(content[: len(content) // 2])
    (tmp_path / "memo.txt").write_text("会議のメモ", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("memo.txt", "会議のメモ")
    report = BuildReport()
    assert read_folder(tmp_path, report=report, progress=lambda text, share: None) == []
    lines = {file.file_name: file for file in report.files}
    assert {name: file.outcome for name, file in lines.items()} == {
        "02h.xlsx": "broken",
        "memo.txt": "not_recognised",
        "other.zip": "not_recognised",
    }
    assert lines["02h.xlsx"].line().count("02h.xlsx") == 1
    assert "\n" not in lines["02h.xlsx"].line()
