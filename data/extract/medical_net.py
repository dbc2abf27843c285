"""Medical institutions of one kind, nationwide (厚生労働省 医療情報ネット オープンデータ)."""

from __future__ import annotations

import re
import zipfile

from data.era import calendar_year_label
from data.errors import UnreadableFile
from data.extract import Extract, RawFile, RowIssue
from data.extract.delimited import header_of, read_delimited

NAME = "医療情報ネット（施設票）"
SOURCE_KEY = "medical_net"

NEEDED = {
    "institutions": (
        "ID",
        "正式名称",
        "機関区分",
        "都道府県コード",
        "市区町村コード",
        "所在地",
        "所在地座標（緯度）",
        "所在地座標（経度）",
    )
}
BEDS, HOSPITAL = "合計病床数", "1"
_NO_BEDS = "病院の票に病床数の列がないため、病床数は分からないものとしました。"
_LABELS = {"ID", "機関区分", "都道府県コード", "市区町村コード", "所在地", "所在地座標(緯度)"}
_PHARMACY_LABELS = {"名称": "正式名称", "フリガナ": "正式名称(フリガナ)"}
_HOURS = re.compile(r"毎週|決まった週|営業日|定期閉店|[日月火水木金土祝]_")
_LARGEST = 500_000_000
_DATE = re.compile(r"_(20\d{2})(\d{2})(\d{2})")


def recognises(file: RawFile, head: bytes) -> bool:
    """Tell the layout by the labels of the first line, in a zip or as it is."""
    if head.startswith(b"PK"):
        head = zipped_head(file)
    return header_of(head) >= _LABELS


def read(file: RawFile) -> Extract:
    """Read every institution, with the labels folded to NFKC."""
    content, name = _content(file)
    frame, issues = read_delimited(content, file_name=file.name, unwanted=_HOURS)
    frame = frame.rename(columns=_PHARMACY_LABELS)
    is_bedless = BEDS not in frame.columns and bool((frame["機関区分"] == HOSPITAL).any())
    issues += [RowIssue("見出し", BEDS, "", _NO_BEDS, set_aside=False)] if is_bedless else []
    vintage = _vintage(name) or _vintage(file.name) or "時点の記載なし"
    return Extract(NAME, SOURCE_KEY, vintage, {"institutions": frame}, len(frame), issues)


def _tables(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")]


def zipped_head(file: RawFile) -> bytes:
    """Return the first bytes of the one table in a zip; nothing when it has none or several."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            entries = _tables(archive)
            if len(entries) != 1:
                return b""
            with archive.open(entries[0]) as stream:
                return stream.read(65_536)
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return b""


def _content(file: RawFile) -> tuple[bytes, str]:
    if not zipfile.is_zipfile(file.path):
        return file.path.read_bytes(), file.name
    try:
        with zipfile.ZipFile(file.path) as archive:
            entry = _tables(archive)[0]
            if entry.file_size > _LARGEST:
                raise zipfile.BadZipFile(f"{entry.file_size} bytes")
            return archive.read(entry), entry.filename
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise UnreadableFile(
            "圧縮ファイルを開けません。",
            action="公表元から取得し直してください。",
            file=file.name,
        ) from error


def _vintage(name: str) -> str:
    found = _DATE.search(name)
    if not found:
        return ""
    year, month, day = (int(part) for part in found.groups())
    return f"{calendar_year_label(year)}{month}月{day}日時点"
