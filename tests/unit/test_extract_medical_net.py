from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from data.errors import UnreadableFile
from data.extract import RawFile, known_unused, medical_net, recognise

HEADER = (
    '"ID","正式名称","機関区分","都道府県コード","市区町村コード","所在地","所在地座標（緯度）",'
    '"所在地座標（経度）","毎週決まった曜日に休診（月）","一般病床","合計病床数"'
)
ROW = '"0111010000020","見本病院","1","01","101","北海道札幌市中央区",0.0,0.0,"1","626","672"'
PHARMACY = '"ID","名称","機関区分","都道府県コード","市区町村コード","所在地","所在地座標（緯度）"'


def zipped(path: Path, members: dict[str, str]) -> RawFile:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text.encode("utf-8-sig"))
    return RawFile(path, path.name)


def test_a_zip_is_recognised_by_the_table_inside(tmp_path: Path) -> None:
    file = zipped(tmp_path / "x.zip", {"01-1_hospital_20250601.csv": f"{HEADER}\r\n{ROW}\r\n"})
    assert recognise(file) is medical_net
    extract = medical_net.read(file)
    assert extract.vintage == "令和7年(2025年)6月1日時点"
    frame = extract.frames["institutions"]
    assert frame.loc[0, ["ID", "市区町村コード", "所在地座標(緯度)"]].tolist() == [
        "0111010000020",
        "101",
        "0.0",
    ]
    assert "毎週決まった曜日に休診(月)" not in frame.columns


def test_a_plain_file_of_pharmacies_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "05_pharmacy_20251201.csv"
    path.write_text(
        f'{PHARMACY}\n"1","見本薬局","5","01","101","札幌市","43.1"\n', encoding="utf-8"
    )
    file = RawFile(path, path.name)
    assert recognise(file) is medical_net
    extract = medical_net.read(file)
    assert extract.vintage == "令和7年(2025年)12月1日時点"
    assert extract.frames["institutions"]["正式名称"].tolist() == ["見本薬局"]


def test_the_hours_table_is_known_but_not_used(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    path.write_text('"ID","診療科目コード","診療科目名","診療時間帯"\n', encoding="utf-8-sig")
    file = RawFile(path, path.name)
    assert recognise(file) is known_unused
    assert "施設票" in known_unused.read(file).issues[0].reason


def test_other_archives_are_not_recognised(tmp_path: Path) -> None:
    text = f"{HEADER}\r\n{ROW}\r\n"
    assert recognise(zipped(tmp_path / "two.zip", {"a.csv": text, "b.csv": text})) is None
    assert recognise(zipped(tmp_path / "none.zip", {"readme.txt": "text"})) is None


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    file = zipped(tmp_path / "x.zip", {"a.csv": f"{HEADER}\r\n{ROW}\r\n"})
    content = bytearray(file.path.read_bytes())
    place = content.index("見本病院".encode())
    content[place] ^= 0xFF
    file.path.write_bytes(bytes(content))
    with pytest.raises(UnreadableFile, match="圧縮"):
        medical_net.read(file)
